//! `/admin/system`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::Duration;

use super::{
    actions,
    messages::SystemMessages,
    views::{Standing, SystemView, Typed},
};
use crate::{
    app::App,
    doctor::runs,
    maintenance::{
        mode::{self, MOST_MESSAGE, ModeError},
        nodes,
    },
    personnel,
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Fields, Notice, Page, PageContext, SeeOther},
        queue::{
            Queue,
            overview::{backlog, parked_within},
            scheduled,
        },
    },
    shop::health,
    staff::Employee,
};

/// Jobs that were given up go after so long; so many of them are named.
const PARKED_LATELY: std::time::Duration = std::time::Duration::from_hours(30 * 24);
const MOST_PARKED: u32 = 50;
/// Nobody knows better for longer than a week.
const MOST_MINUTES: i64 = 7 * 24 * 60;

/// `GET /admin/system`
pub async fn show(context: PageContext, State(app): State<App>, db: Database, employee: Employee) -> Result<Response> {
    page(&context, &app, &db, &employee, Typed::default()).await
}

async fn page(context: &PageContext, app: &App, db: &Database, employee: &Employee, typed: Typed) -> Result<Response> {
    let vitals = health::vitals(app, db).await;
    let nodes = nodes::all(&app.redis).await;
    let conn = &mut db.conn().await?;
    let runs = runs::last(conn, clock::now()).await?;
    let closure = app.maintenance.closure();
    let askers: Vec<u64> = runs
        .iter()
        .map(|run| &run.asked_by)
        .chain(closure.iter().map(|closure| &closure.by))
        .filter_map(|by| by.strip_prefix("staff:")?.parse().ok())
        .collect();
    let standing = Standing {
        vitals,
        nodes,
        queues: backlog(conn).await?,
        parked: parked_within(conn, PARKED_LATELY, MOST_PARKED).await?,
        schedules: scheduled(conn).await?,
        names: personnel::queries::names(conn, &askers).await?,
        runs,
        closure,
    };
    let status = if typed.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::with_status(status, SystemView::new(context, employee, standing, typed)).into_response())
}

/// `POST /admin/system/maintenance`: `mode` one of `on, off`; `minutes`, empty when nobody knows; `message`.
pub async fn maintenance(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    employee: Employee,
    fields: Fields,
) -> Result<Response> {
    let (t, author) = (SystemMessages(context.lang), employee.author());
    if fields.get("mode") == "off" {
        let said = match mode::open(&db, author).await {
            Ok(()) => t.is_opened(),
            Err(ModeError::Open) => t.was_open(),
            Err(ModeError::Database(error)) => return Err(error.into()),
        };
        app.maintenance.look(&db).await?;
        return Ok(back(&context, &app, Notice::good(said)));
    }
    let (minutes, message) = (fields.get("minutes"), fields.get("message"));
    let span = minutes.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes)).map(Duration::minutes);
    let error = match span {
        None if !minutes.is_empty() => Some(("minutes", t.minutes_wrong())),
        _ if message.chars().count() > MOST_MESSAGE.into() => Some(("message", t.message_too_long())),
        _ => None,
    };
    if error.is_some() {
        return page(&context, &app, &db, &employee, Typed { fields, error }).await;
    }
    let now = clock::now();
    mode::close(&db, (span.map(|span| now + span), message), author, now).await?;
    app.maintenance.look(&db).await?;
    Ok(back(&context, &app, Notice::good(t.is_closed_now())))
}

/// `POST /admin/system/cache/clear`
pub async fn clear_cache(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    employee: Employee,
) -> Result<Response> {
    let t = SystemMessages(context.lang);
    actions::clear_cache(&db, employee.author()).await?;
    let notice = match app.pages.shared().clear().await {
        Some(count) => Notice::good(t.cleared(i64::try_from(count).unwrap_or(i64::MAX))),
        None => Notice::warn(t.cleared_without_redis()),
    };
    Ok(back(&context, &app, notice))
}

/// `POST /admin/system/jobs/{id}/retry`
pub async fn retry(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    employee: Employee,
    Path(id): Path<u64>,
) -> Result<Response> {
    let t = SystemMessages(context.lang);
    let is_retried = actions::retry(&db, id, employee.author()).await?;
    let notice = if is_retried { Notice::good(t.retried(id)) } else { Notice::warn(t.not_retried(id)) };
    Ok(back(&context, &app, notice))
}

/// `POST /admin/system/jobs/purge`: `queue`, or all when it is empty.
pub async fn purge(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    employee: Employee,
    fields: Fields,
) -> Result<Response> {
    let t = SystemMessages(context.lang);
    let count = actions::purge(&db, Queue::from_word(fields.get("queue")), employee.author()).await?;
    Ok(back(&context, &app, Notice::good(t.purged(i64::try_from(count).unwrap_or(i64::MAX)))))
}

/// `POST /admin/system/doctor`
pub async fn examine(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    employee: Employee,
) -> Result<Response> {
    runs::ask(&db, employee.author()).await?;
    Ok(back(&context, &app, Notice::good(SystemMessages(context.lang).asked())))
}

fn back(context: &PageContext, app: &App, notice: Notice) -> Response {
    SeeOther::to(context.href("/admin/system")).with_notice(&app.site, &notice).into_response()
}
