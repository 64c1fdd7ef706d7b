//! The outermost service: pages that are kept are answered here, everything else by the routes.
//!
//! A page that this process holds goes out to a stranger without a task, a router or a layer in between; that path is the
//! shop's fastest and does nothing that could have been done once.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, ETAG, VARY},
    },
    response::{IntoResponse, Response},
};
use futures_util::future::{BoxFuture, Either};
use tokio::sync::oneshot;
use tower::Service;

use super::{
    public::{Asked, PublicRoutes},
    slots,
    visit::{Source, Visit, log, run, seal},
};
use crate::{
    app::App,
    cart::{self, CartToken},
    platform::{
        db::Meter,
        encoding::Encoding,
        error::Error,
        http::{Cookies, Kept, Rendered, RequestId, Slots, is_fresh, known_host, split_language},
        page_cache::{Draft, Entry, Fetched, Lookup, PageKey},
    },
};

/// The whole shop.
#[derive(Clone)]
pub struct Front {
    app: Arc<App>,
    public: Arc<PublicRoutes>,
    routes: Router,
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let start = Instant::now();
        let asked = self.asked(&request);
        if let Some(response) = asked.as_ref().and_then(|asked| self.at_once(&request, asked, start)) {
            return Either::Left(ready(Ok(response)));
        }
        let front = self.clone();
        Either::Right(Box::pin(async move { Ok(front.answer(request, asked, start).await) }))
    }
}

impl Front {
    /// `public` are the pages that may be kept; `routes` answer everything, those pages too.
    pub fn new(app: App, public: Arc<PublicRoutes>, routes: Router) -> Self {
        Self { app: Arc::new(app), public, routes }
    }

    /// The kept page that is asked for; none while nothing can be vouched for.
    fn asked(&self, request: &Request) -> Option<Asked> {
        let may_be_kept = matches!(*request.method(), Method::GET | Method::HEAD)
            && !self.app.config().page_ttl.is_zero()
            && self.app.pages.is_open();
        let (uri, app) = (request.uri(), &self.app);
        let query = uri.query().unwrap_or_default();
        may_be_kept.then(|| self.public.find(uri.path(), query, &app.settings.currency, &app.index))?
    }

    /// The answer to a stranger whose page is in memory.
    fn at_once(&self, request: &Request, asked: &Asked, start: Instant) -> Option<Response> {
        let headers = request.headers();
        if headers.contains_key(COOKIE) || !known_host(self.app.config(), headers) {
            return None;
        }
        let Lookup::Fresh(entry, hits) = self.app.pages.lookup(&asked.key) else { return None };
        let mut response = for_stranger(&entry, headers);
        let (id, meter) = (RequestId::new(), Meter::default());
        let cost = (&meter, Source::Hit(hits), start.elapsed());
        seal(&self.app, response.headers_mut(), &id, cost);
        log(&id, request.method(), asked.route, &response, cost);
        Some(response)
    }

    async fn answer(self, mut request: Request, asked: Option<Asked>, start: Instant) -> Response {
        let visit = Visit::begin(&self.app, &mut request, asked.as_ref().map(|asked| asked.route));
        let (response, source) = match (visit.refusal(&self.app), asked) {
            (Some(error), _) => (error.into_response(), Source::Off),
            (None, Some(asked)) => self.kept(&visit, &asked.key).await,
            (None, None) => (self.routed(&visit, request).await, Source::Off),
        };
        let response = visit.explain(&self.app, response).await;
        let response = visit.render(&self.app, response).await;
        visit.finish(&self.app, response, start, source)
    }

    /// The answer of a route. A form may change the cart of whoever sends it.
    async fn routed(&self, visit: &Visit, request: Request) -> Response {
        let token = CartToken::from_cookie(&Cookies::new(&self.app.site, &visit.headers));
        let Some(token) = token.filter(|_| visit.method == Method::POST) else {
            return run(&self.routes, request).await;
        };
        cart::counts::forget(&self.app.redis, &token).await;
        let response = run(&self.routes, request).await;
        cart::counts::forget(&self.app.redis, &token).await;
        response
    }

    /// A page that is kept, for whoever asks.
    async fn kept(&self, visit: &Visit, key: &PageKey) -> (Response, Source) {
        let pages = &self.app.pages;
        match pages.lookup(key) {
            Lookup::Fresh(entry, hits) => (self.for_anybody(visit, &entry).await, Source::Hit(hits)),
            Lookup::Stale(entry) => {
                self.refresh(visit, key.clone());
                (self.for_anybody(visit, &entry).await, Source::Stale)
            }
            Lookup::Missing => self.fetch(visit, key).await,
        }
    }

    /// The page from Redis or made now. What is no page to be kept is answered as it is.
    async fn fetch(&self, visit: &Visit, key: &PageKey) -> (Response, Source) {
        let (sender, receiver) = oneshot::channel();
        let draft = self.draft(visit, key);
        let make = async move {
            match draft.await {
                Ok(draft) => Some(draft),
                Err(response) => {
                    // Nobody listens any more when the visitor has gone.
                    sender.send(*response).ok();
                    None
                }
            }
        };
        match self.app.pages.fetch(key, make).await {
            Some(Fetched { entry, hits }) => {
                (self.for_anybody(visit, &entry).await, hits.map_or(Source::Miss, Source::Hit))
            }
            None => match receiver.await {
                Ok(response) => (response, Source::Miss),
                // Somebody else made it and it is nothing to be kept, or it took too long.
                Err(_) => (run(&self.routes, impersonal_request(visit, key)).await, Source::Off),
            },
        }
    }

    /// Has the page made anew while the present one is sent.
    fn refresh(&self, visit: &Visit, key: PageKey) {
        let (pages, draft) = (Arc::clone(&self.app.pages), self.draft(visit, &key));
        tokio::spawn(async move { pages.fetch(&key, async move { draft.await.ok() }).await });
    }

    /// Makes the page, as nobody in particular; or tells why there is none to be kept.
    fn draft(
        &self,
        visit: &Visit,
        key: &PageKey,
    ) -> impl Future<Output = Result<Draft, Box<Response>>> + Send + 'static {
        let (routes, request) = (self.routes.clone(), impersonal_request(visit, key));
        let lang = visit.context.lang;
        async move {
            let mut response = run(&routes, request).await;
            let is_page = response.status() == StatusCode::OK && response.extensions().get::<Rendered>().is_some();
            match response.extensions_mut().remove::<Kept>().filter(|_| is_page) {
                Some(Kept { ttl, tags }) => {
                    let Rendered(html) = response.extensions_mut().remove().unwrap_or_else(|| Rendered(String::new()));
                    Ok(Draft { html, stranger: slots::of_a_stranger(lang), tags, ttl })
                }
                None => Err(Box::new(response)),
            }
        }
    }

    async fn for_anybody(&self, visit: &Visit, entry: &Entry) -> Response {
        match slots::personal(&self.app, visit).await {
            None => for_stranger(entry, &visit.headers),
            Some(person) => {
                let mut response = self.for_person(&person.slots, entry, &visit.headers);
                person.apply_cookies(response.headers_mut());
                response
            }
        }
    }

    /// The kept page with somebody's own parts in it.
    fn for_person(&self, slots: &Slots, entry: &Entry, headers: &HeaderMap) -> Response {
        let reads_gzip = Encoding::accepted(headers, &[Encoding::Gzip]) == Encoding::Gzip;
        if reads_gzip && self.app.config().stitches_pages {
            return html(entry.page.member(slots), Encoding::Gzip);
        }
        match entry.page.plain(slots) {
            Ok(body) => html(body, Encoding::Identity),
            Err(error) => Error::Internal(error.into()).into_response(),
        }
    }
}

/// The kept bytes as they are.
fn for_stranger(entry: &Entry, headers: &HeaderMap) -> Response {
    // A shared cache may keep it for a second; whoever has a cookie gets a page of their own.
    const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=1, stale-while-revalidate=1");
    const VARY_BY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");
    let encoding = Encoding::accepted(headers, &[Encoding::Brotli, Encoding::Zstd, Encoding::Gzip]);
    let is_known = entry.page.etag.to_str().is_ok_and(|etag| is_fresh(headers, etag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match entry.page.body(encoding) {
            Ok(body) => html(body, encoding),
            Err(error) => return Error::Internal(error.into()).into_response(),
        }
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, entry.page.etag.clone());
    headers.insert(CACHE_CONTROL, PUBLIC);
    headers.insert(VARY, VARY_BY);
    response
}

/// The request for a page as anybody could have sent it.
fn impersonal_request(visit: &Visit, key: &PageKey) -> Request {
    let (_, address) = split_language(&key.address);
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = address.parse().unwrap_or_default();
    visit.accompany(&mut request);
    request
}

/// A page by its bytes.
pub(super) fn html(body: Bytes, encoding: Encoding) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Some(encoding) = encoding.header() {
        headers.insert(CONTENT_ENCODING, encoding);
    }
    response
}
