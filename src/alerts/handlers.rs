//! The form on a film's page, and the pages behind the links in the mails.
//!
//! What opens links in mails on its own only ever sends GET, so that a GET shows a button and changes nothing.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    MAX_EMAIL_CHARS,
    actions::{self, Confirmed},
    link,
    messages::AlertMessages,
    queries::{self, AlertRow},
    views::{AlertForm, ConfirmView, RequestView, Subject, UnsubscribeView},
};
use crate::{
    catalog::queries::{EditionRow, FilmRow, edition_by_sku, film_at, films},
    messages::is_email,
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, OrNotFound, Result},
        http::{ClientAddress, Fields, Notice, Page, PageContext, SeeOther, Site},
        limiter::{Limit, Limits, address_key},
    },
};

const PER_ADDRESS: Limit = Limit { name: "stock-alert", most: 5, per: Duration::from_hours(1) };

/// `POST /films/{slug}/alerts`: `sku, email`. The answer is the same whether the address is known or not.
pub async fn request(
    context: PageContext,
    State(site): State<Arc<Site>>,
    State(limits): State<Arc<Limits>>,
    db: Database,
    ClientAddress(address): ClientAddress,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let t = AlertMessages(context.lang);
    let (film, edition) = asked_for(&mut db.conn().await?, &slug, fields.get("sku")).await?;
    if let Some(problem) = problem(t, &fields) {
        let form = AlertForm::new(&context, &film.slug, &edition.sku).refused(fields.get("email"), problem);
        let view = RequestView::new(&context, Subject::new(&context, &film, &edition.sku, edition.format), form);
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    }
    limits.check(&PER_ADDRESS, &address_key(address)).await.map_err(Error::TooMany)?;
    let notice = if edition.availability().can_be_bought() {
        Notice::good(t.in_stock_now())
    } else {
        actions::ask(&db, edition.id, fields.get("email"), context.lang).await?;
        Notice::good(t.check_mail())
    };
    Ok(SeeOther::to(Subject::new(&context, &film, &edition.sku, edition.format).href)
        .with_notice(&site, &notice)
        .into_response())
}

/// The film and its edition, if they may be seen and the edition can run out.
async fn asked_for(conn: &mut Conn, slug: &str, sku: &str) -> Result<(FilmRow, EditionRow)> {
    let film = film_at(conn, slug).await?.filter(|film| film.is_visible(clock::now())).or_not_found()?;
    let (edition, _) = edition_by_sku(conn, sku).await?.or_not_found()?;
    (edition.product_id == film.id && !edition.format.is_digital()).then_some((film, edition)).or_not_found()
}

fn problem(t: AlertMessages, fields: &Fields) -> Option<&'static str> {
    let email = fields.get("email");
    if !fields.get("website").is_empty() {
        Some(t.hidden_field_filled())
    } else if email.is_empty() {
        Some(t.email_missing())
    } else if email.chars().count() > MAX_EMAIL_CHARS.into() || !is_email(email) {
        Some(t.email_malformed())
    } else {
        None
    }
}

/// `GET /alerts/{token}/confirm`: asks.
pub async fn ask_to_confirm(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    Path(token): Path<String>,
) -> Result<Response> {
    let id = link::open(&site.signer, &token).or_not_found()?;
    let mut conn = db.conn().await?;
    let subject = match queries::find(&mut conn, id).await? {
        Some(alert) => Some(subject(&mut conn, &context, &alert).await?),
        None => None,
    };
    let status = if subject.is_some() { StatusCode::OK } else { StatusCode::GONE };
    Ok(Page::with_status(status, ConfirmView::new(&context, subject)).into_response())
}

/// `POST /alerts/{token}/confirm`: from now on the request counts.
pub async fn confirm(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    Path(token): Path<String>,
) -> Result<Response> {
    let id = link::open(&site.signer, &token).or_not_found()?;
    let t = AlertMessages(context.lang);
    let Some((alert, outcome)) = actions::confirm(&db, id, clock::now()).await? else {
        return Ok(Page::with_status(StatusCode::GONE, ConfirmView::new(&context, None)).into_response());
    };
    let notice = match outcome {
        Confirmed::Waiting => Notice::good(t.confirmed()),
        Confirmed::InStock => Notice::good(t.in_stock_now()),
    };
    let subject = subject(&mut db.conn().await?, &context, &alert).await?;
    Ok(SeeOther::to(subject.href).with_notice(&site, &notice).into_response())
}

async fn subject(conn: &mut Conn, context: &PageContext, alert: &AlertRow) -> Result<Subject> {
    let film = films(conn, &[alert.product_id]).await?.pop().or_not_found()?;
    Ok(Subject::new(context, &film, &alert.sku, alert.format))
}

/// `GET /alerts/{token}/unsubscribe`: asks.
pub async fn ask_to_unsubscribe(
    context: PageContext,
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response> {
    link::open(&site.signer, &token).or_not_found()?;
    Ok(Page::new(UnsubscribeView::new(&context, false)).into_response())
}

/// `POST /alerts/{token}/unsubscribe`: no more mails of this kind to that person, also when a mail program asks for it
/// by itself, which takes no redirect for an answer (RFC 8058).
pub async fn unsubscribe(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    Path(token): Path<String>,
) -> Result<Response> {
    let id = link::open(&site.signer, &token).or_not_found()?;
    actions::unsubscribe(&db, id).await?;
    Ok(Page::new(UnsubscribeView::new(&context, true)).into_response())
}
