//! What authors see of their own reviews.

use time::OffsetDateTime;

use crate::{
    platform::db::Conn,
    reviews::{Draft, Reason, ReviewStatus},
};

/// A review as its author sees it.
#[derive(Clone, Debug)]
pub struct OwnReview {
    pub id: u64,
    pub product_id: u64,
    pub status: ReviewStatus,
    /// What the author wrote last.
    pub draft: Draft,
    /// Whether that waits beside an older text, which others see meanwhile.
    pub has_edit: bool,
    /// Why it, or its last edit, was not approved.
    pub reason: Option<Reason>,
    pub created_at: OffsetDateTime,
}

struct Row {
    id: u64,
    product_id: u64,
    status: ReviewStatus,
    rating: u8,
    title: String,
    body: String,
    has_spoiler: bool,
    has_edit: bool,
    reason: String,
    created_at: OffsetDateTime,
}

impl From<Row> for OwnReview {
    fn from(row: Row) -> Self {
        let Row { rating, title, body, has_spoiler, .. } = row;
        Self {
            id: row.id,
            product_id: row.product_id,
            status: row.status,
            draft: Draft { rating, title, body, has_spoiler },
            has_edit: row.has_edit,
            reason: Reason::from_word(&row.reason),
            created_at: row.created_at,
        }
    }
}

/// What an account has written about a film.
pub async fn own_of_film(conn: &mut Conn, client_id: u64, product_id: u64) -> sqlx::Result<Option<OwnReview>> {
    let row = sqlx::query_as!(
        Row,
        "SELECT id, product_id, status AS `status: ReviewStatus`, COALESCE(pending_rating, rating) AS `rating!: u8`, \
         COALESCE(pending_title, title) AS `title!`, COALESCE(pending_body, body) AS `body!`, \
         COALESCE(pending_has_spoiler, has_spoiler) AS `has_spoiler!: bool`, \
         pending_rating IS NOT NULL AS `has_edit!: bool`, reason, created_at AS `created_at: OffsetDateTime` \
         FROM reviews WHERE client_id = ? AND product_id = ?",
        client_id,
        product_id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(OwnReview::from))
}
