//! Every statement on `invoices` and `invoice_series`.

use sqlx::types::Json;
use time::OffsetDateTime;

use super::Document;
use crate::platform::db::Conn;

pub(super) struct InvoiceRow {
    pub number: u64,
    pub issued_at: OffsetDateTime,
    pub document: Json<Document>,
}

pub(super) async fn find(conn: &mut Conn, order_id: u64) -> sqlx::Result<Option<InvoiceRow>> {
    sqlx::query_as!(
        InvoiceRow,
        "SELECT number, issued_at AS `issued_at: OffsetDateTime`, document AS `document: Json<Document>` \
         FROM invoices WHERE order_id = ?",
        order_id
    )
    .fetch_optional(conn)
    .await
}

/// The next number of the series, which is given back when the transaction does not commit: until then all others wait.
pub(super) async fn next_number(conn: &mut Conn) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("UPDATE invoice_series SET last_number = LAST_INSERT_ID(last_number + 1) WHERE name = 'invoice'")
            .execute(conn)
            .await?;
    Ok(done.last_insert_id())
}

pub(super) async fn insert(
    conn: &mut Conn,
    number: u64,
    order_id: u64,
    document: &Document,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO invoices (number, order_id, issued_at, document) VALUES (?, ?, ?, ?)",
        number,
        order_id,
        now,
        Json(document)
    )
    .execute(conn)
    .await?;
    Ok(())
}
