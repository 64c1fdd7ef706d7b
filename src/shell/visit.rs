//! One request, from the moment it comes in until its answer leaves.

use std::{
    mem,
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Bytes,
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Uri,
        header::{ACCEPT, CONTENT_LENGTH, COOKIE, VARY},
        uri::PathAndQuery,
    },
    response::Response,
};

use super::{bytes::html, errors, shelf, slots};
use crate::{
    app::App,
    platform::{
        db::Meter,
        encoding::{self, Encoding},
        error::{Error, ErrorResponse},
        error_reports::{self, Panicked},
        http::{
            PageContext, Rendered, RequestId, apply_security_headers, client_address, known_host, server_timing,
            split_language,
        },
        i18n::Lang,
        limiter::{Limit, address_key},
        metrics::{Answered, CACHE_RESULTS, REQUESTS},
        scrub,
        work::Work,
    },
};

/// Pages that have to be made for one address without a cookie. Kept pages are given away, and so is what pages load.
const STRANGERS: Limit = Limit { name: "strangers", most: 300, per: Duration::from_mins(1) };
pub(super) const LOADED: [&str; 2] = ["/static/", "/media/"];

/// The route that answered, as it is written in the URL map.
#[derive(Clone)]
pub struct Route(pub Arc<str>);

/// How a page was come by, in the words of `Server-Timing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A kept page, after so many others.
    Hit(u64),
    Stale,
    Miss,
    Off,
}

impl Source {
    /// Its place in [`CACHE_RESULTS`].
    const fn place(self) -> usize {
        match self {
            Self::Hit(_) => 0,
            Self::Stale => 1,
            Self::Miss => 2,
            Self::Off => 3,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        CACHE_RESULTS[self.place()]
    }

    /// Of the answers with kept pages one in so many gets a line in the log.
    const fn is_logged(self) -> bool {
        const LOGGED: u64 = 128;
        match self {
            Self::Hit(before) => before.is_multiple_of(LOGGED),
            _ => true,
        }
    }
}

/// What an answer has cost: statements, where it came from, time.
pub(super) type Cost<'a> = (&'a Meter, Source, Duration);

/// What is remembered of a request while others work on it.
pub(super) struct Visit {
    pub id: RequestId,
    pub meter: Arc<Meter>,
    pub context: PageContext,
    pub method: Method,
    pub headers: HeaderMap,
    /// The address of somebody who is new here.
    stranger: Option<IpAddr>,
    /// The route of a page that is kept.
    route: Option<&'static str>,
}

impl Visit {
    /// Takes the language off the path and gives the request what its handler needs.
    pub fn begin(app: &App, request: &mut Request, route: Option<&'static str>) -> Self {
        let stranger = (!request.headers().contains_key(COOKIE))
            .then(|| client_address(request.headers(), request.extensions(), app.config().trusted_proxies));
        // A kept page is asked for as nobody in particular, so this request goes nowhere.
        let headers = if route.is_some() { mem::take(request.headers_mut()) } else { request.headers().clone() };
        // Whoever watches has brought one.
        let meter = request.extensions_mut().remove::<Arc<Meter>>().unwrap_or_default();
        let (lang, path) = split_language(request.uri().path());
        let query = request.uri().query().unwrap_or_default();
        let visit = Self {
            id: RequestId::new(),
            meter,
            context: app.page_context(lang, path, query),
            method: request.method().clone(),
            headers,
            stranger,
            route,
        };
        if !lang.prefix().is_empty() {
            *request.uri_mut() = without_language(request.uri(), lang);
        }
        if let Some(route) = route {
            visit.meter.asked_by(route);
        }
        visit.accompany(request);
        visit
    }

    /// Gives a request what its handler needs to know of this visit.
    pub fn accompany(&self, request: &mut Request) {
        let extensions = request.extensions_mut();
        extensions.insert(self.context.lang);
        extensions.insert(self.id.clone());
        extensions.insert(Arc::clone(&self.meter));
    }

    /// Health checks come from inside, may use any name and come as often as they like.
    pub fn refusal(&self, app: &App) -> Option<Error> {
        let path = self.context.path.as_str();
        if matches!(path, "/healthz" | "/readyz") {
            return None;
        }
        if !known_host(app.config(), &self.headers) {
            return Some(Error::Misdirected);
        }
        let address = self.stranger.filter(|_| !LOADED.iter().any(|folder| path.starts_with(folder)))?;
        app.limits.check_here(&STRANGERS, &address_key(address)).err().map(Error::TooMany)
    }

    /// Gives an error its page.
    pub async fn explain(&self, app: &App, mut response: Response) -> Response {
        let Some(ErrorResponse(error)) = response.extensions_mut().remove::<ErrorResponse>() else {
            return response;
        };
        self.tell_cause(&error);
        let films = if matches!(*error, Error::NotFound | Error::Gone) && self.wants_html() {
            shelf::bestsellers(app, &self.meter, &self.context).await
        } else {
            None
        };
        let mut page = errors::page(&self.context, &self.method, &self.id, &error, films);
        // Which route failed is worth knowing.
        if let Some(route) = response.extensions_mut().remove::<Route>() {
            page.extensions_mut().insert(route);
        }
        page
    }

    /// Gives a page its personal parts, and makes it small with little effort, since it is made anew each time.
    pub async fn render(&self, app: &App, mut response: Response) -> Response {
        let Some(rendered) = response.extensions_mut().remove::<Rendered>() else {
            return response;
        };
        let person = slots::of(app, self, response.extensions(), response.status()).await;
        let page = person.slots.fill(&app.site.slot_nonce, &rendered.0);
        rendered.recycle();
        let preferred = Encoding::accepted(&self.headers, &[Encoding::Zstd, Encoding::Gzip]);
        let (body, encoding) = quickly_compressed(page, preferred);
        let (mut parts, _) = response.into_parts();
        // The router counted the bytes of a body that was empty until now.
        parts.headers.remove(CONTENT_LENGTH);
        let mut response = html(body, encoding);
        *response.status_mut() = parts.status;
        *response.extensions_mut() = parts.extensions;
        response.headers_mut().extend(parts.headers);
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        person.apply_cookies(response.headers_mut());
        response
    }

    /// A browser that opens a page says so; a missing picture or script needs no films beside it.
    fn wants_html(&self) -> bool {
        self.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
    }

    /// A panic was told when it happened.
    fn tell_cause(&self, error: &Error) {
        let (id, words) = (&*self.id.0, |cause| scrub::error(cause));
        match error {
            Error::Internal(cause) | Error::Unavailable(cause) if cause.is::<Panicked>() => {}
            Error::Internal(cause) => tracing::error!(id, "{}", words(cause)),
            Error::Unavailable(cause) => tracing::warn!(id, "{}", words(cause)),
            _ => return,
        }
        if let Error::Internal(cause) | Error::Unavailable(cause) = error {
            let work = Work { id: Arc::clone(&self.id.0), meter: Arc::clone(&self.meter) };
            error_reports::tell(cause, &work);
        }
    }

    pub fn finish(&self, app: &App, mut response: Response, start: Instant, source: Source) -> Response {
        let cost = (&*self.meter, source, start.elapsed());
        seal(app, response.headers_mut(), &self.id, cost);
        let route = response.extensions().get::<Route>().map(|route| Arc::clone(&route.0));
        let route = self.route.or(route.as_deref()).unwrap_or("-");
        let status = response.status();
        // While the shop is closed, failing is what it is there for.
        if status.is_server_error() && !app.maintenance.is_on() {
            app.failures.count(status.as_u16(), route);
        }
        note(&self.id, &self.method, route, &response, cost);
        response
    }
}

/// Sets the headers that every answer has.
pub(super) fn seal(app: &App, headers: &mut HeaderMap, id: &RequestId, (meter, source, elapsed): Cost<'_>) {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
    const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
    apply_security_headers(&app.site, headers);
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        headers.insert(REQUEST_ID, id);
    }
    if app.config().server_timing {
        headers.insert(SERVER_TIMING, server_timing(meter, source.word(), elapsed));
    }
}

/// Counts a request, and writes its line if it gets one.
pub(super) fn note(
    id: &RequestId,
    method: &Method,
    route: &str,
    response: &Response,
    (meter, source, elapsed): Cost<'_>,
) {
    REQUESTS.record(Answered {
        route,
        method,
        status: response.status(),
        cache: source.place(),
        statements: meter.statements(),
        time: elapsed,
    });
    if !source.is_logged() {
        return;
    }
    tracing::info!(
        target: "marquee::request",
        id = &*id.0,
        %method,
        route,
        status = response.status().as_u16(),
        ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        sql = meter.statements(),
        cache = source.word(),
    );
}

/// Nothing is gained by compressing what fits one packet.
fn quickly_compressed(page: String, encoding: Encoding) -> (Bytes, Encoding) {
    const ONE_PACKET: usize = 1_200;
    let compressed = match encoding {
        _ if page.len() < ONE_PACKET => None,
        Encoding::Zstd => encoding::zstd(page.as_bytes(), 1).ok(),
        Encoding::Gzip => encoding::gzip(page.as_bytes(), 1).ok(),
        Encoding::Brotli | Encoding::Identity => None,
    };
    compressed.map_or_else(|| (page.into(), Encoding::Identity), |bytes| (bytes.into(), encoding))
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
