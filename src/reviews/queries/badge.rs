//! Who has bought what they write about: the orders decide.

use crate::platform::db::Conn;

/// A review that a purchase may be behind.
#[derive(Clone, Copy, Debug)]
pub struct Badge {
    pub id: u64,
    pub product_id: u64,
    pub is_verified_buyer: bool,
}

/// Whether an account has had any edition of a film: delivered, or digital and paid, and not given back in full.
pub async fn is_buyer(conn: &mut Conn, client_id: u64, product_id: u64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS(SELECT 1 FROM order_lines l JOIN orders o ON o.id = l.order_id
           WHERE o.client_id = ? AND l.product_id = ? AND l.quantity_refunded < l.quantity AND (o.status = 'delivered'
           OR (l.format IN ('digital_hd', 'digital_4k') AND o.payment_status IN ('paid', 'partially_refunded')
           AND o.status NOT IN ('cancelled', 'refunded')))) AS "x!: bool""#,
        client_id,
        product_id
    )
    .fetch_one(conn)
    .await
}

/// The reviews that whoever placed an order has written about what is in it.
pub async fn of_order(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<(u64, Badge)>> {
    let rows = sqlx::query!(
        "SELECT DISTINCT r.id, r.product_id, o.client_id AS `client_id!`, \
         r.is_verified_buyer AS `is_verified_buyer: bool` FROM orders o \
         JOIN order_lines l ON l.order_id = o.id \
         JOIN reviews r ON r.product_id = l.product_id AND r.client_id = o.client_id \
         WHERE o.id = ? ORDER BY r.id",
        order_id
    )
    .fetch_all(conn)
    .await?;
    let badge = |id, product_id, is_verified_buyer| Badge { id, product_id, is_verified_buyer };
    Ok(rows.into_iter().map(|row| (row.client_id, badge(row.id, row.product_id, row.is_verified_buyer))).collect())
}

pub async fn set(conn: &mut Conn, id: u64, is_verified_buyer: bool) -> sqlx::Result<()> {
    sqlx::query!("UPDATE reviews SET is_verified_buyer = ? WHERE id = ?", is_verified_buyer, id).execute(conn).await?;
    Ok(())
}
