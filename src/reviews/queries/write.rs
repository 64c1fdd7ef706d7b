//! What customers change.

use time::OffsetDateTime;

use crate::{
    platform::db::Conn,
    reviews::{Draft, Reason, ReviewStatus},
};

/// Stores a review that waits to be read; a second one of the same customer and film is a unique violation.
pub async fn insert(
    conn: &mut Conn,
    client_id: u64,
    product_id: u64,
    draft: &Draft,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO reviews (product_id, client_id, rating, title, body, has_spoiler, queued_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        product_id,
        client_id,
        draft.rating,
        draft.title,
        draft.body,
        draft.has_spoiler,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// A review that nobody else changes until the transaction ends.
#[derive(Clone, Debug)]
pub struct LockedReview {
    pub id: u64,
    pub product_id: u64,
    pub client_id: Option<u64>,
    pub status: ReviewStatus,
    /// Whether an edit waits beside what was approved.
    pub has_edit: bool,
    pub is_featured: bool,
    pub helpful_up: u32,
    pub helpful_down: u32,
    pub reports: u32,
    pub version: u32,
}

/// Locks a review. Whoever changes the rating of its film has locked that one before.
pub async fn lock(conn: &mut Conn, id: u64) -> sqlx::Result<Option<LockedReview>> {
    sqlx::query_as!(
        LockedReview,
        "SELECT id, product_id, client_id, status AS `status: ReviewStatus`, \
         pending_rating IS NOT NULL AS `has_edit!: bool`, is_featured AS `is_featured: bool`, helpful_up, helpful_down, \
         reports, version FROM reviews WHERE id = ? FOR UPDATE",
        id
    )
    .fetch_optional(conn)
    .await
}

/// The film of a review, which never changes.
pub async fn product_of(conn: &mut Conn, id: u64) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("SELECT product_id FROM reviews WHERE id = ?", id).fetch_optional(conn).await
}

/// Writes another text over one that nobody sees, and lets it wait to be read.
pub async fn replace(conn: &mut Conn, id: u64, draft: &Draft, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET rating = ?, title = ?, body = ?, has_spoiler = ?, status = 'pending', reason = '', \
         queued_at = ?, version = version + 1 WHERE id = ?",
        draft.rating,
        draft.title,
        draft.body,
        draft.has_spoiler,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets another text wait beside the one that was approved.
pub async fn set_edit(conn: &mut Conn, id: u64, draft: &Draft, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET pending_rating = ?, pending_title = ?, pending_body = ?, pending_has_spoiler = ?, \
         reason = '', queued_at = ?, version = version + 1 WHERE id = ?",
        draft.rating,
        draft.title,
        draft.body,
        draft.has_spoiler,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Its votes and reports go with it.
pub async fn delete(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reviews WHERE id = ?", id).execute(conn).await?;
    Ok(())
}

/// What an account has voted on a review: whether it found it helpful.
pub async fn vote_of(conn: &mut Conn, review_id: u64, client_id: u64) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        "SELECT is_helpful AS `is_helpful: bool` FROM review_votes WHERE review_id = ? AND client_id = ?",
        review_id,
        client_id
    )
    .fetch_optional(conn)
    .await
}

/// Writes down a vote, or the other one in its place.
pub async fn set_vote(conn: &mut Conn, review_id: u64, client_id: u64, is_helpful: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO review_votes (review_id, client_id, is_helpful) VALUES (?, ?, ?) \
         ON DUPLICATE KEY UPDATE is_helpful = ?",
        review_id,
        client_id,
        is_helpful,
        is_helpful
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks a review. Returns its film and how many voted for it and against.
pub async fn counted_votes(conn: &mut Conn, id: u64) -> sqlx::Result<Option<(u64, u32, u32)>> {
    let Some(product_id) = sqlx::query_scalar!("SELECT product_id FROM reviews WHERE id = ? FOR UPDATE", id)
        .fetch_optional(&mut *conn)
        .await?
    else {
        return Ok(None);
    };
    let votes = sqlx::query!(
        "SELECT CAST(COALESCE(SUM(is_helpful), 0) AS UNSIGNED) AS `up!: u32`, \
         CAST(COALESCE(SUM(NOT is_helpful), 0) AS UNSIGNED) AS `down!: u32` FROM review_votes WHERE review_id = ?",
        id
    )
    .fetch_one(conn)
    .await?;
    Ok(Some((product_id, votes.up, votes.down)))
}

/// The number of votes either way, and what they come to.
pub async fn set_votes(conn: &mut Conn, id: u64, (up, down): (u32, u32), score: u32) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET helpful_up = ?, helpful_down = ?, helpful_score = ? WHERE id = ?",
        up,
        down,
        score,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes down a complaint; a second one of the same account is a unique violation.
pub async fn insert_report(conn: &mut Conn, review_id: u64, client_id: u64, reason: Reason) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO review_reports (review_id, client_id, reason) VALUES (?, ?, ?)",
        review_id,
        client_id,
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts complaints; from `queued_at` on the review waits to be read once more, where one is given.
pub async fn set_reports(
    conn: &mut Conn,
    id: u64,
    reports: u32,
    queued_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET reports = ?, queued_at = COALESCE(?, queued_at) WHERE id = ?",
        reports,
        queued_at,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}
