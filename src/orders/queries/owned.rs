//! What a customer has bought.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use crate::{catalog::Format, platform::db::Conn};

/// That what is in a line `l` of an order `o` is the customer's: neither a gift, nor cancelled, nor refunded.
pub const OWNED: &str =
    "NOT l.is_gift AND o.status NOT IN ('cancelled', 'refunded') AND l.quantity > l.quantity_refunded";

/// An edition that a customer has bought and not given back.
#[derive(Clone, Debug, FromRow)]
pub struct OwnedEdition {
    pub product_id: u64,
    /// None when the shop has forgotten the edition.
    pub edition_id: Option<u64>,
    pub format: Format,
    /// When its first order was placed.
    pub since: OffsetDateTime,
}

/// The editions that a customer owns of these films, the oldest first. What was cancelled or refunded is owned no more.
pub async fn owned(conn: &mut Conn, client_id: u64, products: &[u64]) -> sqlx::Result<Vec<OwnedEdition>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    // The customer's orders first: a film may be in the orders of thousands.
    let mut query = QueryBuilder::new(
        "SELECT l.product_id, l.edition_id, l.format, MIN(o.placed_at) AS since \
         FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.id WHERE o.client_id = ",
    );
    query.push_bind(client_id).push(" AND ").push(OWNED).push(" AND l.product_id IN (");
    let mut list = query.separated(", ");
    for id in products {
        list.push_bind(id);
    }
    query.push(") GROUP BY l.product_id, l.edition_id, l.format ORDER BY since, l.format");
    query.build_query_as().fetch_all(conn).await
}

/// All films that a customer owns, by ascending id.
pub async fn owned_films(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<u64>> {
    let mut query = QueryBuilder::new(
        "SELECT DISTINCT l.product_id FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.id WHERE o.client_id = ",
    );
    query.push_bind(client_id).push(" AND l.product_id IS NOT NULL AND ").push(OWNED).push(" ORDER BY l.product_id");
    query.build_query_scalar().fetch_all(conn).await
}
