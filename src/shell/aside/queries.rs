//! The one statement behind what concerns a customer and a film.

use crate::{platform::db::Conn, reviews::ReviewStatus};

/// What is known of a customer and a film.
pub(super) struct Found {
    pub review: Option<FoundReview>,
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
    let row = sqlx::query!(
        "SELECT r.id AS `id?: u64`, r.status AS `status?: ReviewStatus`, \
         r.pending_rating IS NOT NULL AS `has_edit!: bool` FROM products p \
         LEFT JOIN reviews r ON r.product_id = p.id AND r.client_id = ? WHERE p.slug = ?",
        client_id,
        slug
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Found {
        review: row.id.zip(row.status).map(|(id, status)| FoundReview { id, status, has_edit: row.has_edit }),
    }))
}
