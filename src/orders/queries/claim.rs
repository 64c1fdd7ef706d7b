//! Orders that were placed without an account.

use crate::platform::db::Conn;

/// Locks the orders of nobody with an address like this one: id and address.
pub async fn lock_guest_orders(conn: &mut Conn, email: &str) -> sqlx::Result<Vec<(u64, String)>> {
    let rows = sqlx::query!(
        "SELECT id, email FROM orders WHERE email = ? AND client_id IS NULL ORDER BY id FOR UPDATE",
        email
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

pub async fn set_client(conn: &mut Conn, order_id: u64, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE orders SET client_id = ? WHERE id = ? AND client_id IS NULL", client_id, order_id)
        .execute(conn)
        .await?;
    Ok(())
}
