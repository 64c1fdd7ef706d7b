//! `/orders/{number}/invoice`

use axum::response::{IntoResponse, Response};

use super::{queries, views::InvoiceView};
use crate::{
    orders::{Viewed, queries as order_queries},
    platform::{
        db::Database,
        error::{OrNotFound, Result},
        http::{Page, PageContext},
    },
};

/// `GET /orders/{number}/invoice`: ready to be printed; there is none before the sale is certain.
pub async fn show(context: PageContext, db: Database, viewed: Viewed) -> Result<Response> {
    let mut conn = db.conn().await?;
    let (order, _) = order_queries::find(&mut conn, &viewed.number).await?.or_not_found()?;
    let invoice = queries::find(&mut conn, order.id).await?.or_not_found()?;
    Ok(Page::new(InvoiceView::new(&context, invoice, order.status, viewed.paths)).into_response())
}
