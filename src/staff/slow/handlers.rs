//! `/admin/system/slow`

use axum::response::{IntoResponse, Response};

use super::views::SlowView;
use crate::{
    platform::{
        db::Database,
        error::Result,
        http::{Fields, Page, PageContext},
        slow::{self, Order},
    },
    staff::Employee,
};

/// Statements of the page.
const MOST: u32 = 20;

/// `GET /admin/system/slow`: `sort`, which is `slowest` or the most time in all.
pub async fn list(context: PageContext, employee: Employee, db: Database) -> Result<Response> {
    let fields = Fields::parse(context.query.as_bytes())?;
    let order = if fields.get("sort") == "slowest" { Order::Slowest } else { Order::Total };
    let statements = slow::top(&mut db.conn().await?, order, MOST).await?;
    Ok(Page::new(SlowView::new(&context, &employee, order, statements)).into_response())
}
