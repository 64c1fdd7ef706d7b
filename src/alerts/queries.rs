//! Every statement on `stock_alerts`.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use crate::{catalog::Format, platform::db::Conn};

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has opened the link yet.
    Unconfirmed,
    Waiting,
    /// Its mail has been sent.
    Told,
}

impl Stage {
    const fn of(confirmed_at: Option<OffsetDateTime>, notified_at: Option<OffsetDateTime>) -> Self {
        match (confirmed_at, notified_at) {
            (_, Some(_)) => Self::Told,
            (Some(_), None) => Self::Waiting,
            (None, None) => Self::Unconfirmed,
        }
    }
}

/// The request of a person for an edition, which stays as it is until the transaction ends.
pub struct Known {
    pub id: u64,
    pub requested_at: OffsetDateTime,
    pub stage: Stage,
}

pub async fn lock_request(conn: &mut Conn, edition_id: u64, email: &str) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query!(
        "SELECT id, requested_at AS `requested_at: OffsetDateTime`, confirmed_at AS `confirmed_at: OffsetDateTime`, \
         notified_at AS `notified_at: OffsetDateTime` FROM stock_alerts WHERE edition_id = ? AND email = ? FOR UPDATE",
        edition_id,
        email
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Known {
        id: row.id,
        requested_at: row.requested_at,
        stage: Stage::of(row.confirmed_at, row.notified_at),
    }))
}

/// Stores a request; one that this person has made already is a unique violation.
pub async fn insert(
    conn: &mut Conn,
    edition_id: u64,
    email: &str,
    language: &str,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO stock_alerts (edition_id, email, language, requested_at) VALUES (?, ?, ?, ?)",
        edition_id,
        email,
        language,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Begins a request anew, as if it had just been made.
pub async fn renew(conn: &mut Conn, id: u64, language: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE stock_alerts SET language = ?, requested_at = ?, confirmed_at = NULL, notified_at = NULL WHERE id = ?",
        language,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many requests were made in somebody's name since then and not confirmed.
pub async fn count_unconfirmed(conn: &mut Conn, email: &str, since: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM stock_alerts WHERE email = ? AND requested_at > ? AND confirmed_at IS NULL",
        email,
        since
    )
    .fetch_one(conn)
    .await
}

/// A request with the film that it is about, as the pages behind its links show it.
pub struct AlertRow {
    pub product_id: u64,
    pub sku: String,
    pub format: Format,
    pub is_in_stock: bool,
    pub stage: Stage,
}

pub async fn find(conn: &mut Conn, id: u64) -> sqlx::Result<Option<AlertRow>> {
    let row = sqlx::query!(
        "SELECT e.product_id, e.sku, e.format AS `format: Format`, e.is_active AND e.stock > 0 AS `is_in_stock!: bool`, \
         a.confirmed_at AS `confirmed_at: OffsetDateTime`, a.notified_at AS `notified_at: OffsetDateTime` \
         FROM stock_alerts a JOIN editions e ON e.id = a.edition_id WHERE a.id = ?",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| AlertRow {
        product_id: row.product_id,
        sku: row.sku,
        format: row.format,
        is_in_stock: row.is_in_stock,
        stage: Stage::of(row.confirmed_at, row.notified_at),
    }))
}

/// Notes that the address is its owner's; a request that was confirmed before stays as it is.
pub async fn confirm(conn: &mut Conn, id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("UPDATE stock_alerts SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL", now, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM stock_alerts WHERE id = ?", id).execute(conn).await?;
    Ok(())
}

/// Forgets every request of the person who made this one.
pub async fn delete_all_of_person(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    let email =
        sqlx::query_scalar!("SELECT email FROM stock_alerts WHERE id = ?", id).fetch_optional(&mut *conn).await?;
    if let Some(email) = email {
        sqlx::query!("DELETE FROM stock_alerts WHERE email = ?", email).execute(conn).await?;
    }
    Ok(())
}

/// Forgets every request of an address; how many there were.
pub async fn forget(conn: &mut Conn, email: &str) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM stock_alerts WHERE email = ?", email).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Somebody who is to be told.
#[derive(Clone, Debug, FromRow)]
pub struct Waiting {
    pub id: u64,
    pub email: String,
    pub language: String,
    pub requested_at: OffsetDateTime,
}

/// Those who wait for an edition, oldest requests first; nobody else tells them until the transaction ends.
pub async fn lock_waiting(conn: &mut Conn, edition_id: u64, most: u32) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        "SELECT id, email, language, requested_at AS `requested_at: OffsetDateTime` FROM stock_alerts \
         WHERE edition_id = ? AND notified_at IS NULL AND confirmed_at IS NOT NULL \
         ORDER BY requested_at, id LIMIT ? FOR UPDATE",
        edition_id,
        most
    )
    .fetch_all(conn)
    .await
}

/// Notes that these have their mail.
pub async fn mark_told(conn: &mut Conn, ids: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE stock_alerts SET notified_at = ");
    query.push_bind(now).push(" WHERE id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}
