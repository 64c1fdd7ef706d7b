//! Statements on `shipments` and `shipment_lines`, and on how much of a line is out.

use std::collections::BTreeMap;

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use super::OrderLineRow;
use crate::{
    catalog::Format,
    orders::{actions::Packed, mails::Parcel},
    platform::db::Conn,
};

/// Stores a parcel with what is in it.
pub(in crate::orders) async fn insert_parcel(
    conn: &mut Conn,
    order_id: u64,
    parcel: &Parcel,
    contents: &[Packed],
) -> sqlx::Result<u64> {
    let Parcel { carrier, tracking, url } = parcel;
    let done = sqlx::query!(
        "INSERT INTO shipments (order_id, carrier, tracking, url) VALUES (?, ?, ?, ?)",
        order_id,
        carrier,
        tracking,
        url
    )
    .execute(&mut *conn)
    .await?;
    let id = done.last_insert_id();
    let mut query = QueryBuilder::new("INSERT INTO shipment_lines (shipment_id, order_line_id, quantity) ");
    query.push_values(contents, |mut row, packed| {
        row.push_bind(id).push_bind(packed.line_id).push_bind(packed.quantity);
    });
    query.build().execute(&mut *conn).await?;
    for packed in contents {
        ship_line(conn, packed).await?;
    }
    Ok(id)
}

async fn ship_line(conn: &mut Conn, packed: &Packed) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE order_lines SET quantity_shipped = quantity_shipped + ? WHERE id = ?",
        packed.quantity,
        packed.line_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a change of an order that leaves its status.
pub(in crate::orders) async fn touch(conn: &mut Conn, order_id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE orders SET version = version + 1 WHERE id = ?", order_id).execute(conn).await?;
    Ok(())
}

/// A parcel that has left, with what is in it.
#[derive(Clone, Debug)]
pub struct SentParcel {
    pub label: Parcel,
    pub sent_at: OffsetDateTime,
    pub contents: Vec<ParcelLine>,
}

/// So many of a film in a parcel.
#[derive(Clone, Debug)]
pub struct ParcelLine {
    pub title: String,
    pub format: Format,
    pub quantity: u32,
}

/// A line in a parcel; all is empty of a line that is in none.
#[derive(FromRow)]
pub(super) struct PackedRow {
    parcel_id: Option<u64>,
    carrier: Option<String>,
    tracking: Option<String>,
    url: Option<String>,
    sent_at: Option<OffsetDateTime>,
    packed: Option<u32>,
}

/// The parcels that these lines are in, in the order in which they left.
pub(super) fn gathered<'a>(rows: impl Iterator<Item = (&'a OrderLineRow, &'a PackedRow)>) -> Vec<SentParcel> {
    let mut parcels = BTreeMap::<u64, SentParcel>::new();
    for (line, row) in rows {
        let (Some(id), Some(sent_at), Some(quantity)) = (row.parcel_id, row.sent_at, row.packed) else { continue };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let label = || Parcel { carrier: text(&row.carrier), tracking: text(&row.tracking), url: text(&row.url) };
        let parcel = parcels.entry(id).or_insert_with(|| SentParcel { label: label(), sent_at, contents: Vec::new() });
        parcel.contents.push(ParcelLine { title: line.title.clone(), format: line.format, quantity });
    }
    parcels.into_values().collect()
}
