//! The addresses of films for search engines.

use time::OffsetDateTime;

use crate::platform::db::Conn;

/// The films that are shown at a moment with ids from one up to and without another: slug and last change.
pub async fn shown_between(
    conn: &mut Conn,
    (first, end): (u64, u64),
    now: OffsetDateTime,
) -> sqlx::Result<Vec<(String, OffsetDateTime)>> {
    let rows = sqlx::query!(
        "SELECT slug, updated_at AS `updated_at: OffsetDateTime` FROM products WHERE id >= ? AND id < ? AND status = 'active'
         AND (publish_at IS NULL OR publish_at <= ?) AND (unpublish_at IS NULL OR unpublish_at > ?) ORDER BY id",
        first,
        end,
        now,
        now
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.updated_at)).collect())
}
