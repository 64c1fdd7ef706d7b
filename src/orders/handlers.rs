//! The page of an order: for whoever holds its signed link.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use time::Duration;

use super::{queries, verify_link, views::OrderView};
use crate::{
    messages,
    platform::{
        clock,
        db::Database,
        error::{Error, OrNotFound, Result},
        http::{Fields, Page, PageContext, Site},
    },
};

/// Until then a visit counts as the one right after placing.
const FRESH_FOR: Duration = Duration::minutes(30);

/// `GET /orders/{number}?t={token}`. A wrong token is a page that does not exist: it tells nothing about the number.
pub async fn show(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    Path(number): Path<String>,
) -> Result<Response> {
    let fields = Fields::parse(context.query.as_bytes())?;
    if !verify_link(&site.signer, &number, fields.get("t")) {
        return Err(Error::NotFound);
    }
    let mut conn = db.conn().await?;
    let (order, lines) = queries::find(&mut conn, &number).await?.or_not_found()?;
    let events = queries::public_events(&mut conn, order.id).await?;
    let ledger = messages::of_order(&mut conn, order.id).await?;
    let is_fresh = clock::now() - order.placed_at < FRESH_FOR;
    Ok(Page::new(OrderView::new(&context, order, lines, events, is_fresh).with_ledger(ledger)).into_response())
}
