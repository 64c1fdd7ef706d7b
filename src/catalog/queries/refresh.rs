//! The columns of a product that follow from its editions, reviews, people and genres.

use sqlx::{MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::platform::db::Conn;

/// Computes the denormalised columns of these products as of `now`. It runs in every transaction that changes what they
/// come from, after its other statements, so that editions are locked before products.
pub async fn refresh_products(conn: &mut Conn, ids: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE products p LEFT JOIN (");
    push_offers(&mut query, ids, now);
    query.push(") s ON s.product_id = p.id LEFT JOIN (");
    push_ratings(&mut query, ids);
    query.push(
        ") v ON v.product_id = p.id SET p.price_min_minor = s.price_min, p.price_max_minor = s.price_max, \
         p.in_stock = COALESCE(s.in_stock, 0), p.stock_total = COALESCE(s.stock_total, 0), \
         p.on_sale = COALESCE(s.on_sale, 0), p.rating_avg = v.rating_avg, p.rating_count = COALESCE(v.rating_count, 0), \
         p.card_editions = s.card_editions, p.card_director = (SELECT d.name FROM product_people pd \
         JOIN people d ON d.id = pd.person_id WHERE pd.product_id = p.id AND pd.role = 'director' \
         ORDER BY pd.position, d.id LIMIT 1), p.card_genre = (SELECT g.slug FROM product_genres pg \
         JOIN genres g ON g.id = pg.genre_id WHERE pg.product_id = p.id ORDER BY pg.position, g.id LIMIT 1) \
         WHERE p.id IN ",
    );
    push_ids(&mut query, ids);
    query.build().execute(conn).await?;
    Ok(())
}

/// The greatest id of a product, 0 where there is none.
pub async fn last_product(conn: &mut Conn) -> sqlx::Result<u64> {
    Ok(sqlx::query_scalar!("SELECT MAX(id) FROM products").fetch_one(conn).await?.unwrap_or(0))
}

/// The next products after an id.
pub async fn products_after(conn: &mut Conn, id: u64, most: u32) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!("SELECT id FROM products WHERE id > ? ORDER BY id LIMIT ?", id, most).fetch_all(conn).await
}

/// Prices in force, stock, and the editions in the shop's order as [`CardEdition`](super::CardEdition) reads them, by
/// product.
fn push_offers(query: &mut QueryBuilder<MySql>, ids: &[u64], now: OffsetDateTime) {
    query.push(
        "SELECT o.product_id, MIN(o.price) AS price_min, MAX(o.price) AS price_max, MAX(o.has_stock) AS in_stock, \
         SUM(o.units) AS stock_total, MAX(o.has_sale) AS on_sale, GROUP_CONCAT(CONCAT(o.format, ',', o.price_minor, ',', \
         COALESCE(o.sale_price_minor, ''), ',', COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', o.sale_from), ''), ',', \
         COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', o.sale_to), ''), ',', o.has_stock) \
         ORDER BY o.position, o.id SEPARATOR ' ') AS card_editions FROM (SELECT e.id, e.product_id, e.position, e.format, \
         e.price_minor, e.sale_price_minor, e.sale_from, e.sale_to, \
         CASE WHEN e.format IN ('digital_hd', 'digital_4k') THEN 0 ELSE e.stock END AS units, \
         (e.stock > 0 OR e.format IN ('digital_hd', 'digital_4k')) AS has_stock, ",
    );
    push_is_on_sale(query, now);
    query.push(" AS has_sale, CASE WHEN ");
    push_is_on_sale(query, now);
    query
        .push(" THEN e.sale_price_minor ELSE e.price_minor END AS price FROM editions e WHERE e.is_active AND e.product_id IN ");
    push_ids(query, ids);
    query.push(") o GROUP BY o.product_id");
}

fn push_is_on_sale(query: &mut QueryBuilder<MySql>, now: OffsetDateTime) {
    query
        .push("(e.sale_price_minor IS NOT NULL AND (e.sale_from IS NULL OR e.sale_from <= ")
        .push_bind(now)
        .push(") AND (e.sale_to IS NULL OR e.sale_to > ")
        .push_bind(now)
        .push("))");
}

fn push_ratings(query: &mut QueryBuilder<MySql>, ids: &[u64]) {
    query.push(
        "SELECT r.product_id, COUNT(*) AS rating_count, ROUND(AVG(r.rating), 2) AS rating_avg FROM reviews r \
         WHERE r.status = 'approved' AND r.product_id IN ",
    );
    push_ids(query, ids);
    query.push(" GROUP BY r.product_id");
}

fn push_ids(query: &mut QueryBuilder<MySql>, ids: &[u64]) {
    query.push("(");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
}
