//! What shoppers get while the shop is closed: a page that says so, whatever they asked for or sent.

use std::sync::Arc;

use askama::Template;
use axum::{
    http::{
        HeaderValue, Method, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{messages::ClosedMessages, visit::Visit};
use crate::{
    app::App,
    maintenance::mode::Closure,
    platform::{
        clock,
        http::{Cookies, Page, PageContext, Shell},
        sessions::{self, Kind, SessionToken, Subject},
    },
};

/// What stays open: what the page of the closed shop is drawn with, and what machines ask.
const OPEN: [&str; 6] = ["/healthz", "/readyz", "/version", "/favicon.ico", "/theme", "/csp-report"];
const OPEN_FOLDERS: [&str; 3] = ["/static/", "/media/", "/admin/"];

#[derive(Template)]
#[template(path = "errors/closed.html")]
struct ClosedView {
    shell: Shell,
    t: ClosedMessages,
    until: Option<String>,
    /// What the shop's people say, in their own words.
    message: String,
    /// Something was sent that was not taken.
    was_sent: bool,
}

impl ClosedView {
    fn new(context: &PageContext, closure: &Closure, was_sent: bool) -> Self {
        let t = ClosedMessages(context.lang);
        let mut shell = Shell::private(context, t.title());
        if was_sent {
            // A form's own address cannot be opened.
            "/".clone_into(&mut shell.here);
        }
        // A time that has passed is no news.
        let until = closure.until.filter(|until| *until > clock::now()).map(|until| shell.date_time(until));
        Self { until, message: closure.message.clone(), was_sent, t, shell }
    }
}

/// The answer to a shopper; none to the shop's people, and to what must go on.
pub(super) async fn to_shoppers(app: &App, visit: &Visit) -> Option<Response> {
    let closure = app.maintenance.closure()?;
    if is_open(&visit.context.path) || is_staff(app, visit).await {
        return None;
    }
    let mut response = if wants_json(visit) { problem(visit, &closure) } else { page(visit, &closure) };
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(closure.retry_after(clock::now())));
    Some(response)
}

fn is_open(path: &str) -> bool {
    path == "/admin" || OPEN.contains(&path) || OPEN_FOLDERS.iter().any(|folder| path.starts_with(folder))
}

/// Whether somebody of the shop is signed in. Without the database nobody is known.
async fn is_staff(app: &App, visit: &Visit) -> bool {
    let token = SessionToken::from_cookie(&Cookies::new(&app.site, &visit.headers), Kind::Staff);
    let Some(token) = token else { return false };
    let db = app.db.metered(Arc::clone(&visit.meter));
    let session = async { sessions::find(&mut db.conn().await?, &token, clock::now()).await }.await;
    session.ok().flatten().is_some_and(|session| matches!(session.subject, Subject::Staff(_)))
}

/// A program says what it reads; a browser always takes pages too.
fn wants_json(visit: &Visit) -> bool {
    let accept = visit.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

fn page(visit: &Visit, closure: &Closure) -> Response {
    let was_sent = !matches!(visit.method, Method::GET | Method::HEAD);
    Page::new(ClosedView::new(&visit.context, closure, was_sent)).into_response()
}

fn problem(visit: &Visit, closure: &Closure) -> Response {
    const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
    let t = ClosedMessages(visit.context.lang);
    let detail = if closure.message.is_empty() { t.text() } else { &closure.message };
    let body = json!({ "type": "about:blank", "title": t.title(), "status": 503, "detail": detail });
    let mut response = body.to_string().into_response();
    response.headers_mut().insert(CONTENT_TYPE, PROBLEM);
    response
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::platform::{
        http::check::{check_page, context},
        i18n::Lang,
    };

    #[test]
    fn the_page_of_the_closed_shop_is_well_made_in_every_language() {
        let now = clock::now();
        let bare = Closure { since: now, until: None, message: String::new(), by: "command".to_owned() };
        let told = Closure { until: Some(now + Duration::HOUR), message: "New <shelves>".to_owned(), ..bare.clone() };
        for lang in Lang::ALL {
            for (closure, was_sent) in [(&bare, false), (&told, true)] {
                let html = ClosedView::new(&context(lang, "/cart/items"), closure, was_sent).render().unwrap();
                check_page("closed", lang, &html);
                assert_eq!(html.contains("New &#60;shelves&#62;"), closure == &told);
            }
        }
    }

    #[test]
    fn what_machines_ask_and_what_the_page_needs_stays_open() {
        for path in ["/healthz", "/static/a.css", "/media/posters/m-1.svg", "/admin", "/admin/orders"] {
            assert!(is_open(path), "{path}");
        }
        for path in ["/", "/films", "/administration", "/cart/items", "/healthz/x", "/alerts/x/confirm"] {
            assert!(!is_open(path), "{path}");
        }
    }
}
