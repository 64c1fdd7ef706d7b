//! What a run reads of orders. Cancelled ones do not count.

use futures_util::TryStreamExt;

use super::Stretch;
use crate::{
    platform::db::Conn,
    recommendations::bought::{LEAST_TOGETHER, Pair},
};

/// How many orders there are.
pub(in crate::recommendations) async fn count_orders(conn: &mut Conn) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!("SELECT COUNT(*) FROM orders WHERE status <> 'cancelled'").fetch_one(conn).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The films that are in enough orders to be bought together with another, by id, each with the number of its orders.
pub(in crate::recommendations) async fn films_ordered(conn: &mut Conn) -> sqlx::Result<Vec<(u64, u64)>> {
    let rows = sqlx::query!(
        r#"SELECT l.product_id AS "product_id!", COUNT(DISTINCT l.order_id) AS orders FROM order_lines l
           JOIN orders o ON o.id = l.order_id AND o.status <> 'cancelled' WHERE l.product_id IS NOT NULL
           GROUP BY l.product_id HAVING COUNT(DISTINCT l.order_id) >= ? ORDER BY l.product_id"#,
        LEAST_TOGETHER
    );
    rows.fetch(conn).map_ok(|row| (row.product_id, u64::try_from(row.orders).unwrap_or_default())).try_collect().await
}

/// Films of a stretch with each that is often enough in the same order, by film.
pub(in crate::recommendations) async fn pairs(conn: &mut Conn, stretch: Stretch) -> sqlx::Result<Vec<Pair>> {
    // The films of the stretch first, then their orders: the other way round everything would be read for each.
    let rows = sqlx::query!(
        r#"SELECT a.product_id AS "product_id!", b.product_id AS "other_id!", COUNT(DISTINCT a.order_id) AS together
           FROM order_lines a STRAIGHT_JOIN order_lines b ON b.order_id = a.order_id AND b.product_id <> a.product_id
           STRAIGHT_JOIN orders o ON o.id = a.order_id AND o.status <> 'cancelled'
           WHERE a.product_id > ? AND a.product_id <= ?
           GROUP BY a.product_id, b.product_id HAVING COUNT(DISTINCT a.order_id) >= ?
           ORDER BY a.product_id, b.product_id"#,
        stretch.after,
        stretch.up_to,
        LEAST_TOGETHER
    );
    rows.fetch(conn)
        .map_ok(|row| Pair {
            film: row.product_id,
            other: row.other_id,
            together: u64::try_from(row.together).unwrap_or_default(),
        })
        .try_collect()
        .await
}
