//! What is done with an order at the desk. Whatever is refused comes back as the order's page, with the reason.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::order_view;
use crate::{
    messages::actions::ResendRefused,
    orders::{
        OrderStatus, PaymentStatus,
        actions::{MoveError, Step},
        desk::{
            MAX_NOTE,
            actions::{self, Audience, DeskError, Seen},
            offered_moves,
        },
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther},
    },
    settings::Settings,
    staff::{
        Employee,
        orders::{
            messages::DeskMessages,
            views::{DeskOrderView, step},
        },
    },
};

/// `POST /admin/orders/{number}/status`: `to` is a status or `paid`; `version, reason`.
pub async fn advance(
    context: PageContext,
    employee: Employee,
    db: Database,
    State(settings): State<Arc<Settings>>,
    Path(number): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let to = fields.get("to");
    let is_paid = to == PaymentStatus::Paid.word();
    let status = OrderStatus::from_word(to);
    if status.is_none() && !is_paid {
        return Err(Error::BadRequest("an unknown step"));
    }
    let mut view = order_view(&context, &employee, (&db, &settings), &number).await?;
    if !takes(&mut view, &fields) {
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    }
    let version = fields.get("version").parse().map_err(|_| Error::BadRequest("no version"))?;
    let step = status.map_or(Step::Pay, Step::Move);
    let reason = Some(fields.get("reason")).filter(|reason| !reason.is_empty());
    let seen = Seen { number: &number, version };
    match actions::advance(&db, seen, step, (employee.author(), reason), clock::now()).await {
        Ok(stands) => {
            let stands = view.words.status(stands, view.order.delivery_type);
            Ok(back(&context, &number, &Notice::good(view.t.done(stands))))
        }
        Err(error) => {
            let view = order_view(&context, &employee, (&db, &settings), &number).await?;
            refused(view, &error).unwrap_or_else(|| Err(error.into()))
        }
    }
}

/// Whether the reason can be taken; if not, the form says why.
fn takes(view: &mut DeskOrderView, fields: &Fields) -> bool {
    let field = &mut view.reason;
    fields.get(field.name).clone_into(&mut field.value);
    if field.value.chars().count() > field.max_length.into() {
        field.error = Some(view.t.too_long(field.max_length));
    }
    field.error.is_none()
}

/// The page with the reason why nothing was done; none when there is no page for it.
pub(super) fn refused(mut view: DeskOrderView, error: &DeskError) -> Option<Result<Response>> {
    let t = view.t;
    let text = match error {
        DeskError::Stale(status) => t.stale(view.words.status(*status, view.order.delivery_type)),
        DeskError::Move(MoveError::Refused(_)) => {
            let offered = offered_moves(&view.order, &view.lines);
            let labels: Vec<_> = offered.into_iter().map(|to| step(t, to)).collect();
            if labels.is_empty() { t.refused_all().to_owned() } else { t.refused(&labels.join(", ")) }
        }
        DeskError::Move(MoveError::NothingToPay(..)) => t.nothing_to_pay().to_owned(),
        DeskError::Move(MoveError::NotToPack) => t.nothing_to_send().to_owned(),
        DeskError::Resend(ResendRefused::TooSoon) => t.resend_too_soon().to_owned(),
        DeskError::Move(_) | DeskError::Resend(ResendRefused::Unknown) => return None,
    };
    view.problem = Some(Notice::warn(text));
    Some(Ok(Page::with_status(StatusCode::CONFLICT, view).into_response()))
}

/// `POST /admin/orders/{number}/notes`: `audience` is `staff` or `customer`, `text`.
pub async fn add_note(
    context: PageContext,
    employee: Employee,
    db: Database,
    State(settings): State<Arc<Settings>>,
    Path(number): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let t = DeskMessages(context.lang);
    let text = fields.get("text");
    let problem = match text.chars().count() {
        0 => Some(t.note_missing().to_owned()),
        long if long > MAX_NOTE.into() => Some(t.too_long(MAX_NOTE)),
        _ => None,
    };
    let audience = if fields.get("audience") == "customer" { Audience::Customer } else { Audience::Staff };
    if problem.is_some() {
        let mut view = order_view(&context, &employee, (&db, &settings), &number).await?;
        text.clone_into(&mut view.note_form.text.value);
        view.note_form.text.error = problem;
        view.note_form.is_for_customer = audience == Audience::Customer;
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response());
    }
    actions::add_note(&db, &number, (audience, text), employee.author()).await?;
    let done = if audience == Audience::Customer { t.message_added() } else { t.note_added() };
    Ok(back(&context, &number, &Notice::good(done)))
}

/// `POST /admin/orders/{number}/messages/{id}/resend`
pub async fn resend(
    context: PageContext,
    employee: Employee,
    db: Database,
    State(settings): State<Arc<Settings>>,
    Path((number, id)): Path<(String, u64)>,
) -> Result<Response> {
    match actions::resend(&db, (&number, id), employee.author(), clock::now()).await {
        Ok(()) => Ok(back(&context, &number, &Notice::good(DeskMessages(context.lang).resent()))),
        Err(DeskError::Move(MoveError::NotFound)) => Err(Error::NotFound),
        Err(error) => {
            let view = order_view(&context, &employee, (&db, &settings), &number).await?;
            refused(view, &error).unwrap_or_else(|| Err(error.into()))
        }
    }
}

pub(super) fn back(context: &PageContext, number: &str, notice: &Notice) -> Response {
    SeeOther::to(context.href(&format!("/admin/orders/{number}"))).with_notice(&context.site, notice).into_response()
}

impl From<DeskError> for Error {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Move(MoveError::Database(error)) => error.into(),
            DeskError::Move(MoveError::NotFound) | DeskError::Resend(ResendRefused::Unknown) => Self::NotFound,
            DeskError::Stale(_) | DeskError::Move(_) | DeskError::Resend(ResendRefused::TooSoon) => Self::Conflict,
        }
    }
}
