//! What the dashboard counts. Whatever may be many is counted up to a limit, so that the page is as quick in a large shop.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use crate::{catalog::Format, orders::OrderStatus, platform::db::Conn};

/// Nobody reads a number beyond this one.
pub(super) const MOST: i64 = 10_000;

/// The statuses in which an order waits for somebody of the shop.
const OPEN: [OrderStatus; 4] =
    [OrderStatus::Pending, OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Shipped];

/// How many orders stand in each status that is not the end; [`MOST`] and one more for many.
pub(super) async fn open_orders(conn: &mut Conn) -> sqlx::Result<Vec<(OrderStatus, i64)>> {
    let mut query = QueryBuilder::new("");
    for (at, status) in OPEN.iter().enumerate() {
        query.push(if at == 0 { "SELECT " } else { " UNION ALL SELECT " }).push_bind(*status);
        query.push(", COUNT(*) FROM (SELECT 1 FROM orders WHERE status = ").push_bind(*status);
        query.push(" LIMIT ").push_bind(MOST + 1).push(") AS some");
    }
    query.build_query_as().fetch_all(conn).await
}

/// Orders that were placed and not cancelled, and what they come to, less what was refunded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sold {
    pub orders_today: i64,
    pub today_minor: i64,
    pub orders_week: i64,
    pub week_minor: i64,
}

/// What was sold since these two moments, the later and the earlier.
pub(super) async fn sold(
    conn: &mut Conn,
    currency: &str,
    today: OffsetDateTime,
    week: OffsetDateTime,
) -> sqlx::Result<Sold> {
    // Naming each status lets the index find the time.
    sqlx::query_as!(
        Sold,
        r#"SELECT CAST(COALESCE(SUM(placed_at >= ?), 0) AS SIGNED) AS "orders_today!: i64",
           CAST(COALESCE(SUM(CASE WHEN placed_at >= ? THEN total_minor - refunded_minor END), 0) AS SIGNED)
           AS "today_minor!: i64", COUNT(*) AS "orders_week!: i64",
           CAST(COALESCE(SUM(total_minor - refunded_minor), 0) AS SIGNED) AS "week_minor!: i64" FROM orders
           WHERE status IN ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'refunded')
           AND placed_at >= ? AND currency = ?"#,
        today,
        today,
        week,
        currency
    )
    .fetch_one(conn)
    .await
}

/// How many reviews wait for a moderator, whatever for; [`MOST`] and one more for many.
pub(super) async fn waiting_reviews(conn: &mut Conn) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM reviews WHERE queue IS NOT NULL LIMIT ?) AS some",
        MOST + 1
    )
    .fetch_one(conn)
    .await
}

/// An edition of which little is left.
#[derive(Clone, Debug)]
pub(super) struct LowEdition {
    pub sku: String,
    pub title: String,
    pub format: Format,
    pub stock: i32,
}

/// How many editions run low; [`MOST`] and one more for many.
pub(super) async fn count_low(conn: &mut Conn) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM editions WHERE is_active AND stock <= low_stock_at \
         AND format NOT IN ('digital_hd', 'digital_4k') LIMIT ?) AS some",
        MOST + 1
    )
    .fetch_one(conn)
    .await
}

/// The editions of which least is left.
pub(super) async fn lowest(conn: &mut Conn, most: u32) -> sqlx::Result<Vec<LowEdition>> {
    sqlx::query_as!(
        LowEdition,
        r#"SELECT e.sku, COALESCE(p.title_en, p.title_ru, p.title_uz) AS "title!: String", e.format AS "format: Format",
           e.stock FROM editions e JOIN products p ON p.id = e.product_id
           WHERE e.is_active AND e.stock <= e.low_stock_at AND e.format NOT IN ('digital_hd', 'digital_4k')
           ORDER BY e.stock, e.id LIMIT ?"#,
        most
    )
    .fetch_all(conn)
    .await
}
