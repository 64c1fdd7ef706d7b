//! `/account/delete` and `/account/deleted`

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    actions::{self, Outcome},
    report::Report,
    views::{DeletedView, RemovalView},
};
use crate::{
    accounts::{Customer, is_present_password},
    cart::{CartToken, counts::CartCounts},
    orders,
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        http::{Fields, Page, PageContext, SeeOther, expired_cookie_header},
        limiter::Limits,
        passwords::Hasher,
        sessions::{self, Kind},
    },
    recent::Recent,
};

/// `GET /account/delete`: asks, or says which orders stand in the way.
pub async fn ask(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let open = orders::queries::former::open_of(&mut db.conn().await?, customer.id).await?;
    Ok(Page::new(RemovalView::new(&context, open)).into_response())
}

/// `POST /account/delete`: `password`, `reviews` (`keep` or `remove`).
pub async fn submit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    State(hasher): State<Arc<Hasher>>,
    State(carts): State<Arc<CartCounts>>,
    db: Database,
    customer: Customer,
    fields: Fields,
) -> Result<Response> {
    let keeps_reviews = fields.get("reviews") != "remove";
    if !is_present_password(&limits, &hasher, &db, customer.id, fields.get("password")).await? {
        let view = RemovalView::new(&context, Vec::new()).refused(keeps_reviews);
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    }
    let way = match actions::remove(&db, customer.id, keeps_reviews, clock::now()).await? {
        Outcome::OpenOrders(open) => {
            return Ok(Page::with_status(StatusCode::CONFLICT, RemovalView::new(&context, open)).into_response());
        }
        Outcome::Gone(report) => format!("/account/deleted?report={}", report.seal(&context.site.signer)),
        Outcome::GoneBefore => "/".to_owned(),
    };
    carts.forget(&CartToken::of_client(customer.id)).await;
    Ok(SeeOther::to(context.href(&way))
        .with_cookie(sessions::no_cookie(&context.site, Kind::Client))
        .with_cookie(expired_cookie_header(&context.site, CartToken::COOKIE))
        .with_cookie(Recent::no_cookie(&context.site))
        .into_response())
}

/// `GET /account/deleted?report=…`: what went and what stays, for whoever has the address that the deletion led to.
pub async fn show_deleted(context: PageContext) -> Result<Response> {
    let fields = Fields::parse(context.query.as_bytes())?;
    let report = Report::open(&context.site.signer, fields.get("report")).or_not_found()?;
    Ok(Page::new(DeletedView::new(&context, &report)).into_response())
}
