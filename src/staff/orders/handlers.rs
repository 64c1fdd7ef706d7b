//! `/admin/orders`

mod changes;
mod parcels;

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

pub use changes::{add_note, advance, resend};
pub use parcels::ship;

use super::{
    filters::{Filters, place},
    history::people,
    views::{DeskOrder, DeskOrderView, Found, OrdersView},
};
use crate::{
    messages,
    orders::queries::{
        self,
        desk::{self, From, Search},
    },
    personnel,
    platform::{
        db::{Conn, Database},
        error::{OrNotFound, Result},
        http::{Fields, Page, PageContext},
    },
    settings::Settings,
    staff::Employee,
};

/// Orders of a page.
const PAGE: u32 = 50;

/// `GET /admin/orders`: `status, payment, delivery, q`, and `before` or `after` of the pages that follow the first.
pub async fn list(
    context: PageContext,
    employee: Employee,
    db: Database,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes())?;
    let filters = Filters::read(&fields);
    let found = match filters.search() {
        Some(search) => Some(page(&mut db.conn().await?, &search, place(&fields)).await?),
        None => None,
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::with_status(status, OrdersView::new(&context, &employee, filters, found)).into_response())
}

/// The orders of a page, and where the pages beside it begin. Whether there are more is found by asking for one more than
/// is shown; nothing is counted.
async fn page(conn: &mut Conn, search: &Search, from: From) -> sqlx::Result<Found> {
    let mut from = from;
    let mut orders = desk::list(conn, search, from, PAGE + 1).await?;
    // What is not even a page away from the newest order is the first page.
    if matches!(from, From::NewerThan(_)) && orders.len() <= PAGE as usize {
        from = From::Newest;
        orders = desk::list(conn, search, from, PAGE + 1).await?;
    }
    let has_more = orders.len() > PAGE as usize;
    match from {
        From::NewerThan(_) => drop(orders.remove(0)),
        From::Newest | From::OlderThan(_) => orders.truncate(PAGE as usize),
    }
    let is_followed = has_more || matches!(from, From::NewerThan(_));
    let newer = orders.first().filter(|_| from != From::Newest).map(|order| From::NewerThan(order.place()));
    let older = orders.last().filter(|_| is_followed).map(|order| From::OlderThan(order.place()));
    Ok(Found { orders, newer, older })
}

/// `GET /admin/orders/{number}`
pub async fn show(
    context: PageContext,
    employee: Employee,
    db: Database,
    State(settings): State<Arc<Settings>>,
    Path(number): Path<String>,
) -> Result<Response> {
    Ok(Page::new(order_view(&context, &employee, (&db, &settings), &number).await?).into_response())
}

/// The page of an order as it is now.
async fn order_view(
    context: &PageContext,
    employee: &Employee,
    (db, settings): (&Database, &Settings),
    number: &str,
) -> Result<DeskOrderView> {
    let mut conn = db.conn().await?;
    // The column cannot hold anything else, and servers refuse to compare.
    let found = if number.is_ascii() { queries::find_with_parcels(&mut conn, number).await? } else { None };
    let (order, lines, parcels) = found.or_not_found()?;
    let standing = desk::standing(&mut conn, order.id).await?;
    let events = queries::history(&mut conn, order.id).await?;
    let names: HashMap<u64, String> =
        personnel::queries::names(&mut conn, &people(&events)).await?.into_iter().collect();
    let ledger = messages::of_order(&mut conn, order.id).await?;
    let order = DeskOrder { order, lines, standing, parcels, events, names, ledger };
    Ok(DeskOrderView::new(context, employee, order, &settings.carriers))
}
