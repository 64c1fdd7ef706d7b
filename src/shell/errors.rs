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
use crate::{
    catalog::views::Shelf,
    platform::{
        error::Error,
        http::{Page, PageContext, RequestId, Shell},
    },
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
    shelf: Option<Shelf>,
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

/// The page of an error, with films beside a page that is not there.
pub(super) fn page(
    context: &PageContext,
    method: &Method,
    id: &RequestId,
    error: &Error,
    films: Option<Shelf>,
) -> Response {
    if let Error::Moved(path) = error {
        return moved(path);
    }
    let mut response = view(context, method, id, error, films);
    let retry_after = match error {
        Error::TooMany(seconds) => Some(*seconds),
        Error::Unavailable(_) => Some(5),
        _ => None,
    };
    *response.status_mut() = error.status();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn view(context: &PageContext, method: &Method, id: &RequestId, error: &Error, shelf: Option<Shelf>) -> Response {
    let t = ErrorMessages(context.lang);
    let (title, text) = words(t, error);
    let shell = Shell::private(context, title);
    let may_help = matches!(error, Error::TooMany(_) | Error::Unavailable(_) | Error::Internal(_));
    let retry = (may_help && method == Method::GET).then(|| shell.href(&shell.here));
    let (status, request_id) = (error.status().as_u16(), id.0.to_string());
    match error {
        Error::Misdirected | Error::Unavailable(_) | Error::Internal(_) => {
            let has_search = false;
            Page::new(PlainErrorView { shell, t, status, text, has_search, retry, request_id }).into_response()
        }
        _ => {
            let has_search = matches!(error, Error::NotFound | Error::Gone);
            Page::new(ErrorView { shell, t, status, text, has_search, retry, request_id, shelf }).into_response()
        }
    }
}

fn words(t: ErrorMessages, error: &Error) -> (&'static str, String) {
    let (title, text) = match error {
        Error::TooMany(seconds @ ..=119) => return (t.too_many(), t.too_many_text(*seconds)),
        Error::TooMany(seconds) => return (t.too_many(), t.too_many_minutes(seconds.div_ceil(60))),
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
    use crate::catalog::views::samples::shelf;
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
            Error::TooMany(180),
            Error::Unavailable(anyhow::anyhow!("the secret cause")),
            Error::Internal(anyhow::anyhow!("the secret cause")),
        ]
    }

    fn is_in_trouble(error: &Error) -> bool {
        matches!(error, Error::Misdirected | Error::Unavailable(_) | Error::Internal(_))
    }

    #[test]
    fn error_pages_are_well_made_and_keep_causes_to_themselves() {
        let id = RequestId("abc123".into());
        for lang in Lang::ALL {
            for error in errors() {
                let context = context(lang, "//evil.example/x");
                let response = page(&context, &Method::GET, &id, &error, Some(shelf("lost")));
                assert_eq!(response.status(), error.status());
                let Rendered(html) = response.extensions().get::<Rendered>().unwrap();
                check_page(&error.to_string(), lang, html);
                assert!(html.contains("abc123") && !html.contains("secret"), "{error}");
                assert!(!html.contains(r#"href="//"#), "{error}: a link leads away");
                assert_eq!(html.contains("<nav class=\"site-nav\""), !is_in_trouble(&error), "{error}: navigation");
            }
        }
    }
}
