//! The page of an error: constant words, the request's id, and a way onward.

use askama::Template;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{LOCATION, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};

use crate::platform::{
    error::Error,
    http::{Page, PageContext, RequestId, Shell},
};

/// A page for every status that the shop answers with when it cannot show what was asked for.
#[derive(Template)]
#[template(path = "errors/error.html")]
pub struct ErrorView {
    pub shell: Shell,
    pub status: u16,
    pub request_id: String,
}

pub(super) fn page(context: &PageContext, id: &RequestId, error: &Error) -> Response {
    let status = error.status();
    if let Error::Moved(path) = error {
        return moved(path);
    }
    let view = ErrorView {
        shell: Shell::private(context, status.canonical_reason().unwrap_or_default()),
        status: status.as_u16(),
        request_id: id.0.to_string(),
    };
    let mut response = Page::with_status(status, view).into_response();
    let retry_after = match error {
        Error::TooMany(seconds) => Some(*seconds),
        Error::Unavailable(_) => Some(5),
        _ => None,
    };
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn moved(path: &str) -> Response {
    let mut response = StatusCode::MOVED_PERMANENTLY.into_response();
    if let Ok(location) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}
