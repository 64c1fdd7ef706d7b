//! Every statement on `invoices` and `invoice_series`.

use sqlx::{MySql, query_builder::Separated, types::Json};
use time::OffsetDateTime;

use super::Document;
use crate::platform::{bulk, db::Conn};

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

/// The first of so many next numbers of the series, which are given back when the transaction does not commit: until then
/// all others wait.
pub(super) async fn next_numbers(conn: &mut Conn, count: u64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "UPDATE invoice_series SET last_number = LAST_INSERT_ID(last_number + ?) WHERE name = 'invoice'",
        count
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id() + 1 - count)
}

/// Stores invoices of orders with numbers from `first` on.
pub(super) async fn insert_all(
    conn: &mut Conn,
    first: u64,
    invoices: &[(u64, Document, OffsetDateTime)],
) -> sqlx::Result<()> {
    let rows: Vec<_> = (first..).zip(invoices).collect();
    let into = "INSERT INTO invoices (number, order_id, issued_at, document) ";
    let bind = |mut row: Separated<'_, MySql, &'static str>,
                (number, invoice): &(u64, &(u64, Document, OffsetDateTime))| {
        let (order_id, document, at) = invoice;
        row.push_bind(*number).push_bind(*order_id).push_bind(*at).push_bind(Json(document));
    };
    bulk::insert(conn, into, &rows, bind, "").await
}
