//! Carts that were left alone: the statements on `carts` that only reminders need.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use super::{IDLE, TOO_OLD};
use crate::{
    cart::{CLIENT_LIFE_DAYS, client_cart_expiry},
    platform::db::Conn,
};

/// A cart that was left alone, and whose it is.
#[derive(Clone, Debug, FromRow)]
pub(super) struct IdleCart {
    pub cart_id: u64,
    pub client_id: u64,
    pub email: String,
    pub language: String,
    /// Tells one state of the cart from another.
    pub expires_at: OffsetDateTime,
}

/// The next carts to write about, which nobody else changes until the transaction ends: not changed for a day, with
/// something in them that can be had, of customers who want mail and have ordered nothing since.
pub(super) async fn lock_idle(conn: &mut Conn, now: OffsetDateTime, most: u32) -> sqlx::Result<Vec<IdleCart>> {
    let mut query = QueryBuilder::new(
        "SELECT c.id AS cart_id, c.client_id, k.email, k.language, c.expires_at FROM carts c \
         JOIN clients k ON k.id = c.client_id WHERE c.reminded_at IS NULL AND c.expires_at > ",
    );
    query.push_bind(client_cart_expiry(now - TOO_OLD)).push(" AND c.expires_at <= ");
    query.push_bind(client_cart_expiry(now - IDLE)).push(
        " AND k.marketing_consent_at IS NOT NULL AND k.email_verified_at IS NOT NULL AND k.email IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM unwanted_mails u WHERE u.client_id = k.id AND u.kind = 'cart_reminders') \
         AND EXISTS (SELECT 1 FROM cart_items i JOIN editions e ON e.id = i.edition_id \
         JOIN products p ON p.id = e.product_id WHERE i.cart_id = c.id AND ",
    );
    push_can_be_had(&mut query, now);
    for whose in ["o.client_id = k.id", "o.email = k.email"] {
        query.push(") AND NOT EXISTS (SELECT 1 FROM orders o WHERE ").push(whose);
        query.push(" AND o.placed_at >= c.expires_at - INTERVAL ").push(CLIENT_LIFE_DAYS).push(" DAY");
    }
    query.push(") ORDER BY c.expires_at, c.id LIMIT ").push_bind(most).push(" FOR UPDATE");
    query.build_query_as().fetch_all(conn).await
}

/// A line that can be had.
#[derive(Clone, Copy, Debug, FromRow)]
pub(super) struct LineRow {
    pub cart_id: u64,
    pub edition_id: u64,
    pub quantity: u32,
}

/// What can be had of what these carts hold.
pub(super) async fn lines(conn: &mut Conn, carts: &[u64], now: OffsetDateTime) -> sqlx::Result<Vec<LineRow>> {
    let mut query = QueryBuilder::new(
        "SELECT i.cart_id, i.edition_id, CAST(i.quantity AS UNSIGNED) AS quantity FROM cart_items i \
         JOIN editions e ON e.id = i.edition_id JOIN products p ON p.id = e.product_id WHERE i.cart_id IN (",
    );
    push_ids(&mut query, carts);
    query.push(") AND ");
    push_can_be_had(&mut query, now);
    query.push(" ORDER BY i.id").build_query_as().fetch_all(conn).await
}

/// Notes that these have been written about.
pub(super) async fn mark_reminded(conn: &mut Conn, carts: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    let mut query = QueryBuilder::new("UPDATE carts SET reminded_at = ");
    query.push_bind(now).push(" WHERE id IN (");
    push_ids(&mut query, carts);
    query.push(")").build().execute(conn).await?;
    Ok(())
}

/// That an edition `e` of a film `p` can be bought.
fn push_can_be_had(query: &mut QueryBuilder<MySql>, now: OffsetDateTime) {
    query.push("e.is_active AND (e.stock > 0 OR e.format IN ('digital_hd', 'digital_4k')) AND p.status = 'active' ");
    query.push("AND (p.publish_at IS NULL OR p.publish_at <= ").push_bind(now);
    query.push(") AND (p.unpublish_at IS NULL OR p.unpublish_at > ").push_bind(now).push(")");
}

fn push_ids(query: &mut QueryBuilder<MySql>, ids: &[u64]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
}
