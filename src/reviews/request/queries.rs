//! What an order still leaves to review.

use crate::platform::db::Conn;

/// Whose an order is, and how they are written to.
pub(super) struct Buyer {
    pub client_id: u64,
    pub email: String,
    pub language: String,
}

/// Nobody for an order that did not stay with somebody who has an account and a confirmed address.
pub(super) async fn buyer(conn: &mut Conn, order_id: u64) -> sqlx::Result<Option<Buyer>> {
    sqlx::query_as!(
        Buyer,
        "SELECT c.id AS client_id, c.email AS `email!`, c.language FROM orders o JOIN clients c ON c.id = o.client_id \
         WHERE o.id = ? AND o.status = 'delivered' AND c.email IS NOT NULL AND c.email_verified_at IS NOT NULL",
        order_id
    )
    .fetch_optional(conn)
    .await
}

/// The films of an order that were not given back and that this customer has written nothing about, as they stand in it.
pub(super) async fn films_left(conn: &mut Conn, order_id: u64, client_id: u64) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        "SELECT l.product_id AS `product_id!` FROM order_lines l \
         WHERE l.order_id = ? AND l.quantity_refunded < l.quantity AND l.product_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.product_id = l.product_id AND r.client_id = ?) \
         GROUP BY l.product_id ORDER BY MIN(l.id)",
        order_id,
        client_id
    )
    .fetch_all(conn)
    .await
}
