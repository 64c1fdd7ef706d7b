//! Stock: taken with a condition, and never without a line in the ledger.

use std::collections::BTreeMap;

use sqlx::{FromRow, QueryBuilder};

use crate::{catalog::StockReason, platform::db::Conn};

/// Takes units of an edition if there are that many. Whoever takes several goes by the order of their ids.
pub async fn take_stock(conn: &mut Conn, edition_id: u64, quantity: u32) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE editions SET stock = stock - ? WHERE id = ? AND stock >= ?",
        quantity,
        edition_id,
        quantity
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A line of the ledger for units that an order took or gave back.
#[derive(Clone, Copy, Debug)]
pub struct Movement {
    pub edition_id: u64,
    pub order_line_id: u64,
    pub delta: i32,
    pub balance_after: i32,
}

/// Writes the ledger of what an order took or gave back; a second time for the same line is a unique violation.
pub async fn record_movements(
    conn: &mut Conn,
    reason: StockReason,
    movements: &[Movement],
    actor: &str,
) -> sqlx::Result<()> {
    if movements.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(
        "INSERT INTO stock_movements (edition_id, delta, reason, order_line_id, actor, balance_after) ",
    );
    query.push_values(movements, |mut row, movement| {
        row.push_bind(movement.edition_id)
            .push_bind(movement.delta)
            .push_bind(reason)
            .push_bind(movement.order_line_id)
            .push_bind(actor)
            .push_bind(movement.balance_after);
    });
    query.build().execute(conn).await?;
    Ok(())
}

/// Units that a line of an order took from an edition and has not given back.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Taken {
    pub order_line_id: u64,
    pub edition_id: u64,
    pub units: i32,
}

/// What the ledger says that these lines of orders hold.
pub async fn units_taken(conn: &mut Conn, order_lines: &[u64]) -> sqlx::Result<Vec<Taken>> {
    if order_lines.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(
        "SELECT s.order_line_id, s.edition_id, -s.delta AS units FROM stock_movements s WHERE s.reason = 'sale' \
         AND NOT EXISTS (SELECT 1 FROM stock_movements c WHERE c.order_line_id = s.order_line_id \
         AND c.reason = 'cancel') AND s.order_line_id IN (",
    );
    let mut list = query.separated(", ");
    for id in order_lines {
        list.push_bind(id);
    }
    query.push(") ORDER BY s.order_line_id");
    query.build_query_as().fetch_all(conn).await
}

/// Sets the stock of editions that the caller has locked.
pub async fn set_stock(conn: &mut Conn, stock: &BTreeMap<u64, i32>) -> sqlx::Result<()> {
    if stock.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE editions SET version = version + 1, stock = CASE id");
    for (edition_id, units) in stock {
        query.push(" WHEN ").push_bind(edition_id).push(" THEN ").push_bind(units);
    }
    query.push(" ELSE stock END WHERE id IN (");
    let mut list = query.separated(", ");
    for edition_id in stock.keys() {
        list.push_bind(edition_id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// No longer counts units as sold; what was never counted stays at nothing.
pub async fn take_off_sold(conn: &mut Conn, unsold: &BTreeMap<u64, u32>) -> sqlx::Result<()> {
    if unsold.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE products SET sold_count = sold_count - LEAST(sold_count, CASE id");
    for (product_id, units) in unsold {
        query.push(" WHEN ").push_bind(product_id).push(" THEN ").push_bind(units);
    }
    query.push(" ELSE 0 END) WHERE id IN (");
    let mut list = query.separated(", ");
    for product_id in unsold.keys() {
        list.push_bind(product_id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}
