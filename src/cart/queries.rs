//! Every statement on `carts` and `cart_items`.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, MySql, QueryBuilder, Row, mysql::MySqlRow, types::Json};
use time::OffsetDateTime;

use super::{CartLine, CartToken};
use crate::{
    catalog::queries::{EDITION_COLUMNS, EditionRow, FILM_COLUMNS, FilmRow},
    platform::db::Conn,
};

/// What was typed at checkout, so that coming back finds it again. All of it is free text that no rule has passed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedCheckout {
    pub contact: SavedContact,
    pub delivery: SavedDelivery,
    pub payment: SavedPayment,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedContact {
    pub email: String,
    pub phone: String,
    pub name: String,
    pub surname: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedDelivery {
    pub delivery_type: String,
    pub pickup_point: String,
    pub country: String,
    pub region: String,
    pub city: String,
    pub line1: String,
    pub line2: String,
    pub postcode: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedPayment {
    pub payment_type: String,
}

#[derive(FromRow)]
pub(super) struct CartRow {
    pub cart_id: u64,
    pub note: String,
    contact: Option<Json<SavedContact>>,
    delivery: Option<Json<SavedDelivery>>,
    payment: Option<Json<SavedPayment>>,
}

impl CartRow {
    pub fn saved(&mut self) -> SavedCheckout {
        SavedCheckout {
            contact: self.contact.take().map(|json| json.0).unwrap_or_default(),
            delivery: self.delivery.take().map(|json| json.0).unwrap_or_default(),
            payment: self.payment.take().map(|json| json.0).unwrap_or_default(),
        }
    }
}

/// The cart of a token, unless it has expired, with its lines, oldest first.
pub(super) async fn find(
    conn: &mut Conn,
    token_hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(CartRow, Vec<CartLine>)>> {
    let mut query = select_lines();
    query
        .push(
            ", c.id AS cart_id, c.note, c.contact, c.delivery, c.payment FROM carts c \
             LEFT JOIN cart_items ci ON ci.cart_id = c.id LEFT JOIN editions e ON e.id = ci.edition_id \
             LEFT JOIN products p ON p.id = e.product_id WHERE c.token_hash = ",
        )
        .push_bind(token_hash)
        .push(" AND c.expires_at > ")
        .push_bind(now);
    let rows = query.build().fetch_all(conn).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    // A cart without lines is one row with nothing of a line.
    let is_line = |row: &&MySqlRow| row.try_get("item_id").is_ok_and(|id: Option<u64>| id.is_some());
    let mut lines = rows.iter().filter(is_line).map(CartLine::from_row).collect::<sqlx::Result<Vec<_>>>()?;
    // The database would write what was typed at checkout to a table on disk to sort it.
    lines.sort_unstable_by_key(|line| line.item_id);
    Ok(Some((CartRow::from_row(first)?, lines)))
}

/// A cart that is locked until the end of the transaction.
#[derive(Clone, Copy, Debug)]
pub struct LockedCart {
    pub id: u64,
    /// Whether it bears a note, or somebody was reminded of it.
    is_marked: bool,
}

/// Locks the cart of a token.
pub async fn lock(conn: &mut Conn, token_hash: &str, now: OffsetDateTime) -> sqlx::Result<Option<LockedCart>> {
    sqlx::query_as!(
        LockedCart,
        r#"SELECT id, CHAR_LENGTH(note) > 0 OR reminded_at IS NOT NULL AS "is_marked!: bool" FROM carts
           WHERE token_hash = ? AND expires_at > ? FOR UPDATE"#,
        token_hash,
        now
    )
    .fetch_optional(conn)
    .await
}

/// Makes the cart of a token, or wakes the one that had expired; two at once end with the same cart.
pub(super) async fn insert(conn: &mut Conn, token: &CartToken, now: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO carts (token_hash, client_id, expires_at) VALUES (?, ?, ?) \
         ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), expires_at = VALUES(expires_at)",
        token.hash(),
        token.client_id(),
        token.expires_at(now)
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// What a cart holds: editions by id, each with its quantity.
pub(super) async fn held(conn: &mut Conn, cart_id: u64) -> sqlx::Result<Vec<(u64, u32)>> {
    let rows = sqlx::query!("SELECT edition_id, quantity FROM cart_items WHERE cart_id = ?", cart_id);
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.edition_id, row.quantity.into())).collect())
}

/// The lines of a cart, oldest first.
pub async fn load_lines(conn: &mut Conn, cart_id: u64) -> sqlx::Result<Vec<CartLine>> {
    let mut query = select_lines();
    query
        .push(
            " FROM cart_items ci JOIN editions e ON e.id = ci.edition_id JOIN products p ON p.id = e.product_id \
             WHERE ci.cart_id = ",
        )
        .push_bind(cart_id)
        .push(" ORDER BY ci.id");
    query.build_query_as().fetch_all(conn).await
}

/// The columns of a [`CartLine`].
fn select_lines() -> QueryBuilder<MySql> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(", ").push(EDITION_COLUMNS);
    query.push(", ci.id AS item_id, ci.quantity, ci.is_gift, ci.seen_price_minor");
    query
}

impl FromRow<'_, MySqlRow> for CartLine {
    fn from_row(row: &MySqlRow) -> sqlx::Result<Self> {
        Ok(Self {
            item_id: row.try_get("item_id")?,
            quantity: row.try_get::<u8, _>("quantity")?.into(),
            is_gift: row.try_get("is_gift")?,
            seen_price_minor: row.try_get("seen_price_minor")?,
            edition: EditionRow::from_row(row)?,
            film: FilmRow::from_row(row)?,
        })
    }
}

pub(super) async fn put_line(
    conn: &mut Conn,
    cart_id: u64,
    edition_id: u64,
    quantity: u32,
    price_minor: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO cart_items (cart_id, edition_id, quantity, seen_price_minor) VALUES (?, ?, ?, ?) \
         ON DUPLICATE KEY UPDATE quantity = VALUES(quantity), seen_price_minor = VALUES(seen_price_minor)",
        cart_id,
        edition_id,
        quantity,
        price_minor
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes whether a line is for somebody else.
pub(super) async fn set_gift(conn: &mut Conn, item_id: u64, is_gift: bool) -> sqlx::Result<()> {
    sqlx::query!("UPDATE cart_items SET is_gift = ? WHERE id = ?", is_gift, item_id).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_lines(conn: &mut Conn, cart_id: u64, item_ids: &[u64]) -> sqlx::Result<()> {
    if item_ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("DELETE FROM cart_items WHERE cart_id = ");
    query.push_bind(cart_id).push(" AND id IN (");
    let mut list = query.separated(", ");
    for id in item_ids {
        list.push_bind(id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Deletes a cart with its lines.
pub(super) async fn delete(conn: &mut Conn, cart_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM carts WHERE id = ?", cart_id).execute(conn).await?;
    Ok(())
}

/// Takes away the cart of a customer, with its lines and what was typed at checkout.
pub async fn forget(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM carts WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(())
}

/// Takes every line out of a cart, and the note with them: what is put there next is another cart.
pub async fn empty(conn: &mut Conn, cart: LockedCart) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM cart_items WHERE cart_id = ?", cart.id).execute(&mut *conn).await?;
    if cart.is_marked {
        sqlx::query!("UPDATE carts SET note = '', reminded_at = NULL WHERE id = ?", cart.id).execute(conn).await?;
    }
    Ok(())
}

/// Notes a change: the cart lives on from now.
pub(super) async fn extend(conn: &mut Conn, cart_id: u64, expires_at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("UPDATE carts SET expires_at = ? WHERE id = ?", expires_at, cart_id).execute(conn).await?;
    Ok(())
}

pub(super) async fn set_note(conn: &mut Conn, cart_id: u64, note: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE carts SET note = ? WHERE id = ?", note, cart_id).execute(conn).await?;
    Ok(())
}

/// Keeps what was typed at checkout with the cart.
pub async fn save_checkout(conn: &mut Conn, token_hash: &str, saved: &SavedCheckout) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE carts SET contact = ?, delivery = ?, payment = ? WHERE token_hash = ?",
        Json(&saved.contact),
        Json(&saved.delivery),
        Json(&saved.payment),
        token_hash
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Units in the cart of a token: the number in the header.
pub(super) async fn count_units(conn: &mut Conn, token_hash: &str, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT CAST(COALESCE(SUM(ci.quantity), 0) AS SIGNED) AS `units!: i64` FROM carts c \
         JOIN cart_items ci ON ci.cart_id = c.id WHERE c.token_hash = ? AND c.expires_at > ?",
        token_hash,
        now
    )
    .fetch_one(conn)
    .await
}
