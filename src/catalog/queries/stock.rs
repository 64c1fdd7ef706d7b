//! Stock: taken with a condition, and never without a line in the ledger.

use sqlx::QueryBuilder;

use crate::platform::db::Conn;

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

/// A line of the ledger for units that an order took.
#[derive(Clone, Copy, Debug)]
pub struct Sale {
    pub edition_id: u64,
    pub order_line_id: u64,
    pub quantity: u32,
    pub balance_after: i32,
}

/// Writes the ledger of what an order took.
pub async fn record_sales(conn: &mut Conn, sales: &[Sale], actor: &str) -> sqlx::Result<()> {
    if sales.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(
        "INSERT INTO stock_movements (edition_id, delta, reason, order_line_id, actor, balance_after) ",
    );
    query.push_values(sales, |mut row, sale| {
        row.push_bind(sale.edition_id)
            .push_bind(-i64::from(sale.quantity))
            .push_bind("sale")
            .push_bind(sale.order_line_id)
            .push_bind(actor)
            .push_bind(sale.balance_after);
    });
    query.build().execute(conn).await?;
    Ok(())
}

/// Counts units as sold, a product each: the measure of what sells best.
pub async fn add_sold(conn: &mut Conn, sold: &[(u64, u32)]) -> sqlx::Result<()> {
    if sold.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE products SET sold_count = sold_count + CASE id");
    for (product_id, quantity) in sold {
        query.push(" WHEN ").push_bind(product_id).push(" THEN ").push_bind(quantity);
    }
    query.push(" ELSE 0 END WHERE id IN (");
    let mut list = query.separated(", ");
    for (product_id, _) in sold {
        list.push_bind(product_id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}
