//! The page of an order: for whoever holds its signed link.

use axum::response::{IntoResponse, Response};
use time::Duration;

use super::{Viewed, queries, views::OrderView};
use crate::{
    messages,
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Page, PageContext},
    },
};

/// Until then a visit counts as the one right after placing.
const FRESH_FOR: Duration = Duration::minutes(30);

/// `GET /orders/{number}?t={token}`
pub async fn show(context: PageContext, db: Database, viewed: Viewed) -> Result<Response> {
    let mut conn = db.conn().await?;
    let (order, lines, parcels) = viewed.find_with_parcels(&mut conn).await?;
    let events = queries::public_history(&mut conn, order.id).await?;
    let ledger = messages::of_order(&mut conn, order.id).await?;
    let is_fresh = clock::now() - order.placed_at < FRESH_FOR;
    let view = OrderView::new(&context, order, lines, events, is_fresh).with_parcels(parcels).with_ledger(ledger);
    Ok(Page::new(view.seen_by(&viewed)).into_response())
}
