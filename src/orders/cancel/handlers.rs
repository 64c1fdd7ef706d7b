//! `/orders/{number}/cancel`

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{MAX_REASON, views::CancelView};
use crate::{
    orders::{
        OrderStatus, Viewed,
        actions::{By, MoveError, Step, take_step},
        customer_may_cancel,
        messages::CancelMessages,
        queries::OrderRow,
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther},
    },
};

/// `GET /orders/{number}/cancel`: asks.
pub async fn ask(context: PageContext, db: Database, viewed: Viewed) -> Result<Response> {
    let order = find(&db, &viewed).await?;
    Ok(match order.status {
        OrderStatus::Cancelled => SeeOther::to(context.href(&viewed.paths.page())).into_response(),
        status if customer_may_cancel(status) => {
            Page::new(CancelView::asking(&context, order, viewed.paths)).into_response()
        }
        _ => too_late(&context, order, viewed),
    })
}

/// `POST /orders/{number}/cancel`: `reason`, which may be empty.
pub async fn submit(context: PageContext, db: Database, viewed: Viewed, fields: Fields) -> Result<Response> {
    let order = find(&db, &viewed).await?;
    let reason = fields.get("reason");
    if reason.chars().count() > MAX_REASON.into() {
        let view = CancelView::asking(&context, order, viewed.paths).refused(reason);
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    }
    let by = By { actor: &viewed.actor, reason: Some(reason).filter(|reason| !reason.is_empty()) };
    match take_step(&db, &viewed.number, Step::Withdraw, by, clock::now()).await {
        Ok(_) => {
            let notice = Notice::good(CancelMessages(context.lang).cancelled(&viewed.number));
            Ok(SeeOther::to(context.href(&viewed.paths.page())).with_notice(&context.site, &notice).into_response())
        }
        // Somebody of the shop was quicker.
        Err(MoveError::Refused(refused)) => Ok(too_late(&context, OrderRow { status: refused.from, ..order }, viewed)),
        Err(MoveError::Database(error)) => Err(error.into()),
        Err(MoveError::NotFound | MoveError::NotDue | MoveError::NothingToPay(..) | MoveError::NotToPack) => {
            Err(Error::NotFound)
        }
    }
}

async fn find(db: &Database, viewed: &Viewed) -> Result<OrderRow> {
    let (order, _) = viewed.find(&mut db.conn().await?).await?;
    Ok(order)
}

fn too_late(context: &PageContext, order: OrderRow, viewed: Viewed) -> Response {
    Page::with_status(StatusCode::CONFLICT, CancelView::too_late(context, order, viewed.paths)).into_response()
}
