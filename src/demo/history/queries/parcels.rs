//! What orders of the past were sent in.

use sqlx::{MySql, QueryBuilder};

use super::Chunk;
use crate::platform::db::Conn;

/// One parcel for each order that was sent, with all that went out.
pub async fn insert_parcels(conn: &mut Conn, chunk: &Chunk, carrier: &str) -> sqlx::Result<()> {
    let (first, end) = (chunk.first_order, chunk.first_order + chunk.drafts.len() as u64);
    let mut parcels = QueryBuilder::<MySql>::new(
        "INSERT INTO shipments (order_id, carrier, tracking, url, created_at) SELECT l.order_id, ",
    );
    parcels.push_bind(carrier.to_owned());
    parcels.push(
        ", '', '', MIN(v.created_at) FROM order_lines l JOIN order_events v ON v.order_id = l.order_id \
         AND v.to_status = 'shipped' WHERE l.quantity_shipped > 0 AND l.order_id >= ",
    );
    parcels.push_bind(first).push(" AND l.order_id < ").push_bind(end);
    parcels.push(" GROUP BY l.order_id ORDER BY l.order_id");
    parcels.build().execute(&mut *conn).await?;
    let mut contents = QueryBuilder::<MySql>::new(
        "INSERT INTO shipment_lines (shipment_id, order_line_id, quantity) SELECT s.id, l.id, l.quantity_shipped \
         FROM shipments s JOIN order_lines l ON l.order_id = s.order_id AND l.quantity_shipped > 0 WHERE s.order_id >= ",
    );
    contents.push_bind(first).push(" AND s.order_id < ").push_bind(end);
    contents.build().execute(conn).await?;
    Ok(())
}
