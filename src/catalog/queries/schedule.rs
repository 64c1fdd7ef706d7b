//! Which products have reached the time of a sale or of their publication.

use time::OffsetDateTime;

use crate::platform::db::Conn;

/// What the looks at sale and publish times are called.
const LOOK: &str = "catalog";

/// Up to when somebody has looked at sale and publish times; none if nobody has yet.
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

/// Products with a sale, past or present, whose columns do not say what its time says.
pub async fn drifted_products(conn: &mut Conn, now: OffsetDateTime) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        r#"SELECT p.id FROM products p JOIN (
               SELECT o.product_id, MIN(o.price) AS price_min, MAX(o.price) AS price_max, MAX(o.has_sale) AS on_sale
               FROM (
                   SELECT e.product_id, e.has_sale,
                       CASE WHEN e.has_sale = 1 THEN e.sale_price_minor ELSE e.price_minor END AS price
                   FROM (
                       SELECT product_id, price_minor, sale_price_minor,
                           CASE WHEN sale_price_minor IS NOT NULL AND (sale_from IS NULL OR sale_from <= ?)
                               AND (sale_to IS NULL OR sale_to > ?) THEN 1 ELSE 0 END AS has_sale
                       FROM editions WHERE is_active
                   ) e
               ) o GROUP BY o.product_id
           ) s ON s.product_id = p.id
           WHERE p.on_sale <> s.on_sale OR NOT (p.price_min_minor <=> s.price_min)
               OR NOT (p.price_max_minor <=> s.price_max)
           ORDER BY p.id"#,
        now,
        now
    )
    .fetch_all(conn)
    .await
}
