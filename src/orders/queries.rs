//! Every statement on `orders`, `order_lines`, `order_events` and the parcels.

pub mod claim;
pub mod desk;
pub mod former;
mod found;
mod history;
mod moves;
mod owned;
mod parcels;

pub use found::{OrderLineRow, OrderRow, find, find_all, find_with_parcels};
pub use history::{HistoryLine, PastOrder, lines_of, page_of_client};
pub use moves::{
    Change, HistoryRow, LockedLine, LockedOrder, call_for_attention, change, history, line_up_expired, lines_to_move,
    lock, pay, public_history,
};
pub use owned::{OWNED, OwnedEdition, owned, owned_films};
pub use parcels::{ParcelLine, SentParcel};
pub(super) use parcels::{insert_parcel, touch};

use serde_json::json;
use sqlx::{QueryBuilder, types::Json};
use time::{Date, OffsetDateTime};

use super::{OrderStatus, PaymentType};
use crate::{
    catalog::Format,
    platform::{db::Conn, i18n::Lang},
    pricing::{DeliveryType, TrailStep},
};

/// An address as it was written at the time of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderAddress {
    pub country: String,
    pub region: String,
    pub city: String,
    pub line1: String,
    pub line2: String,
    pub postcode: String,
}

/// An order that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub number: String,
    pub placement_key: String,
    pub cart_hash: String,
    /// Whose order it is, when it is a customer's.
    pub client_id: Option<u64>,
    pub email: String,
    pub phone: String,
    pub name: String,
    pub surname: String,
    pub language: Lang,
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
    pub price_trail: Vec<TrailStep>,
    pub address: Option<OrderAddress>,
    pub note: String,
    pub delivery_dates: (Date, Date),
    pub terms_version: &'static str,
    pub placed_at: OffsetDateTime,
    /// An order that is paid through a provider gives its stock back when it is not paid by then.
    pub expires_at: Option<OffsetDateTime>,
}

/// A line of an order that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewLine {
    pub edition_id: u64,
    pub product_id: u64,
    pub sku: String,
    pub title: String,
    pub format: Format,
    pub image: String,
    pub quantity: u32,
    pub is_gift: bool,
    pub unit_price_minor: i64,
    pub tax_minor: i64,
    pub tax_rate_bp: u32,
    pub total_minor: i64,
}

/// Stores an order. A number or a placement key that is taken is a unique violation.
pub async fn insert(conn: &mut Conn, order: &NewOrder) -> sqlx::Result<u64> {
    let address = order.address.as_ref();
    let done = sqlx::query!(
        "INSERT INTO orders (number, placement_key, cart_hash, client_id, email, phone, name, surname, language, payment_type, \
         delivery_type, delivery_name, pickup_point, currency, subtotal_minor, discount_minor, delivery_minor, tax_minor, \
         total_minor, price_trail, ship_country, ship_region, ship_city, ship_line1, ship_line2, ship_postcode, \
         customer_note, delivery_date, delivery_date_to, terms_version, terms_accepted_at, placed_at, \
         expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order.number,
        order.placement_key,
        order.cart_hash,
        order.client_id,
        order.email,
        order.phone,
        order.name,
        order.surname,
        order.language.code(),
        order.payment_type,
        order.delivery_type,
        order.delivery_name,
        order.pickup_point,
        order.currency,
        order.subtotal_minor,
        order.discount_minor,
        order.delivery_minor,
        order.tax_minor,
        order.total_minor,
        Json(&order.price_trail),
        address.map(|address| &address.country),
        address.map(|address| &address.region),
        address.map(|address| &address.city),
        address.map(|address| &address.line1),
        address.map(|address| &address.line2),
        address.map(|address| &address.postcode),
        order.note,
        order.delivery_dates.0,
        order.delivery_dates.1,
        order.terms_version,
        order.placed_at,
        order.placed_at,
        order.expires_at,
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Stores the lines of an order, and returns their ids.
pub async fn insert_lines(conn: &mut Conn, order_id: u64, lines: &[NewLine]) -> sqlx::Result<Vec<u64>> {
    let mut query = QueryBuilder::new(
        "INSERT INTO order_lines (order_id, edition_id, product_id, sku, title, format, image, quantity, \
         is_gift, unit_price_minor, tax_minor, tax_rate_bp, total_minor) ",
    );
    query.push_values(lines, |mut row, line| {
        row.push_bind(order_id)
            .push_bind(line.edition_id)
            .push_bind(line.product_id)
            .push_bind(&line.sku)
            .push_bind(&line.title)
            .push_bind(line.format)
            .push_bind(&line.image)
            .push_bind(line.quantity)
            .push_bind(line.is_gift)
            .push_bind(line.unit_price_minor)
            .push_bind(line.tax_minor)
            .push_bind(line.tax_rate_bp)
            .push_bind(line.total_minor);
    });
    let done = query.build().execute(&mut *conn).await?;
    if lines.len() == 1 {
        return Ok(vec![done.last_insert_id()]);
    }
    // Where servers write side by side, the ids of one statement need not follow each other.
    sqlx::query_scalar!("SELECT id FROM order_lines WHERE order_id = ? ORDER BY id", order_id).fetch_all(conn).await
}

/// Edition and quantity of every line.
pub async fn units_of(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<(Option<u64>, u32)>> {
    let rows = sqlx::query!("SELECT edition_id, quantity FROM order_lines WHERE order_id = ?", order_id);
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.edition_id, row.quantity)).collect())
}

/// What happened to an order, who did it, and whether the customer sees it.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    pub kind: &'a str,
    pub from: Option<OrderStatus>,
    pub to: Option<OrderStatus>,
    pub actor: &'a str,
    pub is_public: bool,
    pub reason: Option<&'a str>,
}

pub async fn insert_event(conn: &mut Conn, order_id: u64, event: &NewEvent<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO order_events (order_id, kind, from_status, to_status, actor, is_public, data) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        order_id,
        event.kind,
        event.from,
        event.to,
        event.actor,
        event.is_public,
        event.reason.map(|reason| Json(json!({ "reason": reason })))
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An order that was placed with a key, as far as a second placement needs it.
pub struct PlacedOrder {
    pub id: u64,
    pub number: String,
    pub cart_hash: String,
}

pub async fn find_by_placement_key(conn: &mut Conn, key: &str) -> sqlx::Result<Option<PlacedOrder>> {
    sqlx::query_as!(PlacedOrder, "SELECT id, number, cart_hash FROM orders WHERE placement_key = ?", key)
        .fetch_optional(conn)
        .await
}

/// Whose an order is, for whoever knows its number and the address that was given with it.
pub struct OwnerRow {
    pub id: u64,
    pub email: String,
    pub language: String,
}

pub async fn find_owner(conn: &mut Conn, number: &str, email: &str) -> sqlx::Result<Option<OwnerRow>> {
    sqlx::query_as!(OwnerRow, "SELECT id, email, language FROM orders WHERE number = ? AND email = ?", number, email)
        .fetch_optional(conn)
        .await
}
