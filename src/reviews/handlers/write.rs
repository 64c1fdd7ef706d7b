//! A customer's first review of a film.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Typed, list::film_to_review};
use crate::{
    accounts::Customer,
    catalog::queries::FilmRow,
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther},
        limiter::{Limit, Limits},
    },
    reviews::{
        actions,
        messages::FormMessages,
        queries::{badge::is_buyer, own_of_film},
        views::{FormPage, Target},
    },
    settings::Settings,
};

/// Reviews that an account may write or change.
pub(super) const WRITING: Limit = Limit { name: "reviews", most: 5, per: Duration::from_hours(1) };

/// `GET /films/{slug}/reviews/new`: the empty form, or the one of the review that there is.
pub async fn show_new(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    customer: Customer,
    Path(slug): Path<String>,
) -> Result<Response> {
    let mut conn = db.conn().await?;
    let film = film_to_review(&mut conn, &slug).await?;
    if let Some(own) = own_of_film(&mut conn, customer.id, film.id).await? {
        return Ok(SeeOther::to(context.href(&format!("/reviews/{}/edit", own.id))).into_response());
    }
    let barred = barred(&mut conn, &context, &settings, &customer, &film).await?;
    let page = FormPage::new(&context, &film, Target::New, &Typed::default()).barred(barred);
    Ok(Page::new(page).into_response())
}

/// `POST /films/{slug}/reviews`: `rating, title, body, has_spoiler`. Whoever has written about the film already gets the
/// form of that review, with what was typed now.
pub async fn write(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let typed = Typed::of(&fields);
    let mut conn = db.conn().await?;
    let film = film_to_review(&mut conn, &slug).await?;
    let again = |target| FormPage::new(&context, &film, target, &typed);
    if let Some(reason) = barred(&mut conn, &context, &settings, &customer, &film).await? {
        return Ok(Page::with_status(StatusCode::FORBIDDEN, again(Target::New).barred(Some(reason))).into_response());
    }
    drop(conn);
    let draft = match typed.draft() {
        Ok(draft) => draft,
        Err(problems) => {
            let page = again(Target::New).refused(&problems);
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    limits.check(&WRITING, &customer.id.to_string()).await.map_err(Error::TooMany)?;
    if actions::write(&db, customer.id, film.id, &draft, clock::now()).await?.is_some() {
        return Ok(thanks(&context, &film));
    }
    let own = own_of_film(&mut db.conn().await?, customer.id, film.id).await?.ok_or(Error::Conflict)?;
    Ok(Page::with_status(StatusCode::CONFLICT, again(Target::Known(own.id))).into_response())
}

/// Why a customer may not write about a film, in words for them.
async fn barred(
    conn: &mut Conn,
    context: &PageContext,
    settings: &Settings,
    customer: &Customer,
    film: &FilmRow,
) -> Result<Option<&'static str>> {
    let t = FormMessages(context.lang);
    if !customer.is_verified {
        return Ok(Some(t.unconfirmed()));
    }
    let needs_purchase = settings.reviews_by_buyers_only && !is_buyer(conn, customer.id, film.id).await?;
    Ok(needs_purchase.then_some(t.buyers_only()))
}

/// Back to the film, with a word of what happens now.
pub(super) fn thanks(context: &PageContext, film: &FilmRow) -> Response {
    let notice = Notice::good(FormMessages(context.lang).thanks());
    SeeOther::to(context.href(&format!("/films/{}#reviews", film.slug)))
        .with_notice(&context.site, &notice)
        .into_response()
}
