//! Parcels that are sent at the desk.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    changes::{back, refused},
    order_view,
};
use crate::{
    orders::{
        OrderStatus,
        actions::{MoveError, Step},
        desk::actions::{self, DeskError, Seen},
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Fields, Notice, Page, PageContext},
    },
    settings::Settings,
    staff::{Employee, orders::views::DeskOrderView},
};

/// `POST /admin/orders/{number}/shipments`: `version, carrier, tracking`, and `line-{id}` with how many of each line.
pub async fn ship(
    context: PageContext,
    employee: Employee,
    db: Database,
    State(settings): State<Arc<Settings>>,
    Path(number): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let version = fields.get("version").parse().map_err(|_| Error::BadRequest("no version"))?;
    let mut view = order_view(&context, &employee, (&db, &settings), &number).await?;
    if view.standing.version != version {
        return conflict(view, &fields, &DeskError::Stale(OrderStatus::Processing));
    }
    let t = view.t;
    let Some(form) = &mut view.parcel_form else {
        let not_now = MoveError::NotToPack;
        return conflict(view, &fields, &not_now.into());
    };
    form.fill(&fields);
    let Some((parcel, contents)) = form.read(t, &settings.carriers) else {
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    };
    let seen = Seen { number: &number, version };
    let step = Step::ShipPart(&parcel, &contents);
    match actions::advance(&db, seen, step, (employee.author(), None), clock::now()).await {
        Ok(OrderStatus::Processing) => Ok(back(&context, &number, &Notice::good(t.part_sent()))),
        Ok(stands) => {
            let stands = view.words.status(stands, view.order.delivery_type);
            Ok(back(&context, &number, &Notice::good(t.done(stands))))
        }
        Err(error) => conflict(order_view(&context, &employee, (&db, &settings), &number).await?, &fields, &error),
    }
}

/// The order as it is now, with what was typed and the reason why no parcel was sent.
fn conflict(mut view: DeskOrderView, fields: &Fields, error: &DeskError) -> Result<Response> {
    if let Some(form) = &mut view.parcel_form {
        form.fill(fields);
    }
    refused(view, error).unwrap_or(Err(Error::Conflict))
}
