//! What else stands in the file. No record has a secret: no digest of a password, a session or a link.

use serde::Serialize;
use sqlx::FromRow;
use time::{Date, OffsetDateTime, serde::rfc3339};

use crate::{accounts::addresses::AddressRow, platform::db::Conn};

/// So many reviews are read at once.
const BATCH: u32 = 200;

#[derive(Debug, FromRow, Serialize)]
pub struct Profile {
    email: Option<String>,
    phone: Option<String>,
    name: String,
    surname: String,
    gender: Option<String>,
    birth_date: Option<Date>,
    language: String,
    client_type: String,
    /// Whether nothing is recommended to them for what other people buy.
    content_only: bool,
    #[serde(with = "rfc3339::option")]
    email_verified_at: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    marketing_consent_at: Option<OffsetDateTime>,
    #[serde(with = "rfc3339")]
    created_at: OffsetDateTime,
}

impl Profile {
    /// The address, if it has been shown to be theirs.
    pub fn held_email(&self) -> Option<&str> {
        self.email_verified_at.and(self.email.as_deref())
    }
}

pub async fn profile(conn: &mut Conn, client_id: u64) -> sqlx::Result<Profile> {
    sqlx::query_as(
        "SELECT email, phone, name, surname, gender, birth_date, language, client_type, content_only, email_verified_at, \
         marketing_consent_at, created_at FROM clients WHERE id = ?",
    )
    .bind(client_id)
    .fetch_one(conn)
    .await
}

#[derive(Debug, Serialize)]
pub struct Address<'a> {
    is_default: bool,
    label: &'a str,
    name: &'a str,
    phone: &'a str,
    country: &'a str,
    region: &'a str,
    city: &'a str,
    line1: &'a str,
    line2: &'a str,
    postcode: &'a str,
}

impl<'a> Address<'a> {
    pub fn of(row: &'a AddressRow) -> Self {
        let address = &row.address;
        Self {
            is_default: row.is_default,
            label: &address.label,
            name: &address.name,
            phone: &address.phone,
            country: &address.country,
            region: &address.region,
            city: &address.city,
            line1: &address.line1,
            line2: &address.line2,
            postcode: &address.postcode,
        }
    }
}

#[derive(Debug, FromRow, Serialize)]
pub struct Review {
    #[serde(skip)]
    pub id: u64,
    film: String,
    rating: u8,
    title: String,
    body: String,
    has_spoiler: bool,
    status: String,
    /// What waits to be read beside it.
    edited_rating: Option<u8>,
    edited_title: Option<String>,
    edited_body: Option<String>,
    is_verified_buyer: bool,
    reply: Option<String>,
    #[serde(with = "rfc3339")]
    created_at: OffsetDateTime,
}

/// The next reviews of a customer after this one, by id; empty after the last.
pub async fn reviews_after(conn: &mut Conn, client_id: u64, last_id: u64) -> sqlx::Result<Vec<Review>> {
    sqlx::query_as(
        "SELECT r.id, p.slug AS film, r.rating, r.title, r.body, r.has_spoiler, r.status, r.pending_rating AS edited_rating, \
         r.pending_title AS edited_title, r.pending_body AS edited_body, r.is_verified_buyer, r.reply, r.created_at \
         FROM reviews r JOIN products p ON p.id = r.product_id WHERE r.client_id = ? AND r.id > ? ORDER BY r.id LIMIT ?",
    )
    .bind(client_id)
    .bind(last_id)
    .bind(BATCH)
    .fetch_all(conn)
    .await
}

/// What a customer said of somebody else's review.
#[derive(Debug, FromRow, Serialize)]
pub struct Opinion {
    film: String,
    /// `helpful`, `not_helpful`, or why they complained.
    said: String,
    #[serde(with = "rfc3339")]
    at: OffsetDateTime,
}

pub async fn votes(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<Opinion>> {
    sqlx::query_as(
        "SELECT p.slug AS film, CASE WHEN v.is_helpful THEN 'helpful' ELSE 'not_helpful' END AS said, v.created_at AS at \
         FROM review_votes v JOIN reviews r ON r.id = v.review_id JOIN products p ON p.id = r.product_id \
         WHERE v.client_id = ? ORDER BY v.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

pub async fn complaints(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<Opinion>> {
    sqlx::query_as(
        "SELECT p.slug AS film, c.reason AS said, c.created_at AS at FROM review_reports c \
         JOIN reviews r ON r.id = c.review_id JOIN products p ON p.id = r.product_id \
         WHERE c.client_id = ? ORDER BY c.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

/// A film on a list, or a list without films.
#[derive(Debug, FromRow, Serialize)]
pub struct Listed {
    /// Empty for the list that everybody has.
    list: String,
    is_shared: bool,
    film: Option<String>,
    #[serde(with = "rfc3339::option")]
    added_at: Option<OffsetDateTime>,
}

pub async fn wishlists(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as(
        "SELECT w.name AS list, w.share_token IS NOT NULL AS is_shared, p.slug AS film, i.added_at FROM wishlists w \
         LEFT JOIN wishlist_items i ON i.wishlist_id = w.id LEFT JOIN products p ON p.id = i.product_id \
         WHERE w.client_id = ? ORDER BY w.id, i.added_at, p.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

#[derive(Debug, FromRow, Serialize)]
pub struct Alert {
    sku: String,
    language: String,
    #[serde(with = "rfc3339")]
    requested_at: OffsetDateTime,
    #[serde(with = "rfc3339::option")]
    confirmed_at: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    notified_at: Option<OffsetDateTime>,
}

/// The requests of an address.
pub async fn alerts(conn: &mut Conn, email: &str) -> sqlx::Result<Vec<Alert>> {
    sqlx::query_as(
        "SELECT e.sku, a.language, a.requested_at, a.confirmed_at, a.notified_at FROM stock_alerts a \
         JOIN editions e ON e.id = a.edition_id WHERE a.email = ? ORDER BY a.id",
    )
    .bind(email)
    .fetch_all(conn)
    .await
}

#[derive(Debug, FromRow, Serialize)]
pub struct CartLine {
    sku: String,
    quantity: u8,
    is_gift: bool,
    #[serde(with = "rfc3339")]
    added_at: OffsetDateTime,
}

pub async fn cart(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<CartLine>> {
    sqlx::query_as(
        "SELECT e.sku, i.quantity, i.is_gift, i.created_at AS added_at FROM carts c JOIN cart_items i ON i.cart_id = c.id \
         JOIN editions e ON e.id = i.edition_id WHERE c.client_id = ? ORDER BY i.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

#[derive(Debug, FromRow, Serialize)]
pub struct Seen {
    film: String,
    #[serde(with = "rfc3339")]
    at: OffsetDateTime,
}

pub async fn viewed(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<Seen>> {
    sqlx::query_as(
        "SELECT p.slug AS film, v.viewed_at AS at FROM recently_viewed v JOIN products p ON p.id = v.product_id \
         WHERE v.client_id = ? ORDER BY v.viewed_at DESC, p.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

/// Where somebody is signed in.
#[derive(Debug, FromRow, Serialize)]
pub struct SignedIn {
    #[serde(with = "rfc3339")]
    since: OffsetDateTime,
    #[serde(with = "rfc3339")]
    last_seen_at: OffsetDateTime,
    #[serde(with = "rfc3339")]
    expires_at: OffsetDateTime,
}

pub async fn sessions(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<SignedIn>> {
    sqlx::query_as(
        "SELECT created_at AS since, seen_at AS last_seen_at, expires_at FROM sessions WHERE client_id = ? \
         ORDER BY created_at",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}
