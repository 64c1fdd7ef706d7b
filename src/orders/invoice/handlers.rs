//! `/orders/{number}/invoice`

use axum::response::{IntoResponse, Response};

use super::{queries, views::InvoiceView};
use crate::{
    orders::Viewed,
    platform::{
        db::Database,
        error::{OrNotFound, Result},
        http::{Page, PageContext},
    },
};

/// `GET /orders/{number}/invoice`: ready to be printed; there is none before the sale is certain.
pub async fn show(context: PageContext, db: Database, viewed: Viewed) -> Result<Response> {
    let mut conn = db.conn().await?;
    let (order, _) = viewed.find(&mut conn).await?;
    let invoice = queries::find(&mut conn, order.id).await?.or_not_found()?;
    Ok(Page::new(InvoiceView::new(&context, invoice, order.status, viewed.paths)).into_response())
}
