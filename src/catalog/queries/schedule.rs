//! Which products have reached the time of a sale or of their publication.

use time::OffsetDateTime;

use crate::platform::db::Conn;

/// What the looks at sale and publish times are called.
const LOOK: &str = "catalog";

/// Up to when somebody has looked at sale and publish times. There is a row since the table was made.
pub async fn seen_until(conn: &mut Conn) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!(r#"SELECT seen_until AS "until: OffsetDateTime" FROM clock_looks WHERE name = ?"#, LOOK)
        .fetch_optional(conn)
        .await
}

pub async fn note_seen_until(conn: &mut Conn, until: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO clock_looks (name, seen_until) VALUES (?, ?) ON DUPLICATE KEY UPDATE seen_until = VALUES(seen_until)",
        LOOK,
        until
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Products with a sale that began or ended, or a time of publication that passed, after `since` and up to `now`.
pub async fn due_products(conn: &mut Conn, since: OffsetDateTime, now: OffsetDateTime) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM products WHERE publish_at > ? AND publish_at <= ?
           UNION SELECT id FROM products WHERE unpublish_at > ? AND unpublish_at <= ?
           UNION SELECT product_id FROM editions WHERE sale_from > ? AND sale_from <= ?
           UNION SELECT product_id FROM editions WHERE sale_to > ? AND sale_to <= ?
           ORDER BY 1"#,
        since,
        now,
        since,
        now,
        since,
        now,
        since,
        now
    )
    .fetch_all(conn)
    .await
}
