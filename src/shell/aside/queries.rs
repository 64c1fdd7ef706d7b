//! The one statement behind what concerns a customer and a film.

use time::OffsetDateTime;

use crate::{catalog::Format, platform::db::Conn, reviews::ReviewStatus};

/// What is known of a customer and a film.
pub(super) struct Found {
    pub product_id: u64,
    pub review: Option<FoundReview>,
    /// The wishlist that everybody has, if the film is on it.
    pub saved_in: Option<u64>,
    /// The formats that were bought and not given back, each with its first order.
    pub owned: Vec<(Format, OffsetDateTime)>,
}

/// What the customer has written about it.
#[derive(Clone, Copy)]
pub(super) struct FoundReview {
    pub id: u64,
    pub status: ReviewStatus,
    pub has_edit: bool,
}

/// By the film's slug of today; none where no film has it.
pub(super) async fn find(conn: &mut Conn, client_id: u64, slug: &str) -> sqlx::Result<Option<Found>> {
    // The customer's orders first: a film may be in the orders of thousands.
    let rows = sqlx::query!(
        "SELECT p.id AS product_id, r.id AS `id?: u64`, r.status AS `status?: ReviewStatus`, \
         r.pending_rating IS NOT NULL AS `has_edit!: bool`, w.id AS `saved_in?: u64`, \
         b.format AS `format?: Format`, b.since AS `since?: OffsetDateTime` FROM products p \
         LEFT JOIN reviews r ON r.product_id = p.id AND r.client_id = ? \
         LEFT JOIN (wishlists w JOIN wishlist_items i ON i.wishlist_id = w.id) \
         ON w.client_id = ? AND w.is_default AND i.product_id = p.id \
         LEFT JOIN (SELECT l.product_id, l.format, MIN(o.placed_at) AS since \
         FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.id \
         WHERE o.client_id = ? AND o.status NOT IN ('cancelled', 'refunded') AND l.quantity > l.quantity_refunded \
         GROUP BY l.product_id, l.format) b ON b.product_id = p.id \
         WHERE p.slug = ? ORDER BY b.since, b.format",
        client_id,
        client_id,
        client_id,
        slug
    )
    .fetch_all(conn)
    .await?;
    let owned = rows.iter().filter_map(|row| row.format.zip(row.since)).collect();
    Ok(rows.first().map(|row| Found {
        product_id: row.product_id,
        review: row.id.zip(row.status).map(|(id, status)| FoundReview { id, status, has_edit: row.has_edit }),
        saved_in: row.saved_in,
        owned,
    }))
}
