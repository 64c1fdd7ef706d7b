//! What moderators change.

use time::OffsetDateTime;

use crate::{platform::db::Conn, reviews::Reason};

/// Shows a review, or its edit in place of what was approved before. The columns are set from left to right.
pub async fn approve(
    conn: &mut Conn,
    id: u64,
    is_spoiler: bool,
    (staff_id, now): (u64, OffsetDateTime),
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET rating = COALESCE(pending_rating, rating), title = COALESCE(pending_title, title), \
         body = COALESCE(pending_body, body), \
         has_spoiler = COALESCE(pending_has_spoiler, has_spoiler) OR ?, pending_rating = NULL, pending_title = NULL, \
         pending_body = NULL, pending_has_spoiler = NULL, status = 'approved', reason = '', reports = 0, \
         moderated_by = ?, moderated_at = ?, version = version + 1 WHERE id = ?",
        is_spoiler,
        staff_id,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Shows a review to nobody but its author.
pub async fn reject(
    conn: &mut Conn,
    id: u64,
    reason: Reason,
    (staff_id, now): (u64, OffsetDateTime),
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET status = 'rejected', reason = ?, reports = 0, is_featured = FALSE, \
         moderated_by = ?, moderated_at = ?, version = version + 1 WHERE id = ?",
        reason,
        staff_id,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves what was approved before as it is.
pub async fn reject_edit(
    conn: &mut Conn,
    id: u64,
    reason: Reason,
    (staff_id, now): (u64, OffsetDateTime),
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET pending_rating = NULL, pending_title = NULL, pending_body = NULL, \
         pending_has_spoiler = NULL, reason = ?, moderated_by = ?, moderated_at = ?, version = version + 1 \
         WHERE id = ?",
        reason,
        staff_id,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn count_featured(conn: &mut Conn, product_id: u64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM reviews WHERE product_id = ? AND status = 'approved' AND is_featured",
        product_id
    )
    .fetch_one(conn)
    .await
}

pub async fn set_featured(
    conn: &mut Conn,
    id: u64,
    is_featured: bool,
    (staff_id, now): (u64, OffsetDateTime),
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET is_featured = ?, moderated_by = ?, moderated_at = ?, version = version + 1 WHERE id = ?",
        is_featured,
        staff_id,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn set_reply(
    conn: &mut Conn,
    id: u64,
    reply: &str,
    (staff_id, now): (u64, OffsetDateTime),
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET reply = ?, replied_at = COALESCE(replied_at, ?), moderated_by = ?, moderated_at = ?, \
         version = version + 1 WHERE id = ?",
        reply,
        now,
        staff_id,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Where the author of a review hears of it.
pub struct Author {
    pub client_id: u64,
    pub email: String,
    pub language: String,
}

/// None of a review whose author has left.
pub async fn author(conn: &mut Conn, review_id: u64) -> sqlx::Result<Option<Author>> {
    sqlx::query_as!(
        Author,
        "SELECT c.id AS client_id, c.email AS `email!`, c.language FROM reviews r JOIN clients c ON c.id = r.client_id \
         WHERE r.id = ? AND c.anonymized_at IS NULL AND c.email IS NOT NULL",
        review_id
    )
    .fetch_optional(conn)
    .await
}
