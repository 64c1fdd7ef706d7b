//! What a database holds, whoever made it.

use crate::platform::db::Conn;

/// The number of tables.
pub(super) async fn tables(conn: &mut Conn) -> sqlx::Result<i64> {
    sqlx::query_scalar!("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()")
        .fetch_one(conn)
        .await
}

/// About how many bytes its rows are.
pub async fn bytes(conn: &mut Conn) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "SELECT CAST(COALESCE(SUM(data_length), 0) AS UNSIGNED) AS `bytes!: u64` FROM information_schema.tables \
         WHERE table_schema = DATABASE()"
    )
    .fetch_one(conn)
    .await
}
