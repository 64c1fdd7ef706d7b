//! The page of an error: constant words, the request's id, and a way onward.

use askama::Template;
use axum::{
    http::{
        HeaderValue, Method, StatusCode,
        header::{LOCATION, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};

use super::messages::ErrorMessages;
use crate::platform::{
    error::Error,
    http::{Page, PageContext, RequestId, Shell},
};

/// An error inside the frame of the shop, with search and navigation.
#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorView {
    shell: Shell,
    t: ErrorMessages,
    status: u16,
    text: String,
    has_search: bool,
    /// The same page once more, where asking again may help.
    retry: Option<String>,
    request_id: String,
}

/// The same without navigation and without anything that needs data: for when the shop itself is in trouble.
#[derive(Template)]
#[template(path = "errors/plain.html")]
struct PlainErrorView {
    shell: Shell,
    t: ErrorMessages,
    status: u16,
    text: String,
    has_search: bool,
    retry: Option<String>,
    request_id: String,
}

pub(super) fn page(context: &PageContext, method: &Method, id: &RequestId, error: &Error) -> Response {
    let status = error.status();
    if let Error::Moved(path) = error {
        return moved(path);
    }
    let mut response = view(context, method, id, error);
    let retry_after = match error {
        Error::TooMany(seconds) => Some(*seconds),
        Error::Unavailable(_) => Some(5),
        _ => None,
    };
    *response.status_mut() = status;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn view(context: &PageContext, method: &Method, id: &RequestId, error: &Error) -> Response {
    let t = ErrorMessages(context.lang);
    let (title, text) = words(t, error);
    let shell = Shell::private(context, title);
    let may_help = matches!(error, Error::TooMany(_) | Error::Unavailable(_) | Error::Internal(_));
    let retry = (may_help && method == Method::GET).then(|| shell.href(&shell.here));
    let has_search = matches!(error, Error::NotFound | Error::Gone);
    let (status, request_id) = (error.status().as_u16(), id.0.to_string());
    match error {
        Error::Misdirected | Error::Unavailable(_) | Error::Internal(_) => {
            Page::new(PlainErrorView { shell, t, status, text, has_search, retry, request_id }).into_response()
        }
        _ => Page::new(ErrorView { shell, t, status, text, has_search, retry, request_id }).into_response(),
    }
}

fn words(t: ErrorMessages, error: &Error) -> (&'static str, String) {
    let (title, text) = match error {
        Error::TooMany(seconds) => return (t.too_many(), t.too_many_text(*seconds)),
        Error::BadRequest(_) => (t.bad_request(), t.bad_request_text()),
        Error::CrossSite => (t.forbidden(), t.forbidden_text()),
        Error::NotFound | Error::Moved(_) => (t.not_found(), t.not_found_text()),
        Error::Gone => (t.gone(), t.gone_text()),
        Error::Conflict => (t.conflict(), t.conflict_text()),
        Error::TooLarge => (t.too_large(), t.too_large_text()),
        Error::Misdirected => (t.misdirected(), t.misdirected_text()),
        Error::Unavailable(_) => (t.unavailable(), t.unavailable_text()),
        Error::Internal(_) => (t.internal(), t.internal_text()),
    };
    (title, text.to_owned())
}

fn moved(path: &str) -> Response {
    let mut response = StatusCode::MOVED_PERMANENTLY.into_response();
    if let Ok(location) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{
        http::{
            Rendered,
            check::{check_page, context},
        },
        i18n::Lang,
    };

    fn errors() -> Vec<Error> {
        vec![
            Error::BadRequest("x"),
            Error::CrossSite,
            Error::NotFound,
            Error::Gone,
            Error::Conflict,
            Error::TooLarge,
            Error::Misdirected,
            Error::TooMany(30),
            Error::Unavailable(anyhow::anyhow!("the secret cause")),
            Error::Internal(anyhow::anyhow!("the secret cause")),
        ]
    }

    #[test]
    fn error_pages_are_well_made_and_keep_causes_to_themselves() {
        let id = RequestId("abc123".into());
        for lang in Lang::ALL {
            for error in errors() {
                let response = page(&context(lang, "//evil.example/x"), &Method::GET, &id, &error);
                assert_eq!(response.status(), error.status());
                let Rendered(html) = response.extensions().get::<Rendered>().unwrap();
                check_page(&error.to_string(), lang, html);
                assert!(html.contains("abc123") && !html.contains("secret"), "{error}");
                assert!(!html.contains(r#"href="//"#), "{error}: a link leads away");
            }
        }
    }
}
