//! Orders of a customer who leaves.

use crate::platform::db::Conn;

/// The numbers of a customer's orders that are still on their way, oldest first.
pub async fn open_of(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "SELECT number FROM orders WHERE client_id = ? AND status IN ('pending', 'confirmed', 'processing', 'shipped') \
         ORDER BY id",
        client_id
    )
    .fetch_all(conn)
    .await
}

/// Takes whoever ordered, and what was written to them, out of the ledger of mails; what has not gone out by now never
/// will.
pub async fn forget_addressee(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE messages m JOIN orders o ON o.id = m.order_id SET m.`to` = CONCAT('former.', o.client_id, '@customers.example'), \
         m.payload = '{}', m.status = CASE WHEN m.status = 'sent' THEN 'sent' ELSE 'parked' END \
         WHERE o.client_id = ? AND m.channel = 'email' AND m.`to` = o.email",
        client_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes what people have written out of the history of a customer's orders.
pub async fn forget_words(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE order_events e JOIN orders o ON o.id = e.order_id SET e.data = NULL \
         WHERE o.client_id = ? AND e.data IS NOT NULL",
        client_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves a pseudonym in the place of whoever ordered; how many orders there are. What the books need stays: lines, sums,
/// tax and the country that it depends on, parcels, and invoices as they were issued.
pub async fn pseudonymize(conn: &mut Conn, client_id: u64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "UPDATE orders SET email = CONCAT('former.', client_id, '@customers.example'), phone = '', name = '', surname = '', \
         ship_region = NULL, ship_city = NULL, ship_line1 = NULL, ship_line2 = NULL, ship_postcode = NULL, \
         bill_region = NULL, bill_city = NULL, bill_line1 = NULL, bill_line2 = NULL, bill_postcode = NULL, \
         customer_note = '', version = version + 1 WHERE client_id = ?",
        client_id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
