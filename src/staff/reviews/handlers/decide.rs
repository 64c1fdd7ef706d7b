//! What moderators do. Whatever is refused comes back as the review's page as it is now, with the reason.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{MAX_REPLY_CHARS, review_page};
use crate::{
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther, is_same_site_path},
    },
    reviews::{
        Reason,
        actions::{self, Decision, Moderator, Read, Refused},
    },
    staff::{Employee, reviews::messages::DeskMessages},
};

/// `POST /admin/reviews/{id}/approve`: `version-ID`, `spoiler-ID`, `back`.
pub async fn approve(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let decision = Decision::Approve { is_spoiler: fields.has(&format!("spoiler-{id}")) };
    let done = actions::decide(&db, read(id, &fields)?, decision, moderator(&employee)).await;
    answer(&context, &employee, &db, (id, &fields), done, DeskMessages(context.lang).was_approved()).await
}

/// `POST /admin/reviews/{id}/reject`: `version-ID`, `reason`, `back`.
pub async fn reject(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let decision = Decision::Reject(reason(&fields)?);
    let done = actions::decide(&db, read(id, &fields)?, decision, moderator(&employee)).await;
    answer(&context, &employee, &db, (id, &fields), done, DeskMessages(context.lang).was_rejected()).await
}

/// `POST /admin/reviews/{id}/feature`: `featured` is `1` or `0`; `version-ID`, `back`.
pub async fn feature(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let is_featured = fields.get("featured") == "1";
    let done = actions::feature(&db, read(id, &fields)?, is_featured, moderator(&employee)).await;
    answer(&context, &employee, &db, (id, &fields), done, DeskMessages(context.lang).was_changed()).await
}

/// `POST /admin/reviews/{id}/reply`: `reply`, `version-ID`, `back`.
pub async fn reply(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let t = DeskMessages(context.lang);
    let text = fields.get("reply").replace("\r\n", "\n");
    if text.is_empty() || text.chars().count() > MAX_REPLY_CHARS.into() {
        let mut page = review_page(&mut db.conn().await?, &context, &employee, id).await?;
        if let Some(field) = &mut page.reply {
            field.value = text;
            field.error = Some(t.short_reply().to_owned());
        }
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let done = actions::reply(&db, read(id, &fields)?, &text, moderator(&employee)).await;
    answer(&context, &employee, &db, (id, &fields), done, t.was_changed()).await
}

/// `POST /admin/reviews/bulk`: `bulk` is `approve` or `reject`; every `pick` with its `version-ID`; `reason`, `back`. Each
/// review is decided by itself: those that have changed are left alone.
pub async fn decide_all(context: PageContext, employee: Employee, db: Database, fields: Fields) -> Result<Response> {
    let t = DeskMessages(context.lang);
    let decision = match fields.get("bulk") {
        "approve" => Decision::Approve { is_spoiler: false },
        "reject" => Decision::Reject(reason(&fields)?),
        _ => return Err(Error::BadRequest("neither approved nor rejected")),
    };
    let (mut decided, mut skipped) = (0, 0);
    for id in fields.all("pick").filter_map(|id| id.parse().ok()) {
        match actions::decide(&db, read(id, &fields)?, decision, moderator(&employee)).await {
            Ok(()) => decided += 1,
            Err(Refused::Database(error)) => return Err(error.into()),
            Err(_) => skipped += 1,
        }
    }
    let notice = match (decided, skipped) {
        (0, 0) => Notice::warn(t.nothing_selected()),
        (_, 0) => Notice::good(t.decided(decided)),
        _ => Notice::warn(format!("{} {}", t.decided(decided), t.skipped(skipped))),
    };
    Ok(SeeOther::to(back(&context, &fields)).with_notice(&context.site, &notice).into_response())
}

fn moderator(employee: &Employee) -> Moderator<'_> {
    Moderator { staff_id: employee.id(), author: employee.author(), now: clock::now() }
}

/// The review as it was on the page that the form stood on.
fn read(id: u64, fields: &Fields) -> Result<Read> {
    let version = fields.get(&format!("version-{id}")).parse().map_err(|_| Error::BadRequest("no version"))?;
    Ok(Read { id, version })
}

fn reason(fields: &Fields) -> Result<Reason> {
    Reason::from_word(fields.get("reason")).ok_or(Error::BadRequest("no such reason"))
}

/// The page that the form stood on.
fn back(context: &PageContext, fields: &Fields) -> String {
    let back = fields.get("back");
    if is_same_site_path(back) { back.to_owned() } else { context.href("/admin/reviews") }
}

async fn answer(
    context: &PageContext,
    employee: &Employee,
    db: &Database,
    (id, fields): (u64, &Fields),
    done: std::result::Result<(), Refused>,
    words: &str,
) -> Result<Response> {
    let t = DeskMessages(context.lang);
    let problem = match done {
        Ok(()) => {
            let notice = Notice::good(words);
            return Ok(SeeOther::to(back(context, fields)).with_notice(&context.site, &notice).into_response());
        }
        Err(Refused::NotFound) => return Err(Error::NotFound),
        Err(Refused::Database(error)) => return Err(error.into()),
        Err(Refused::Changed) => t.changed(),
        Err(Refused::NotShown) => t.not_shown(),
        Err(Refused::TooManyFeatured) => t.too_many_featured(),
    };
    let mut page = review_page(&mut db.conn().await?, context, employee, id).await?;
    page.problem = Some(Notice::warn(problem));
    Ok(Page::with_status(StatusCode::CONFLICT, page).into_response())
}
