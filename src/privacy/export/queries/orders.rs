//! Orders with their lines, as the file has them.

use serde::Serialize;
use sqlx::{FromRow, QueryBuilder};
use time::{Date, OffsetDateTime, serde::rfc3339};

use crate::platform::db::Conn;

/// So many orders are read at once.
const BATCH: u32 = 200;

#[derive(Debug, FromRow, Serialize)]
pub struct OrderRecord {
    #[serde(skip)]
    pub id: u64,
    number: String,
    #[serde(with = "rfc3339")]
    placed_at: OffsetDateTime,
    status: String,
    payment_status: String,
    payment_type: String,
    email: String,
    phone: String,
    name: String,
    surname: String,
    language: String,
    delivery_type: String,
    delivery_name: String,
    pickup_point: String,
    country: Option<String>,
    region: Option<String>,
    city: Option<String>,
    line1: Option<String>,
    line2: Option<String>,
    postcode: Option<String>,
    delivery_date: Option<Date>,
    delivery_date_to: Option<Date>,
    note: String,
    currency: String,
    subtotal_minor: i64,
    discount_minor: i64,
    delivery_minor: i64,
    tax_minor: i64,
    total_minor: i64,
    paid_minor: i64,
    refunded_minor: i64,
    invoice_number: Option<u64>,
    terms_version: String,
    #[serde(with = "rfc3339")]
    terms_accepted_at: OffsetDateTime,
    #[sqlx(skip)]
    lines: Vec<LineRecord>,
}

#[derive(Debug, FromRow, Serialize)]
struct LineRecord {
    #[serde(skip)]
    order_id: u64,
    sku: String,
    title: String,
    format: String,
    quantity: u32,
    is_gift: bool,
    unit_price_minor: i64,
    discount_minor: i64,
    tax_minor: i64,
    tax_rate_bp: u32,
    total_minor: i64,
}

/// The next orders of a customer after this one, by id; empty after the last.
pub async fn after(conn: &mut Conn, client_id: u64, last_id: u64) -> sqlx::Result<Vec<OrderRecord>> {
    let mut orders: Vec<OrderRecord> = sqlx::query_as(
        "SELECT o.id, o.number, o.placed_at, o.status, o.payment_status, o.payment_type, o.email, o.phone, o.name, \
         o.surname, o.language, o.delivery_type, o.delivery_name, o.pickup_point, o.ship_country AS country, \
         o.ship_region AS region, o.ship_city AS city, o.ship_line1 AS line1, o.ship_line2 AS line2, \
         o.ship_postcode AS postcode, o.delivery_date, o.delivery_date_to, o.customer_note AS note, o.currency, \
         o.subtotal_minor, o.discount_minor, o.delivery_minor, o.tax_minor, o.total_minor, o.paid_minor, \
         o.refunded_minor, i.number AS invoice_number, o.terms_version, o.terms_accepted_at \
         FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE o.client_id = ? AND o.id > ? \
         ORDER BY o.id LIMIT ?",
    )
    .bind(client_id)
    .bind(last_id)
    .bind(BATCH)
    .fetch_all(&mut *conn)
    .await?;
    for line in lines_of(conn, &orders).await? {
        // Both are in the order of the orders' ids.
        if let Ok(at) = orders.binary_search_by_key(&line.order_id, |order| order.id) {
            orders[at].lines.push(line);
        }
    }
    Ok(orders)
}

async fn lines_of(conn: &mut Conn, orders: &[OrderRecord]) -> sqlx::Result<Vec<LineRecord>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(
        "SELECT order_id, sku, title, format, quantity, is_gift, unit_price_minor, discount_minor, tax_minor, tax_rate_bp, \
         total_minor FROM order_lines WHERE order_id IN (",
    );
    let mut list = query.separated(", ");
    for order in orders {
        list.push_bind(order.id);
    }
    query.push(") ORDER BY id");
    query.build_query_as().fetch_all(conn).await
}
