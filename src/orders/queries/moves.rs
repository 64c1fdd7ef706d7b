//! What the moves of an order read and write.

use sqlx::FromRow;
use time::OffsetDateTime;

use crate::{
    catalog::Format,
    orders::{OrderStatus, PaymentStatus, PaymentType},
    platform::db::Conn,
    pricing::DeliveryType,
};

/// As much of an order as its moves need; nobody else moves it until the transaction ends.
#[derive(Clone, Debug)]
pub struct LockedOrder {
    pub id: u64,
    pub client_id: Option<u64>,
    pub number: String,
    pub email: String,
    pub language: String,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub payment_type: PaymentType,
    pub delivery_type: DeliveryType,
    pub total_minor: i64,
    pub paid_minor: i64,
    pub refunded_minor: i64,
    pub expires_at: Option<OffsetDateTime>,
    /// Counts the order's changes.
    pub version: u32,
}

/// Locks an order by its number, before anything else that its move locks.
pub async fn lock(conn: &mut Conn, number: &str) -> sqlx::Result<Option<LockedOrder>> {
    // The column cannot hold it, and servers refuse to compare.
    if !number.is_ascii() {
        return Ok(None);
    }
    sqlx::query_as!(
        LockedOrder,
        "SELECT id, client_id, number, email, language, status AS `status: OrderStatus`, payment_status AS `payment_status: PaymentStatus`, \
         payment_type AS `payment_type: PaymentType`, delivery_type AS `delivery_type: DeliveryType`, total_minor, \
         paid_minor, refunded_minor, expires_at AS `expires_at: OffsetDateTime`, version \
         FROM orders WHERE number = ? FOR UPDATE",
        number
    )
    .fetch_optional(conn)
    .await
}

/// A line of an order that moves.
#[derive(Clone, Copy, Debug)]
pub struct LockedLine {
    pub id: u64,
    pub edition_id: Option<u64>,
    pub product_id: Option<u64>,
    pub format: Format,
    pub quantity: u32,
    pub quantity_shipped: u32,
}

pub async fn lines_to_move(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<LockedLine>> {
    sqlx::query_as!(
        LockedLine,
        "SELECT id, edition_id, product_id, format AS `format: Format`, quantity, quantity_shipped \
         FROM order_lines WHERE order_id = ? ORDER BY id",
        order_id
    )
    .fetch_all(conn)
    .await
}

/// Where an order stands from now on.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
}

/// Moves an order that is locked. One that is no longer pending no longer expires.
pub async fn change(conn: &mut Conn, order_id: u64, change: Change) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE orders SET status = ?, payment_status = ?, expires_at = CASE WHEN ? = 'pending' THEN expires_at END, \
         version = version + 1 WHERE id = ?",
        change.status,
        change.payment_status,
        change.status,
        order_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that somebody has to look at an order.
pub async fn call_for_attention(conn: &mut Conn, order_id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE orders SET needs_attention = TRUE WHERE id = ?", order_id).execute(conn).await?;
    Ok(())
}

/// Notes that all of an order is paid.
pub async fn pay(conn: &mut Conn, order_id: u64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE orders SET payment_status = 'paid', paid_minor = total_minor, version = version + 1 WHERE id = ?",
        order_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Id and number of orders whose time to pay is over, by id, after the one with this id.
pub async fn line_up_expired(
    conn: &mut Conn,
    now: OffsetDateTime,
    after: u64,
    most: u32,
) -> sqlx::Result<Vec<(u64, String)>> {
    let rows = sqlx::query!(
        "SELECT id, number FROM orders WHERE payment_status IN ('unpaid', 'pending', 'failed') AND expires_at <= ? \
         AND status = 'pending' AND payment_type <> 'cash' AND id > ? ORDER BY id LIMIT ?",
        now,
        after,
        most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

/// An entry of an order's history.
#[derive(Clone, Debug, FromRow)]
pub struct HistoryRow {
    pub kind: String,
    pub from_status: Option<OrderStatus>,
    pub to_status: Option<OrderStatus>,
    pub actor: String,
    /// The customer may know of it.
    pub is_public: bool,
    pub reason: Option<String>,
    pub created_at: OffsetDateTime,
}

/// All that happened to an order, oldest first.
pub async fn history(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<HistoryRow>> {
    events(conn, order_id, true).await
}

/// What its customer may see of that.
pub async fn public_history(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<HistoryRow>> {
    events(conn, order_id, false).await
}

async fn events(conn: &mut Conn, order_id: u64, is_internal_too: bool) -> sqlx::Result<Vec<HistoryRow>> {
    sqlx::query_as(
        "SELECT kind, from_status, to_status, actor, is_public, CAST(JSON_UNQUOTE(JSON_EXTRACT(data, '$.reason')) AS CHAR) \
         AS reason, created_at FROM order_events WHERE order_id = ? AND (is_public OR ?) ORDER BY id",
    )
    .bind(order_id)
    .bind(is_internal_too)
    .fetch_all(conn)
    .await
}
