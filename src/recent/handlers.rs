//! `/recent`

use axum::{
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};

use super::{Recent, actions, messages::RecentMessages};
use crate::{
    accounts::Customer,
    catalog::queries::film_at,
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        http::{Cookies, Fields, Notice, PageContext, SeeOther, is_same_site_path},
    },
};

/// `POST /recent`: a script says `slug`, 204; a person says `clear=1`, and is led back to `next`. A customer's films are
/// kept with them, and so are those that they saw before they signed in.
pub async fn submit(
    context: PageContext,
    db: Database,
    customer: Option<Customer>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let now = clock::now();
    if fields.get("clear") == "1" {
        if let Some(customer) = customer {
            actions::clear(&db, customer.id).await?;
        }
        return Ok(cleared(&context, fields.get("next")));
    }
    let film = film_at(&mut db.conn().await?, fields.get("slug")).await?;
    let film = film.filter(|film| film.is_visible(now)).or_not_found()?;
    let seen = Recent::from_cookie(&context.site, &Cookies::new(&context.site, &headers)).seen(film.id);
    let cookie = match customer {
        Some(customer) => {
            actions::record(&db, customer.id, &seen, now).await?;
            Recent::no_cookie(&context.site)
        }
        None => seen.cookie(&context.site),
    };
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

fn cleared(context: &PageContext, next: &str) -> Response {
    let next = if is_same_site_path(next) { next.to_owned() } else { context.href("/cart") };
    SeeOther::to(next)
        .with_notice(&context.site, &Notice::good(RecentMessages(context.lang).cleared()))
        .with_cookie(Recent::no_cookie(&context.site))
        .into_response()
}
