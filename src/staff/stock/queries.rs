//! What the desk reads of editions.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use crate::{
    catalog::{Format, StockReason},
    platform::db::Conn,
};

/// Rows of a page.
pub(super) const PAGE: usize = 50;

/// An edition in the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct ListedEdition {
    pub id: u64,
    pub sku: String,
    pub title: String,
    pub format: Format,
    pub stock: i32,
    pub low_stock_at: i32,
    pub price_minor: i64,
}

/// Which editions are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted<'a> {
    /// The beginning of a SKU, without hyphens and spaces, in capitals; empty for all.
    pub sku_key: &'a str,
    pub only_low: bool,
    /// Stock and id of the last one of the page before.
    pub after: Option<(i32, u64)>,
}

/// A page of the editions that can run out, the scarcest first, and one more if there are more. A deep page costs what the
/// first does: it begins in the index where the one before ended.
pub(super) async fn list(conn: &mut Conn, wanted: &Wanted<'_>) -> sqlx::Result<Vec<ListedEdition>> {
    let mut query = QueryBuilder::new(
        "SELECT e.id, e.sku, COALESCE(p.title_en, p.title_ru, p.title_uz) AS title, e.format, e.stock, e.low_stock_at, \
         e.price_minor FROM editions e JOIN products p ON p.id = e.product_id \
         WHERE e.is_active AND e.format NOT IN ('digital_hd', 'digital_4k')",
    );
    if !wanted.sku_key.is_empty() {
        query.push(" AND e.sku_key LIKE ").push_bind(format!("{}%", wanted.sku_key));
    }
    if wanted.only_low {
        query.push(" AND e.stock <= e.low_stock_at");
    }
    if let Some((stock, id)) = wanted.after {
        query.push(" AND e.stock >= ").push_bind(stock);
        query.push(" AND (e.stock > ").push_bind(stock).push(" OR e.id > ").push_bind(id).push(")");
    }
    query.push(" ORDER BY e.stock, e.id LIMIT ").push_bind(u32::try_from(PAGE + 1).unwrap_or(u32::MAX));
    query.build_query_as().fetch_all(conn).await
}

/// An edition as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edition {
    pub id: u64,
    pub sku: String,
    pub slug: String,
    pub title: String,
    pub format: Format,
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
    pub stock: i32,
    pub version: u32,
}

pub(super) async fn find(conn: &mut Conn, sku: &str) -> sqlx::Result<Option<Edition>> {
    // The column cannot hold it, and servers refuse to compare.
    if !sku.is_ascii() {
        return Ok(None);
    }
    sqlx::query_as!(
        Edition,
        r#"SELECT e.id, e.sku, p.slug, COALESCE(p.title_en, p.title_ru, p.title_uz) AS "title!: String",
           e.format AS "format: Format", e.price_minor, e.sale_price_minor, e.sale_from AS "sale_from: OffsetDateTime",
           e.sale_to AS "sale_to: OffsetDateTime", e.stock, e.version
           FROM editions e JOIN products p ON p.id = e.product_id WHERE e.sku = ?"#,
        sku
    )
    .fetch_optional(conn)
    .await
}

/// Version of an edition, which stays as it is until the transaction ends.
pub(super) async fn lock_version(conn: &mut Conn, id: u64) -> sqlx::Result<u32> {
    sqlx::query_scalar!("SELECT version FROM editions WHERE id = ? FOR UPDATE", id).fetch_one(conn).await
}

/// A line of the ledger.
#[derive(Clone, Debug)]
pub(super) struct Movement {
    pub delta: i32,
    pub reason: StockReason,
    pub actor: String,
    pub note: String,
    pub balance_after: i32,
    pub created_at: OffsetDateTime,
}

/// The latest lines of the ledger, newest first.
pub(super) async fn movements(conn: &mut Conn, edition_id: u64, most: u32) -> sqlx::Result<Vec<Movement>> {
    sqlx::query_as!(
        Movement,
        r#"SELECT delta, reason AS "reason: StockReason", actor, note, balance_after,
           created_at AS "created_at: OffsetDateTime" FROM stock_movements WHERE edition_id = ? ORDER BY id DESC LIMIT ?"#,
        edition_id,
        most
    )
    .fetch_all(conn)
    .await
}

/// A price that an edition had.
#[derive(Clone, Debug)]
pub(super) struct PastPrice {
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub at: OffsetDateTime,
    pub actor: String,
}

/// The latest prices, newest first.
pub(super) async fn prices(conn: &mut Conn, edition_id: u64, most: u32) -> sqlx::Result<Vec<PastPrice>> {
    sqlx::query_as!(
        PastPrice,
        r#"SELECT price_minor, sale_price_minor, at AS "at: OffsetDateTime", actor FROM price_history
           WHERE edition_id = ? ORDER BY at DESC, id DESC LIMIT ?"#,
        edition_id,
        most
    )
    .fetch_all(conn)
    .await
}
