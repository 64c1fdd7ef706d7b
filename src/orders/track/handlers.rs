//! `/orders/track`

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    actions::{FindOrder, ask},
    views::TrackView,
};
use crate::{
    messages::is_email,
    orders::{messages::TrackMessages, read_number},
    platform::{
        db::Database,
        error::{Error, Result},
        http::{ClientAddress, Fields, Notice, Page, PageContext, SeeOther},
        limiter::{Limit, Limits, address_key},
    },
};

const PER_ADDRESS: Limit = Limit { name: "track", most: 5, per: Duration::from_hours(1) };

/// `GET /orders/track`
pub async fn show(context: PageContext) -> Response {
    Page::new(TrackView::empty(&context)).into_response()
}

/// `POST /orders/track`: says the same whatever it is asked.
pub async fn submit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    ClientAddress(address): ClientAddress,
    fields: Fields,
) -> Result<Response> {
    let email = fields.get("email");
    let Some(number) = read_number(fields.get("number")).filter(|_| is_email(email) && email.len() <= 254) else {
        let form = TrackView::sent(&context, &fields);
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, form).into_response());
    };
    limits.check(&PER_ADDRESS, &address_key(address)).await.map_err(Error::TooMany)?;
    ask(&db, &FindOrder { number, email: email.to_lowercase() }).await?;
    let notice = Notice::good(TrackMessages(context.lang).sent());
    Ok(SeeOther::to(context.href("/orders/track")).with_notice(&context.site, &notice).into_response())
}
