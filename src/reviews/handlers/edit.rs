//! A customer's own review: changed, or taken away.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    Typed,
    write::{WRITING, thanks},
};
use crate::{
    accounts::Customer,
    catalog::queries::{FilmRow, films},
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, OrNotFound, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther},
        limiter::Limits,
    },
    reviews::{
        actions,
        messages::FormMessages,
        queries::{OwnReview, own_review},
        views::{FormPage, Target},
    },
};

/// `GET /reviews/{id}/edit`: the form with what its author wrote last.
pub async fn show_edit(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
) -> Result<Page<FormPage>> {
    let (own, film) = find(&mut db.conn().await?, customer.id, id).await?;
    Ok(Page::new(FormPage::new(&context, &film, Target::Known(id), &own.draft.into())))
}

/// `POST /reviews/{id}/edit`: `rating, title, body, has_spoiler`.
pub async fn edit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let (_, film) = find(&mut db.conn().await?, customer.id, id).await?;
    let typed = Typed::of(&fields);
    let draft = match typed.draft() {
        Ok(draft) => draft,
        Err(problems) => {
            let page = FormPage::new(&context, &film, Target::Known(id), &typed).refused(&problems);
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    limits.check(&WRITING, &customer.id.to_string()).await.map_err(Error::TooMany)?;
    if !actions::edit(&db, customer.id, id, &draft, clock::now()).await? {
        return Err(Error::NotFound);
    }
    Ok(thanks(&context, &film))
}

/// `POST /reviews/{id}/delete`: at once.
pub async fn delete(context: PageContext, db: Database, customer: Customer, Path(id): Path<u64>) -> Result<Response> {
    if !actions::delete(&db, customer.id, id, clock::now()).await? {
        return Err(Error::NotFound);
    }
    let notice = Notice::good(FormMessages(context.lang).deleted());
    Ok(SeeOther::to(context.href("/account/reviews")).with_notice(&context.site, &notice).into_response())
}

/// A review of this customer, and its film.
async fn find(conn: &mut Conn, client_id: u64, id: u64) -> Result<(OwnReview, FilmRow)> {
    let own = own_review(conn, client_id, id).await?.or_not_found()?;
    let film = films(conn, &[own.product_id]).await?.pop().or_not_found()?;
    Ok((own, film))
}
