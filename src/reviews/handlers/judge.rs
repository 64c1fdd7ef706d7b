//! What readers say of other people's reviews.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};

use crate::{
    accounts::Customer,
    catalog::queries::films,
    platform::{
        clock,
        db::Database,
        error::{Error, OrNotFound, Result},
        http::{Fields, Notice, PageContext, SeeOther, is_same_site_path},
        limiter::{Limit, Limits},
    },
    reviews::{
        Reason,
        actions::{self, Heard},
        address::ReviewsAddress,
        messages::FormMessages,
    },
};

const VOTING: Limit = Limit { name: "review-votes", most: 60, per: Duration::from_hours(1) };
const REPORTING: Limit = Limit { name: "review-reports", most: 20, per: Duration::from_hours(1) };

/// `POST /reviews/{id}/vote`: `vote` is `up` or `down`; `next` leads back.
pub async fn vote(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let is_helpful = match fields.get("vote") {
        "up" => true,
        "down" => false,
        _ => return Err(Error::BadRequest("a vote is up or down")),
    };
    limits.check(&VOTING, &customer.id.to_string()).await.map_err(Error::TooMany)?;
    let heard = actions::vote(&db, customer.id, id, is_helpful).await?;
    let t = FormMessages(context.lang);
    back(&context, &db, heard, fields.get("next"), t.voted()).await
}

/// `POST /reviews/{id}/report`: `reason`; `next` leads back. Whoever complains twice is thanked twice.
pub async fn report(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let reason = Reason::from_word(fields.get("reason")).ok_or(Error::BadRequest("no such reason"))?;
    limits.check(&REPORTING, &customer.id.to_string()).await.map_err(Error::TooMany)?;
    let heard = actions::report(&db, customer.id, id, reason, clock::now()).await?;
    let t = FormMessages(context.lang);
    back(&context, &db, heard, fields.get("next"), t.reported()).await
}

/// To where it was said, with a word of thanks or of why it does not count.
async fn back(context: &PageContext, db: &Database, heard: Heard, next: &str, thanks: &str) -> Result<Response> {
    let (product_id, notice) = match heard {
        Heard::NotFound => return Err(Error::NotFound),
        Heard::Yes { product_id } => (product_id, Notice::good(thanks)),
        Heard::Own { product_id } => (product_id, Notice::warn(FormMessages(context.lang).own_review())),
    };
    let location = if is_same_site_path(next) {
        next.to_owned()
    } else {
        let film = films(&mut db.conn().await?, &[product_id]).await?.pop().or_not_found()?;
        context.href(&ReviewsAddress::default().path(&film.slug))
    };
    Ok(SeeOther::to(location).with_notice(&context.site, &notice).into_response())
}
