//! What reports read.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    catalog::Format,
    messages::MessageStatus,
    orders::{OrderStatus, PaymentType},
    platform::db::Conn,
    pricing::DeliveryType,
};

/// Orders of one kind that were placed in a time, in the shop's currency.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Sales {
    pub status: OrderStatus,
    pub payment_type: PaymentType,
    pub delivery_type: DeliveryType,
    pub orders: i64,
    /// What they come to, less what was refunded.
    pub turnover_minor: i64,
    /// What was refunded of them.
    pub refunded_minor: i64,
}

/// A time between two moments, and the shop's currency.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    pub from: OffsetDateTime,
    pub to: OffsetDateTime,
    pub currency: &'a str,
}

/// Orders that were placed, by what they are.
pub async fn sales(conn: &mut Conn, window: Window<'_>) -> sqlx::Result<Vec<Sales>> {
    let mut query = QueryBuilder::new(
        "SELECT o.status, o.payment_type, o.delivery_type, COUNT(*) AS orders, \
         CAST(SUM(o.total_minor - o.refunded_minor) AS SIGNED) AS turnover_minor, \
         CAST(SUM(o.refunded_minor) AS SIGNED) AS refunded_minor FROM orders o WHERE ",
    );
    push_placed(&mut query, window, OrderStatus::ALL);
    query.push(" GROUP BY o.status, o.payment_type, o.delivery_type");
    query.build_query_as().fetch_all(conn).await
}

/// Units that were sold.
pub async fn units(conn: &mut Conn, window: Window<'_>) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::new(
        "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS SIGNED) FROM orders o \
         JOIN order_lines l ON l.order_id = o.id WHERE ",
    );
    push_placed(&mut query, window, &counted());
    query.build_query_scalar().fetch_one(conn).await
}

/// A film and what it has sold.
#[derive(Clone, Debug, FromRow)]
pub struct BestFilm {
    pub product_id: u64,
    /// As an order names it.
    pub title: String,
    pub units: i64,
    pub turnover_minor: i64,
}

/// The films that sold most.
pub async fn best_films(conn: &mut Conn, window: Window<'_>, most: u32) -> sqlx::Result<Vec<BestFilm>> {
    let mut query = QueryBuilder::new(
        "SELECT l.product_id, MIN(l.title) AS title, CAST(SUM(l.quantity) AS SIGNED) AS units, \
         CAST(SUM(l.total_minor) AS SIGNED) AS turnover_minor FROM orders o \
         JOIN order_lines l ON l.order_id = o.id WHERE l.product_id IS NOT NULL AND ",
    );
    push_placed(&mut query, window, &counted());
    query.push(" GROUP BY l.product_id ORDER BY units DESC, turnover_minor DESC, l.product_id LIMIT ").push_bind(most);
    query.build_query_as().fetch_all(conn).await
}

/// Every status but that of an order which was cancelled.
fn counted() -> Vec<OrderStatus> {
    OrderStatus::ALL.iter().copied().filter(|status| *status != OrderStatus::Cancelled).collect()
}

/// Naming each status lets the index find the time.
fn push_placed(query: &mut QueryBuilder<MySql>, window: Window<'_>, statuses: &[OrderStatus]) {
    query.push("o.status IN (");
    let mut list = query.separated(", ");
    for status in statuses {
        list.push_bind(*status);
    }
    query.push(") AND o.placed_at >= ").push_bind(window.from).push(" AND o.placed_at < ").push_bind(window.to);
    query.push(" AND o.currency = ").push_bind(window.currency.to_owned());
}

/// An edition of which little is left.
#[derive(Clone, Debug, FromRow)]
pub struct LowEdition {
    pub product_id: u64,
    pub sku: String,
    pub format: Format,
    pub stock: i32,
}

/// Editions that are sold and run low, the scarcest first.
pub async fn low_editions(conn: &mut Conn, most: u32) -> sqlx::Result<Vec<LowEdition>> {
    sqlx::query_as!(
        LowEdition,
        "SELECT e.product_id, e.sku, e.format AS `format: Format`, e.stock \
         FROM editions e JOIN products p ON p.id = e.product_id \
         WHERE e.is_active AND p.status = 'active' AND e.stock <= e.low_stock_at \
         AND e.format NOT IN ('digital_hd', 'digital_4k') ORDER BY e.stock, p.sold_count DESC, e.id LIMIT ?",
        most
    )
    .fetch_all(conn)
    .await
}

/// How many editions run low.
pub async fn count_low(conn: &mut Conn) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM editions e JOIN products p ON p.id = e.product_id \
         WHERE e.is_active AND p.status = 'active' AND e.stock <= e.low_stock_at \
         AND e.format NOT IN ('digital_hd', 'digital_4k')"
    )
    .fetch_one(conn)
    .await
}

/// How many messages are in this state.
pub async fn count_messages(conn: &mut Conn, status: MessageStatus) -> sqlx::Result<i64> {
    sqlx::query_scalar!("SELECT COUNT(*) FROM messages WHERE status = ?", status).fetch_one(conn).await
}

/// The categories that sold most, each with the units and the turnover of its films.
pub async fn best_categories(conn: &mut Conn, window: Window<'_>, most: u32) -> sqlx::Result<Vec<BestCategory>> {
    let mut query = QueryBuilder::new(
        "SELECT COALESCE(c.title_en, c.title_ru, c.title_uz) AS title, CAST(SUM(l.quantity) AS SIGNED) AS units, \
         CAST(SUM(l.total_minor) AS SIGNED) AS turnover_minor FROM orders o \
         JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id \
         JOIN categories c ON c.id = p.category_id WHERE ",
    );
    push_placed(&mut query, window, &counted());
    query.push(" GROUP BY c.id, c.title_en, c.title_ru, c.title_uz ");
    query.push("ORDER BY units DESC, turnover_minor DESC, c.id LIMIT ").push_bind(most);
    query.build_query_as().fetch_all(conn).await
}

/// A category and what its films have sold.
#[derive(Clone, Debug, FromRow)]
pub struct BestCategory {
    pub title: String,
    pub units: i64,
    pub turnover_minor: i64,
}
