//! `/account/data`

use axum::response::{IntoResponse, Response};

use super::{
    export::{self, Standing},
    views::DataView,
};
use crate::{
    accounts::Customer,
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Page, PageContext},
    },
};

/// `GET /account/data`: what is kept, why, and until when, and how far the file with it has come.
pub async fn show(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let export = export::find(&mut db.conn().await?, customer.id).await?;
    let standing = Standing::of(export.as_ref(), clock::now());
    Ok(Page::new(DataView::new(&context, standing)).into_response())
}
