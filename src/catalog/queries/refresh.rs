//! The columns of a product that follow from its editions, reviews, people and genres.

use std::collections::BTreeMap;

use sqlx::{MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::platform::db::Conn;

/// Locks products in the order of their ids, as everybody does who locks several.
pub async fn lock_products(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<()> {
    let mut query = QueryBuilder::new("SELECT id FROM products WHERE id IN ");
    push_ids(&mut query, ids);
    query.push(" ORDER BY id FOR UPDATE");
    query.build().fetch_all(conn).await?;
    Ok(())
}

/// Computes the denormalised columns of these products as of `now`. It runs in every transaction that changes what they
/// come from, after its other statements, so that editions are locked before products.
///
/// What they come from is read without a lock, so that nobody waits for an edition while holding a product. What is
/// read is as of the moment at which the product is locked, which makes the last one of several writers right; whoever
/// refreshes several products has locked them all before.
///
/// The mean of the reviews is rounded down to hundredths, so that whoever rounds it to tenths rounds once.
pub async fn refresh_products(conn: &mut Conn, ids: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    // One table and subqueries: a join here would lock what it reads.
    let mut query = QueryBuilder::new("UPDATE products p SET p.price_min_minor = ");
    push_of_editions(&mut query, |query| push_price(query, "MIN(", now));
    query.push(", p.price_max_minor = ");
    push_of_editions(&mut query, |query| push_price(query, "MAX(", now));
    query.push(", ");
    push_stock(&mut query);
    query.push(", p.on_sale = COALESCE(");
    push_of_editions(&mut query, |query| {
        query.push("MAX(");
        push_is_on_sale(query, now);
        query.push(")");
    });
    query.push(
        ", 0), p.card_director = (SELECT d.name FROM product_people pd JOIN people d ON d.id = pd.person_id \
         WHERE pd.product_id = p.id AND pd.role = 'director' ORDER BY pd.position, d.id LIMIT 1), \
         p.card_genre = (SELECT g.slug FROM product_genres pg JOIN genres g ON g.id = pg.genre_id \
         WHERE pg.product_id = p.id ORDER BY pg.position, g.id LIMIT 1), \
         p.rating_avg = (SELECT (SUM(r.rating) * 100 DIV COUNT(*)) / 100 FROM reviews r \
         WHERE r.product_id = p.id AND r.status = 'approved'), \
         p.rating_count = (SELECT COUNT(*) FROM reviews r WHERE r.product_id = p.id AND r.status = 'approved') \
         WHERE p.id IN ",
    );
    push_ids(&mut query, ids);
    query.build().execute(conn).await?;
    Ok(())
}

/// What is sold of a product at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sold {
    pub units: u32,
    /// Of them, taken from stock.
    pub from_stock: u32,
    /// Whether an edition is gone with them.
    pub ran_out: bool,
}

/// Counts units as sold, by product, and keeps up what follows from the stock that they were taken from, which is all
/// that a sale changes. It locks the products, in the order of their ids, and reads as [`refresh_products`] does.
pub async fn refresh_sold_products(conn: &mut Conn, sold: &BTreeMap<u64, Sold>) -> sqlx::Result<()> {
    let ids: Vec<u64> = sold.keys().copied().collect();
    match ids.len() {
        0 => return Ok(()),
        1 => {}
        _ => lock_products(conn, &ids).await?,
    }
    let mut query = QueryBuilder::new("UPDATE products p SET p.sold_count = p.sold_count + ");
    push_by_product(&mut query, sold, |sold| sold.units);
    query.push(", ");
    // Nearly all sales leave something, so that no edition has to be read.
    if sold.values().any(|sold| sold.ran_out) {
        push_stock(&mut query);
    } else {
        // A sum that was wrong before is mended by the next that runs out, and no reason to refuse an order.
        query.push("p.stock_total = GREATEST(0, p.stock_total - ");
        push_by_product(&mut query, sold, |sold| sold.from_stock);
        query.push(")");
    }
    query.push(" WHERE p.id IN ");
    push_ids(&mut query, &ids);
    query.build().execute(conn).await?;
    Ok(())
}

fn push_by_product(query: &mut QueryBuilder<MySql>, sold: &BTreeMap<u64, Sold>, number: impl Fn(&Sold) -> u32) {
    query.push("CASE p.id");
    for (product_id, sold) in sold {
        query.push(" WHEN ").push_bind(*product_id).push(" THEN ").push_bind(number(sold));
    }
    query.push(" ELSE 0 END");
}

/// The greatest id of a product, 0 where there is none.
pub async fn last_product(conn: &mut Conn) -> sqlx::Result<u64> {
    Ok(sqlx::query_scalar!("SELECT MAX(id) FROM products").fetch_one(conn).await?.unwrap_or(0))
}

/// The next products after an id.
pub async fn products_after(conn: &mut Conn, id: u64, most: u32) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!("SELECT id FROM products WHERE id > ? ORDER BY id LIMIT ?", id, most).fetch_all(conn).await
}

/// The editions in the shop's order, as [`CardEdition`](super::CardEdition) reads them.
const CARD_EDITIONS: &str = "GROUP_CONCAT(CONCAT(e.format, ',', e.price_minor, ',', COALESCE(e.sale_price_minor, ''), ',', \
     COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', e.sale_from), ''), ',', \
     COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', e.sale_to), ''), ',', \
     (e.stock > 0 OR e.format IN ('digital_hd', 'digital_4k'))) ORDER BY e.position, e.id SEPARATOR ' ')";

/// The columns that follow from stock.
fn push_stock(query: &mut QueryBuilder<MySql>) {
    query.push("p.in_stock = COALESCE(");
    push_of_editions(query, |query| {
        query.push("MAX(e.stock > 0 OR e.format IN ('digital_hd', 'digital_4k'))");
    });
    query.push(", 0), p.stock_total = COALESCE(");
    push_of_editions(query, |query| {
        query.push("SUM(CASE WHEN e.format IN ('digital_hd', 'digital_4k') THEN 0 ELSE e.stock END)");
    });
    query.push(", 0), p.card_editions = ");
    push_of_editions(query, |query| {
        query.push(CARD_EDITIONS);
    });
}

/// What `push` makes of the editions that are sold of the product.
fn push_of_editions(query: &mut QueryBuilder<MySql>, push: impl FnOnce(&mut QueryBuilder<MySql>)) {
    query.push("(SELECT ");
    push(query);
    query.push(" FROM editions e WHERE e.product_id = p.id AND e.is_active)");
}

/// The lowest or the highest price in force.
fn push_price(query: &mut QueryBuilder<MySql>, which: &str, now: OffsetDateTime) {
    query.push(which).push("CASE WHEN ");
    push_is_on_sale(query, now);
    query.push(" THEN e.sale_price_minor ELSE e.price_minor END)");
}

fn push_is_on_sale(query: &mut QueryBuilder<MySql>, now: OffsetDateTime) {
    query
        .push("(e.sale_price_minor IS NOT NULL AND (e.sale_from IS NULL OR e.sale_from <= ")
        .push_bind(now)
        .push(") AND (e.sale_to IS NULL OR e.sale_to > ")
        .push_bind(now)
        .push("))");
}

fn push_ids(query: &mut QueryBuilder<MySql>, ids: &[u64]) {
    query.push("(");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
}
