//! What the checks read, and what mends a number.

use sqlx::{FromRow, MySql, QueryBuilder};

use crate::platform::db::Conn;

/// A row whose number is not what other rows come to.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Disagreement {
    pub id: u64,
    /// What people know it by.
    pub name: String,
    pub stands: String,
    pub comes_to: String,
}

/// The rows that a book's statement finds, so many at most.
pub(super) async fn disagreements(conn: &mut Conn, sql: &'static str, most: usize) -> sqlx::Result<Vec<Disagreement>> {
    let mut query = QueryBuilder::<MySql>::new(
        "SELECT b.id, CAST(b.name AS CHAR) AS name, CAST(b.stands AS CHAR) AS stands, CAST(b.comes_to AS CHAR) AS comes_to \
         FROM (",
    );
    query.push(sql).push(") b ORDER BY b.id LIMIT ").push_bind(u32::try_from(most).unwrap_or(u32::MAX));
    query.build_query_as().fetch_all(conn).await
}

pub(super) const STOCK: &str = "SELECT e.id, e.sku AS name, e.stock AS stands, COALESCE(m.units, 0) AS comes_to \
     FROM editions e LEFT JOIN (SELECT edition_id, SUM(delta) AS units FROM stock_movements GROUP BY edition_id) m \
     ON m.edition_id = e.id WHERE e.stock <> COALESCE(m.units, 0)";

pub(super) const ORDER_SUMS: &str = "SELECT o.id, o.number AS name, o.subtotal_minor AS stands, \
     COALESCE(l.total, 0) AS comes_to FROM orders o LEFT JOIN (SELECT order_id, SUM(total_minor) AS total \
     FROM order_lines GROUP BY order_id) l ON l.order_id = o.id WHERE o.subtotal_minor <> COALESCE(l.total, 0)";

pub(super) const PAYMENTS: &str = "SELECT id, number AS name, CONCAT(payment_status, ' ', paid_minor) AS stands, \
     CASE WHEN payment_status IN ('paid', 'partially_refunded', 'refunded') THEN total_minor ELSE 0 END AS comes_to \
     FROM orders WHERE (payment_status IN ('paid', 'partially_refunded', 'refunded') AND paid_minor <> total_minor) \
     OR (payment_status IN ('unpaid', 'pending', 'authorized', 'failed', 'voided') AND paid_minor <> 0)";

pub(super) const HISTORY: &str = "SELECT o.id, o.number AS name, o.status AS stands, v.to_status AS comes_to \
     FROM orders o JOIN (SELECT order_id, MAX(id) AS last FROM order_events WHERE kind IN ('placed', 'moved') \
     GROUP BY order_id) m ON m.order_id = o.id JOIN order_events v ON v.id = m.last WHERE v.to_status <> o.status";

pub(super) const PARCELS: &str = "SELECT l.id, CONCAT(o.number, ' ', l.sku) AS name, l.quantity_shipped AS stands, \
     COALESCE(s.units, 0) AS comes_to FROM order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN \
     (SELECT order_line_id, SUM(quantity) AS units FROM shipment_lines GROUP BY order_line_id) s \
     ON s.order_line_id = l.id WHERE l.quantity_shipped <> COALESCE(s.units, 0)";

pub(super) const INVOICES: &str = "SELECT CAST(1 AS UNSIGNED) AS id, 'invoices' AS name, \
     CONCAT(i.held, ' up to number ', i.newest) AS stands, s.last_number AS comes_to FROM (SELECT COUNT(*) AS held, \
     COALESCE(MAX(number), 0) AS newest FROM invoices) i JOIN invoice_series s ON s.name = 'invoice' \
     WHERE i.held <> i.newest OR i.newest <> s.last_number";

/// Prices depend on the time, and follow it within a minute: films of which a sale has just begun or ended are left out.
pub(super) const PRICES: &str = "SELECT p.id, p.slug AS name, CONCAT(COALESCE(p.price_min_minor, '-'), ' to ', \
     COALESCE(p.price_max_minor, '-'), CASE WHEN p.on_sale THEN ' in a sale' ELSE '' END) AS stands, \
     CONCAT(COALESCE(e.lowest, '-'), ' to ', COALESCE(e.highest, '-'), CASE WHEN e.has_sale = 1 THEN ' in a sale' ELSE '' END) \
     AS comes_to FROM products p LEFT JOIN (SELECT o.product_id, MIN(o.price) AS lowest, MAX(o.price) AS highest, \
     MAX(o.has_sale) AS has_sale, MAX(o.is_turning) AS is_turning FROM (SELECT s.product_id, s.has_sale, s.is_turning, \
     CASE WHEN s.has_sale = 1 THEN s.sale_price_minor ELSE s.price_minor END AS price FROM (SELECT product_id, price_minor, \
     sale_price_minor, CASE WHEN sale_price_minor IS NOT NULL AND (sale_from IS NULL OR sale_from <= UTC_TIMESTAMP(6)) \
     AND (sale_to IS NULL OR sale_to > UTC_TIMESTAMP(6)) THEN 1 ELSE 0 END AS has_sale, \
     CASE WHEN sale_from BETWEEN UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE AND UTC_TIMESTAMP(6) \
     OR sale_to BETWEEN UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE AND UTC_TIMESTAMP(6) THEN 1 ELSE 0 END AS is_turning \
     FROM editions WHERE is_active) s) o GROUP BY o.product_id) e ON e.product_id = p.id \
     WHERE COALESCE(e.is_turning, 0) = 0 AND (p.on_sale <> COALESCE(e.has_sale, 0) \
     OR NOT (p.price_min_minor <=> e.lowest) OR NOT (p.price_max_minor <=> e.highest))";

pub(super) const FILMS: &str = "SELECT p.id, p.slug AS name, CONCAT(p.stock_total, ' in stock, ', p.rating_count, \
     ' stars of ', COALESCE(p.rating_avg, '-')) AS stands, CONCAT(COALESCE(e.units, 0), ' in stock, ', \
     COALESCE(r.held, 0), ' stars of ', COALESCE(r.mean, '-')) AS comes_to FROM products p \
     LEFT JOIN (SELECT product_id, SUM(CASE WHEN format IN ('digital_hd', 'digital_4k') THEN 0 ELSE stock END) AS units, \
     MAX(stock > 0 OR format IN ('digital_hd', 'digital_4k')) AS has_any FROM editions WHERE is_active \
     GROUP BY product_id) e ON e.product_id = p.id \
     LEFT JOIN (SELECT product_id, COUNT(*) AS held, CAST((SUM(rating) * 100 DIV COUNT(*)) / 100 AS DECIMAL(3, 2)) AS mean \
     FROM reviews WHERE status = 'approved' GROUP BY product_id) r ON r.product_id = p.id \
     WHERE p.stock_total <> COALESCE(e.units, 0) OR p.in_stock <> COALESCE(e.has_any, 0) \
     OR p.rating_count <> COALESCE(r.held, 0) OR NOT (p.rating_avg <=> r.mean)";

pub(super) const SOLD: &str = "SELECT p.id, p.slug AS name, p.sold_count AS stands, COALESCE(s.units, 0) AS comes_to \
     FROM products p LEFT JOIN (SELECT l.product_id, SUM(l.quantity) AS units FROM order_lines l \
     JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' GROUP BY l.product_id) s ON s.product_id = p.id \
     WHERE p.sold_count <> COALESCE(s.units, 0)";

pub(super) const VOTES: &str = "SELECT r.id, CONCAT('review ', r.id) AS name, \
     CONCAT(r.helpful_up, ' up, ', r.helpful_down, ' down') AS stands, \
     CONCAT(COALESCE(v.up, 0), ' up, ', COALESCE(v.down, 0), ' down') AS comes_to FROM reviews r LEFT JOIN \
     (SELECT review_id, SUM(is_helpful) AS up, SUM(NOT is_helpful) AS down FROM review_votes GROUP BY review_id) v \
     ON v.review_id = r.id WHERE r.helpful_up <> COALESCE(v.up, 0) OR r.helpful_down <> COALESCE(v.down, 0)";

/// Sets the stock of an edition to the sum of its ledger, if the ledger agrees with itself. Returns whether it did.
pub(super) async fn mend_stock(conn: &mut Conn, edition_id: u64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE editions e SET e.stock = (SELECT SUM(m.delta) FROM stock_movements m WHERE m.edition_id = e.id) \
         WHERE e.id = ? AND (SELECT SUM(m.delta) FROM stock_movements m WHERE m.edition_id = e.id) = \
         (SELECT m.balance_after FROM stock_movements m WHERE m.edition_id = e.id ORDER BY m.id DESC LIMIT 1)",
        edition_id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn film_of(conn: &mut Conn, edition_id: u64) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("SELECT product_id FROM editions WHERE id = ? FOR UPDATE", edition_id)
        .fetch_optional(conn)
        .await
}

pub(super) async fn mend_sold(conn: &mut Conn, product_id: u64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE products p SET p.sold_count = (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l \
         JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id AND o.status <> 'cancelled') WHERE p.id = ?",
        product_id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn mend_parcels(conn: &mut Conn, order_line_id: u64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE order_lines l SET l.quantity_shipped = (SELECT COALESCE(SUM(s.quantity), 0) FROM shipment_lines s \
         WHERE s.order_line_id = l.id) WHERE l.id = ?",
        order_line_id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The values of these settings of the server, as far as it has them.
pub(super) async fn settings(conn: &mut Conn, names: &[&str]) -> sqlx::Result<Vec<(String, String)>> {
    let mut query = QueryBuilder::<MySql>::new("SHOW GLOBAL VARIABLES WHERE Variable_name IN (");
    let mut list = query.separated(", ");
    for name in names {
        list.push_bind((*name).to_owned());
    }
    query.push(")");
    query.build_query_as().fetch_all(conn).await
}

/// How the shop's own database and connection stand.
#[derive(Debug, FromRow)]
pub(super) struct Standing {
    pub version: String,
    pub charset: String,
    pub collation: String,
    /// Data and indexes.
    pub bytes: i64,
    /// By how much its clock is ahead of this machine's.
    pub micros: i64,
}

pub(super) async fn standing(conn: &mut Conn, now: time::OffsetDateTime) -> sqlx::Result<Standing> {
    let mut query = QueryBuilder::<MySql>::new(
        "SELECT VERSION() AS version, CAST(s.default_character_set_name AS CHAR) AS charset, \
         CAST(s.default_collation_name AS CHAR) AS collation, CAST(COALESCE((SELECT SUM(t.data_length + t.index_length) \
         FROM information_schema.tables t WHERE t.table_schema = s.schema_name), 0) AS SIGNED) AS bytes, \
         TIMESTAMPDIFF(MICROSECOND, ",
    );
    query
        .push_bind(now)
        .push(", UTC_TIMESTAMP(6)) AS micros FROM information_schema.schemata s WHERE s.schema_name = DATABASE()");
    query.build_query_as().fetch_one(conn).await
}

/// Columns, indexes and triggers, each as a line.
pub async fn schema(conn: &mut Conn) -> sqlx::Result<Vec<String>> {
    let mut query = QueryBuilder::<MySql>::new(
        "SELECT CAST(CONCAT('column ', table_name, '.', column_name) AS CHAR) FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name <> '_sqlx_migrations' \
         UNION ALL SELECT CAST(CONCAT(CASE WHEN non_unique THEN 'index ' ELSE 'unique ' END, table_name, '.', index_name, \
         ' (', GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', '), ')') AS CHAR) \
         FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name <> '_sqlx_migrations' \
         GROUP BY table_name, index_name, non_unique \
         UNION ALL SELECT CAST(CONCAT('trigger ', event_object_table, '.', trigger_name, ' ', action_timing, ' ', \
         event_manipulation) AS CHAR) FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
    );
    query.build_query_scalar().fetch_all(conn).await
}
