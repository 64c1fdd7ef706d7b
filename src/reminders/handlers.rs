//! What the links of the mail lead to. Programs that look at mails open links too, so that each asks first.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{link, messages::ReminderMessages, views::RestoreView};
use crate::{
    cart::{self, CartToken},
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        http::{Notice, Page, PageContext, SeeOther},
    },
};

/// `GET /cart/restore/{token}`: asks.
pub async fn ask_to_restore(context: PageContext, Path(token): Path<String>) -> Result<Response> {
    let left = link::open_restore(&context.site.signer, &token).or_not_found()?;
    if left.is_too_late(clock::now()) {
        return Ok(too_late(&context));
    }
    Ok(Page::new(RestoreView::new(&context, Some(left.held.len()))).into_response())
}

/// `POST /cart/restore/{token}`: puts what the mail was about into the cart of whoever asks; a second time it changes
/// nothing.
pub async fn restore(
    context: PageContext,
    db: Database,
    cart: CartToken,
    Path(token): Path<String>,
) -> Result<Response> {
    let now = clock::now();
    let left = link::open_restore(&context.site.signer, &token).or_not_found()?;
    if left.is_too_late(now) {
        return Ok(too_late(&context));
    }
    let t = ReminderMessages(context.lang);
    let filled = cart::fill(&db, &cart, &left.held, now).await?;
    let notice = if filled.is_empty() { Notice::warn(t.nothing_left()) } else { Notice::good(t.restored()) };
    let answer = SeeOther::to(context.href("/cart")).with_notice(&context.site, &notice);
    Ok(if filled.is_empty() { answer } else { answer.with_cookie(cart.cookie(&context.site)) }.into_response())
}

fn too_late(context: &PageContext) -> Response {
    Page::with_status(StatusCode::GONE, RestoreView::new(context, None)).into_response()
}
