//! The developers' panel at the end of every page: statements with those that ran more than once, keys of caches, time in
//! templates, and what was asked for just before.
//!
//! It is put into the answer as the last thing of all, behind the page cache, so that no kept page has it. Only a shop in
//! development is given one; in any other there is nothing that could show it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use askama::Template;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap,
        header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::Response,
};

use super::visit::LOADED;
use crate::platform::{
    db::Meter,
    trace::{Key, Ran, Trace},
    work::{self, Work},
};

/// Answers that are remembered.
const PAST: usize = 20;

/// What was answered lately.
#[derive(Default)]
pub struct Panel {
    past: Mutex<VecDeque<Past>>,
}

#[derive(Clone)]
struct Past {
    /// Method and path.
    request: String,
    status: u16,
    statements: u32,
    took: Duration,
}

#[derive(Template)]
#[template(path = "dev/panel.html")]
struct PanelView {
    now: Past,
    statements: Vec<Ran>,
    keys: Vec<Key>,
    rendering: Duration,
    database: Duration,
    past: Vec<Past>,
}

impl PanelView {
    /// How often this statement ran, when that is more than once.
    fn repeated(&self, ran: &Ran) -> Option<usize> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for ran in &self.statements {
            *counts.entry(&ran.sql).or_default() += 1;
        }
        counts.get(ran.sql.as_str()).copied().filter(|count| *count > 1)
    }
}

impl Panel {
    /// Has the request answered, and puts the panel into the page that is the answer.
    pub(super) async fn around<F>(&self, mut request: Request, answer: impl FnOnce(Request) -> F) -> Response
    where
        F: Future<Output = Response>,
    {
        let start = Instant::now();
        let meter = Arc::new(Meter::watched());
        let asked = format!("{} {}", request.method(), request.uri().path());
        request.extensions_mut().insert(Arc::clone(&meter));
        // A page that the browser has already, or a compressed one, has no room for it.
        for name in [ACCEPT_ENCODING, IF_NONE_MATCH] {
            request.headers_mut().remove(name);
        }
        let work = Work { id: "".into(), meter: Arc::clone(&meter) };
        let response = work::doing(work, answer(request)).await;
        let (status, statements) = (response.status().as_u16(), meter.statements());
        let now = Past { request: asked, status, statements, took: start.elapsed() };
        let past = self.remember(now.clone());
        match meter.trace().filter(|_| is_page(response.headers())) {
            Some(trace) => put(response, &view(now, past, &meter, trace)).await,
            None => response,
        }
    }

    /// What came before, the last one first; what pages load is no matter.
    fn remember(&self, now: Past) -> Vec<Past> {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let before = past.iter().cloned().collect();
        if !LOADED.iter().any(|folder| now.request.contains(folder)) {
            past.push_front(now);
            past.truncate(PAST);
        }
        before
    }
}

fn view(now: Past, past: Vec<Past>, meter: &Meter, trace: &Trace) -> PanelView {
    let (statements, keys) = (trace.statements(), trace.keys());
    PanelView { now, statements, keys, rendering: trace.rendering(), database: meter.time(), past }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("text/html"))
}

/// The page with the panel at its end. A page of the shop is here as a whole already.
async fn put(response: Response, view: &PanelView) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    let page = String::from_utf8_lossy(&bytes);
    let (Some((before, behind)), Ok(panel)) = (page.rsplit_once("</body>"), view.render()) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    for name in [CONTENT_LENGTH, ETAG] {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::from(format!("{before}{panel}</body>{behind}")))
}

/// With three digits behind the point.
fn ms(time: &Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_ran_more_than_once_are_marked() {
        let trace = Trace::default();
        for sql in ["SELECT 1", "SELECT a < b", "SELECT 1"] {
            trace.ran(sql, Duration::from_micros(1_500), 7);
        }
        let now = Past { request: "GET /".to_owned(), status: 200, statements: 3, took: Duration::from_millis(9) };
        let page = view(now.clone(), vec![now], &Meter::default(), &trace).render().unwrap();
        assert_eq!(page.matches("× 2").count(), 2, "{page}");
        assert!(page.contains("<td>1.500</td><td>7</td>") && page.contains("SELECT a &#60; b"), "{page}");
    }

    #[test]
    fn what_came_before_is_bounded() {
        let panel = Panel::default();
        for statements in 0..50 {
            panel.remember(Past { request: String::new(), status: 200, statements, took: Duration::ZERO });
        }
        let past = panel.remember(Past { request: String::new(), status: 200, statements: 50, took: Duration::ZERO });
        assert_eq!((past.len(), past[0].statements), (PAST, 49));
        let style = "GET /static/css/marquee.css".to_owned();
        panel.remember(Past { request: style, status: 200, statements: 51, took: Duration::ZERO });
        assert_eq!(panel.past.lock().unwrap()[0].statements, 50);
    }
}
