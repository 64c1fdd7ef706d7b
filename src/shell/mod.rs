//! The edge of the shop: what happens around every request, whatever its route.
//!
//! It takes the language off the path, refuses unknown hosts, turns errors into pages, fills the personal slots of
//! pages, sets the headers that every answer has, and writes one log line.

mod errors;
mod messages;
mod shelf;
mod slots;
mod theme;

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Uri,
        header::{ACCEPT, CONTENT_LENGTH},
        uri::PathAndQuery,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;

use crate::{
    app::App,
    platform::{
        db::Meter,
        error::{Error, ErrorResponse},
        http::{PageContext, Rendered, RequestId, apply_security_headers, known_host, server_timing, split_language},
        i18n::Lang,
        ids,
    },
};

pub use theme::Theme;

/// No request takes longer; a shopper has left by then.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The route that answered, as it is written in the URL map.
#[derive(Clone)]
pub struct Route(pub Arc<str>);

/// The outermost layer.
pub async fn edge(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let visit = Visit::begin(&app, &mut request);
    let response = match visit.refusal(&app) {
        Some(error) => error.into_response(),
        None => visit.run(request, next).await,
    };
    let response = visit.explain(&app, response).await;
    let response = visit.render(&app, response).await;
    visit.finish(&app, response, start)
}

/// What the edge remembers of a request while others work on it.
struct Visit {
    id: RequestId,
    meter: Arc<Meter>,
    context: PageContext,
    method: Method,
    headers: HeaderMap,
}

impl Visit {
    fn begin(app: &App, request: &mut Request) -> Self {
        let (lang, path) = split_language(request.uri().path());
        let query = request.uri().query().unwrap_or_default();
        let visit = Self {
            id: RequestId(ids::request_id().into()),
            meter: Arc::default(),
            context: app.page_context(lang, path, query),
            method: request.method().clone(),
            headers: request.headers().clone(),
        };
        *request.uri_mut() = without_language(request.uri(), lang);
        request.extensions_mut().insert(lang);
        request.extensions_mut().insert(visit.id.clone());
        request.extensions_mut().insert(Arc::clone(&visit.meter));
        visit
    }

    /// Health checks come from inside and may use any name.
    fn refusal(&self, app: &App) -> Option<Error> {
        let is_probe = matches!(self.context.path.as_str(), "/healthz" | "/readyz");
        (!is_probe && !known_host(app.config(), &self.headers)).then_some(Error::Misdirected)
    }

    async fn run(&self, request: Request, next: Next) -> Response {
        let answer = tokio::time::timeout(TIME_LIMIT, AssertUnwindSafe(next.run(request)).catch_unwind()).await;
        match answer {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => Error::Internal(anyhow::anyhow!("the handler panicked")).into_response(),
            Err(_) => {
                Error::Unavailable(anyhow::anyhow!("no answer within {} s", TIME_LIMIT.as_secs())).into_response()
            }
        }
    }

    /// Gives an error its page.
    async fn explain(&self, app: &App, mut response: Response) -> Response {
        let Some(ErrorResponse(error)) = response.extensions_mut().remove::<ErrorResponse>() else {
            return response;
        };
        self.log_cause(&error);
        let films = if matches!(*error, Error::NotFound | Error::Gone) && self.wants_html() {
            shelf::bestsellers(app, &self.meter, &self.context).await
        } else {
            None
        };
        errors::page(&self.context, &self.method, &self.id, &error, films)
    }

    /// Gives a page its personal parts.
    async fn render(&self, app: &App, mut response: Response) -> Response {
        match response.extensions_mut().remove::<Rendered>() {
            Some(Rendered(html)) => slots::fill(app, self, response, &html).await,
            None => response,
        }
    }

    /// A browser that opens a page says so; a missing picture or script needs no films beside it.
    fn wants_html(&self) -> bool {
        self.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
    }

    fn log_cause(&self, error: &Error) {
        let id = &*self.id.0;
        match error {
            Error::Internal(cause) => tracing::error!(id, "{cause:#}"),
            Error::Unavailable(cause) => tracing::warn!(id, "{cause:#}"),
            _ => {}
        }
    }

    fn finish(&self, app: &App, mut response: Response, start: Instant) -> Response {
        const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
        const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
        let elapsed = start.elapsed();
        let headers = response.headers_mut();
        apply_security_headers(app.config(), headers);
        if let Ok(id) = HeaderValue::from_str(&self.id.0) {
            headers.insert(REQUEST_ID, id);
        }
        if app.config().server_timing {
            headers.insert(SERVER_TIMING, server_timing(&self.meter, "off", elapsed));
        }
        let route = response.extensions().get::<Route>().map_or("-", |route| &*route.0);
        tracing::info!(
            target: "marquee::request",
            id = &*self.id.0,
            method = %self.method,
            route,
            status = response.status().as_u16(),
            ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
            sql = self.meter.statements(),
            lang = self.context.lang.code(),
        );
        response
    }
}

/// The address that the routes see.
fn without_language(uri: &Uri, lang: Lang) -> Uri {
    let prefix = lang.prefix();
    let Some(rest) = uri.path_and_query().map(PathAndQuery::as_str).and_then(|all| all.strip_prefix(prefix)) else {
        return uri.clone();
    };
    let path = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
    path.parse().unwrap_or_else(|_| uri.clone())
}

/// A response with this body and no other.
fn with_body(response: Response, html: String) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(html))
}
