//! Statements on `settings`.

use crate::platform::db::Conn;

pub(super) async fn all(conn: &mut Conn) -> sqlx::Result<Vec<(String, String)>> {
    let rows =
        sqlx::query!("SELECT name, CAST(value AS CHAR) AS `value!: String` FROM settings").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// The value of one setting, as JSON.
pub(super) async fn one(conn: &mut Conn, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("SELECT CAST(value AS CHAR) AS `value!: String` FROM settings WHERE name = ?", name)
        .fetch_optional(conn)
        .await
}

pub(super) async fn put(conn: &mut Conn, name: &str, json: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO settings (name, value) VALUES (?, ?) \
         ON DUPLICATE KEY UPDATE value = VALUES(value), version = version + 1",
        name,
        json
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether it was there.
pub(super) async fn delete(conn: &mut Conn, name: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM settings WHERE name = ?", name).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}
