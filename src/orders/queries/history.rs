//! What a customer has ordered.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use crate::{orders::OrderStatus, platform::db::Conn, pricing::DeliveryType};

/// An order as the list of its customer shows it.
#[derive(Clone, Debug, FromRow)]
pub struct PastOrder {
    pub id: u64,
    pub number: String,
    pub status: OrderStatus,
    pub delivery_type: DeliveryType,
    pub currency: String,
    pub total_minor: i64,
    pub placed_at: OffsetDateTime,
    /// Whether there is an invoice.
    pub has_invoice: bool,
    /// How many orders the customer has.
    pub of_all: i64,
}

/// The orders of a customer, newest first, so many after the first ones.
pub async fn page_of_client(conn: &mut Conn, client_id: u64, after: u32, most: u32) -> sqlx::Result<Vec<PastOrder>> {
    sqlx::query_as(
        "SELECT o.id, o.number, o.status, o.delivery_type, o.currency, o.total_minor, o.placed_at, \
         i.id IS NOT NULL AS has_invoice, COUNT(*) OVER () AS of_all \
         FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE o.client_id = ? \
         ORDER BY o.placed_at DESC, o.id DESC LIMIT ? OFFSET ?",
    )
    .bind(client_id)
    .bind(most)
    .bind(after)
    .fetch_all(conn)
    .await
}

/// A film of an order in that list.
#[derive(Clone, Debug, FromRow)]
pub struct HistoryLine {
    pub order_id: u64,
    pub title: String,
    pub image: String,
}

/// The lines of these orders, as they stand in them.
pub async fn lines_of(conn: &mut Conn, orders: &[u64]) -> sqlx::Result<Vec<HistoryLine>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT order_id, title, image FROM order_lines WHERE order_id IN (");
    let mut list = query.separated(", ");
    for id in orders {
        list.push_bind(id);
    }
    query.push(") ORDER BY id");
    query.build_query_as().fetch_all(conn).await
}
