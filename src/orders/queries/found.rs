//! An order as its pages show it.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};
use time::{Date, OffsetDateTime};

use super::parcels::{PackedRow, SentParcel, gathered};
use crate::{
    catalog::Format,
    orders::{OrderStatus, PaymentStatus, PaymentType},
    platform::db::Conn,
    pricing::DeliveryType,
};

/// An order as its page shows it.
#[derive(Clone, Debug, FromRow)]
pub struct OrderRow {
    pub id: u64,
    pub client_id: Option<u64>,
    pub number: String,
    pub email: String,
    pub phone: String,
    pub name: String,
    pub surname: String,
    pub language: String,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub payment_type: PaymentType,
    pub delivery_type: DeliveryType,
    pub delivery_name: String,
    pub pickup_point: String,
    pub currency: String,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub delivery_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub paid_minor: i64,
    pub refunded_minor: i64,
    pub ship_country: Option<String>,
    pub ship_region: Option<String>,
    pub ship_city: Option<String>,
    pub ship_line1: Option<String>,
    pub ship_line2: Option<String>,
    pub ship_postcode: Option<String>,
    pub customer_note: String,
    pub delivery_date: Option<Date>,
    pub delivery_date_to: Option<Date>,
    pub placed_at: OffsetDateTime,
    /// The number of its invoice, once there is one.
    pub invoice_number: Option<u64>,
}

#[derive(Clone, Debug, FromRow)]
pub struct OrderLineRow {
    pub line_id: u64,
    /// None once the edition is gone.
    pub edition_id: Option<u64>,
    pub sku: String,
    #[sqlx(rename = "line_title")]
    pub title: String,
    pub format: Format,
    pub image: String,
    pub quantity: u32,
    pub quantity_shipped: u32,
    pub unit_price_minor: i64,
    #[sqlx(rename = "line_tax_minor")]
    pub tax_minor: i64,
    pub tax_rate_bp: u32,
    #[sqlx(rename = "line_total_minor")]
    pub total_minor: i64,
}

impl OrderLineRow {
    /// How many can be carried and have not left yet.
    pub fn left(&self) -> u32 {
        if self.format.is_digital() { 0 } else { self.quantity - self.quantity_shipped }
    }
}

#[derive(FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    order: OrderRow,
    #[sqlx(flatten)]
    line: OrderLineRow,
    #[sqlx(flatten)]
    packed: PackedRow,
}

/// An order with a line of it and, where that is in a parcel, the parcel.
const FOUND: &str = "SELECT o.id, o.client_id, o.number, o.email, o.phone, o.name, o.surname, o.language, o.status, o.payment_status, \
    o.payment_type, o.delivery_type, o.delivery_name, o.pickup_point, o.currency, o.subtotal_minor, \
    o.discount_minor, o.delivery_minor, o.tax_minor, o.total_minor, o.paid_minor, o.refunded_minor, \
    o.ship_country, o.ship_region, o.ship_city, o.ship_line1, o.ship_line2, o.ship_postcode, o.customer_note, \
    o.delivery_date, o.delivery_date_to, o.placed_at, i.number AS invoice_number, l.id AS line_id, l.edition_id, l.sku, \
    l.title AS line_title, l.format, l.image, l.quantity, l.quantity_shipped, l.unit_price_minor, l.tax_minor AS line_tax_minor, \
    l.tax_rate_bp, l.total_minor AS line_total_minor, s.id AS parcel_id, s.carrier, s.tracking, s.url, \
    s.created_at AS sent_at, p.quantity AS packed \
    FROM orders o JOIN order_lines l ON l.order_id = o.id LEFT JOIN invoices i ON i.order_id = o.id \
    LEFT JOIN shipment_lines p ON p.order_line_id = l.id LEFT JOIN shipments s ON s.id = p.shipment_id WHERE ";

/// An order with its lines.
pub async fn find(conn: &mut Conn, number: &str) -> sqlx::Result<Option<(OrderRow, Vec<OrderLineRow>)>> {
    Ok(find_with_parcels(conn, number).await?.map(|(order, lines, _)| (order, lines)))
}

/// An order with its lines and the parcels that have left, in the order in which they left. One statement: an order always
/// has a line, and a line that is in several parcels comes once for each.
pub async fn find_with_parcels(
    conn: &mut Conn,
    number: &str,
) -> sqlx::Result<Option<(OrderRow, Vec<OrderLineRow>, Vec<SentParcel>)>> {
    let mut query = QueryBuilder::new(FOUND);
    query.push("o.number = ").push_bind(number).push(" ORDER BY l.id, s.id");
    let rows: Vec<FoundRow> = query.build_query_as().fetch_all(conn).await?;
    let Some(order) = rows.first().map(|row| row.order.clone()) else {
        return Ok(None);
    };
    let parcels = gathered(rows.iter().map(|row| (&row.line, &row.packed)));
    let mut lines: Vec<_> = rows.into_iter().map(|row| row.line).collect();
    lines.dedup_by_key(|line| line.line_id);
    Ok(Some((order, lines, parcels)))
}

/// Orders with their lines, by id.
pub async fn find_all(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<HashMap<u64, (OrderRow, Vec<OrderLineRow>)>> {
    let mut query = QueryBuilder::new(FOUND);
    query.push("o.id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(") ORDER BY l.id");
    let rows: Vec<FoundRow> = query.build_query_as().fetch_all(conn).await?;
    let mut found: HashMap<u64, (OrderRow, Vec<OrderLineRow>)> = HashMap::new();
    for FoundRow { order, line, .. } in rows {
        let (_, lines) = found.entry(order.id).or_insert_with(|| (order, Vec::new()));
        if lines.last().is_none_or(|last| last.line_id != line.line_id) {
            lines.push(line);
        }
    }
    Ok(found)
}
