//! `/account/orders`

use axum::response::{IntoResponse, Response};

use super::{PAGE_SIZE, views::HistoryView};
use crate::{
    accounts::Customer,
    orders::queries,
    platform::{
        db::Database,
        error::{Error, Result},
        http::{Fields, Page, PageContext},
    },
};

/// `GET /account/orders?page=N`: newest first. A page beyond the last one does not exist.
pub async fn show(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let fields = Fields::parse(context.query.as_bytes())?;
    let page = if fields.has("page") { fields.get("page").parse().map_err(|_| Error::NotFound)? } else { 1 };
    let after = u32::checked_sub(page, 1).and_then(|before| before.checked_mul(PAGE_SIZE)).ok_or(Error::NotFound)?;
    let mut conn = db.conn().await?;
    let orders = queries::page_of_client(&mut conn, customer.id, after, PAGE_SIZE).await?;
    if orders.is_empty() && page > 1 {
        return Err(Error::NotFound);
    }
    let ids: Vec<u64> = orders.iter().map(|order| order.id).collect();
    let lines = queries::lines_of(&mut conn, &ids).await?;
    Ok(Page::new(HistoryView::new(&context, page, orders, &lines)).into_response())
}
