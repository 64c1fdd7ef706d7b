//! The reviews that the shop puts forward, of whatever film.

use sqlx::FromRow;

use crate::platform::db::Conn;

/// A featured review, as far as it is shown away from its film.
#[derive(Clone, Debug, FromRow)]
pub struct FeaturedReview {
    pub product_id: u64,
    pub rating: u8,
    pub title: String,
    pub body: String,
    /// None of somebody who has left.
    pub name: Option<String>,
    pub surname: Option<String>,
}

/// The last featured reviews that others see and that give nothing away, the newest first.
pub async fn featured(conn: &mut Conn, most: u32) -> sqlx::Result<Vec<FeaturedReview>> {
    sqlx::query_as!(
        FeaturedReview,
        "SELECT r.product_id, r.rating, r.title, r.body, c.name AS `name?`, c.surname AS `surname?` FROM reviews r \
         LEFT JOIN clients c ON c.id = r.client_id AND c.anonymized_at IS NULL \
         WHERE r.is_featured = TRUE AND r.status = 'approved' AND NOT r.has_spoiler \
         ORDER BY r.created_at DESC, r.id DESC LIMIT ?",
        most
    )
    .fetch_all(conn)
    .await
}
