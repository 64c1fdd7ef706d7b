//! Which products have reached the time of a sale or of their publication.

use time::OffsetDateTime;

use crate::platform::db::Conn;

/// What the looks at sale and publish times are called.
const LOOK: &str = "catalog";

/// Up to when somebody has looked at sale and publish times. The migrations begin with a row, and nobody takes it away.
pub async fn seen_until(conn: &mut Conn) -> sqlx::Result<OffsetDateTime> {
    sqlx::query_scalar!(r#"SELECT seen_until AS "until: OffsetDateTime" FROM clock_looks WHERE name = ?"#, LOOK)
        .fetch_one(conn)
        .await
}

pub async fn note_seen_until(conn: &mut Conn, until: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("UPDATE clock_looks SET seen_until = ? WHERE name = ?", until, LOOK).execute(conn).await?;
    Ok(())
}

/// Products with a sale that began or ended, or a time of publication that passed, after `since` and up to `until`.
pub async fn due_products(conn: &mut Conn, since: OffsetDateTime, until: OffsetDateTime) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM products WHERE publish_at > ? AND publish_at <= ?
           UNION SELECT id FROM products WHERE unpublish_at > ? AND unpublish_at <= ?
           UNION SELECT product_id FROM editions WHERE sale_from > ? AND sale_from <= ?
           UNION SELECT product_id FROM editions WHERE sale_to > ? AND sale_to <= ?
           ORDER BY 1"#,
        since,
        until,
        since,
        until,
        since,
        until,
        since,
        until
    )
    .fetch_all(conn)
    .await
}
