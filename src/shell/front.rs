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
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header::COOKIE},
    response::{IntoResponse, Response},
};
use futures_util::future::{BoxFuture, Either};
use tokio::sync::oneshot;
use tower::Service;

use super::{
    bytes::{for_stranger, html},
    closed,
    panel::Panel,
    public::{Asked, PublicRoutes},
    run::run,
    slots,
    visit::{Source, Visit, note, seal},
};
use crate::{
    app::App,
    cart::CartToken,
    platform::{
        db::Meter,
        encoding::Encoding,
        error::{Error, ErrorResponse},
        http::{Cookies, Kept, Rendered, RequestId, Slots, known_host, split_language},
        page_cache::{Draft, Entry, Lookup, PageKey},
        work,
    },
};

/// The bytes in which an answer is made. All of them are moved into a box for each request, so what few answers need is in
/// boxes of its own: 40 KiB cost kept pages a fifth of all their time.
const ROOM: usize = 4 << 10;

/// The whole shop. Every request takes a share of it, so that it is one pointer.
#[derive(Clone)]
pub struct Front(Arc<Edge>);

struct Edge {
    app: App,
    public: PublicRoutes,
    routes: Router,
    /// In development only.
    panel: Option<Panel>,
}

/// A kept page that is asked for, and what this process has of it.
struct Wanted {
    asked: Asked,
    found: Lookup,
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
        let wanted = self.0.wanted(&request);
        if let Some(response) = wanted.as_ref().and_then(|wanted| self.0.at_once(&request, wanted, start)) {
            return Either::Left(ready(Ok(response)));
        }
        let edge = Arc::clone(&self.0);
        let answer = async move {
            Ok(match &edge.panel {
                None => edge.answer(request, wanted, start).await,
                Some(panel) => Box::pin(panel.around(request, |request| edge.answer(request, wanted, start))).await,
            })
        };
        debug_assert!(size_of_val(&answer) <= ROOM, "an answer takes {} bytes", size_of_val(&answer));
        Either::Right(Box::pin(answer))
    }
}

impl Front {
    /// `public` are the pages that may be kept; `routes` answer everything, those too. The panel is put into pages.
    pub fn new(app: App, public: PublicRoutes, routes: Router, panel: Option<Panel>) -> Self {
        Self(Arc::new(Edge { app, public, routes, panel }))
    }
}

impl Edge {
    /// The kept page that is asked for; none while nothing can be vouched for.
    fn wanted(&self, request: &Request) -> Option<Wanted> {
        let may_be_kept = matches!(*request.method(), Method::GET | Method::HEAD)
            && !self.app.maintenance.is_on()
            && !self.app.config().page_ttl.is_zero()
            && self.app.pages.is_open();
        if !may_be_kept {
            return None;
        }
        let (uri, app) = (request.uri(), &self.app);
        let query = uri.query().unwrap_or_default();
        let asked = self.public.find(uri.path(), query, &app.settings.currency, &app.index)?;
        let found = app.pages.lookup(&asked.key);
        Some(Wanted { asked, found })
    }

    /// The answer to a stranger whose page is here.
    fn at_once(&self, request: &Request, wanted: &Wanted, start: Instant) -> Option<Response> {
        let Lookup::Fresh(entry, hits) = &wanted.found else { return None };
        let headers = request.headers();
        if self.panel.is_some() || headers.contains_key(COOKIE) || !known_host(self.app.config(), headers) {
            return None;
        }
        let mut response = for_stranger(entry, headers);
        let (id, meter) = (RequestId::new(), Meter::default());
        let cost = (&meter, Source::Hit(*hits), start.elapsed());
        seal(&self.app, response.headers_mut(), &id, cost);
        note(&id, request.method(), wanted.asked.route, &response, cost);
        Some(response)
    }

    async fn answer(&self, mut request: Request, mut wanted: Option<Wanted>, start: Instant) -> Response {
        if let Some(wanted) = &mut wanted
            && matches!(wanted.found, Lookup::Missing)
        {
            wanted.found = self.app.pages.look_up_shared(&wanted.asked.key).await;
            if let Some(response) = self.at_once(&request, wanted, start) {
                return response;
            }
        }
        let visit = Visit::begin(&self.app, &mut request, wanted.as_ref().map(|wanted| wanted.asked.route));
        let (response, source) = match (self.turned_away(&visit).await, wanted) {
            (Some(response), _) => (response, Source::Off),
            (None, Some(wanted)) => self.kept(&visit, wanted).await,
            (None, None) => (Box::pin(self.routed(&visit, request)).await, Source::Off),
        };
        let response = if is_unfinished(&response) {
            Box::pin(async {
                let response = visit.explain(&self.app, response).await;
                visit.render(&self.app, response).await
            })
            .await
        } else {
            response
        };
        visit.finish(&self.app, response, start, source)
    }

    /// The answer to who gets nothing else, whatever is asked for.
    async fn turned_away(&self, visit: &Visit) -> Option<Response> {
        match visit.refusal(&self.app) {
            Some(error) => Some(error.into_response()),
            None if self.app.maintenance.is_on() => Box::pin(closed::to_shoppers(&self.app, visit)).await,
            None => None,
        }
    }

    /// The answer of a route. A form may change the cart of whoever sends it, or bring a visitor's to a customer's.
    async fn routed(&self, visit: &Visit, request: Request) -> Response {
        if visit.method != Method::POST {
            return run(&self.routes, request).await;
        }
        let cookies = Cookies::new(&self.app.site, &visit.headers);
        let customer = slots::glance(&self.app, visit, &cookies).await;
        let mut carts: Vec<CartToken> = CartToken::from_cookie(&cookies).into_iter().collect();
        carts.extend(customer.map(|customer| CartToken::of_client(customer.id)));
        self.forget(&carts).await;
        let response = run(&self.routes, request).await;
        self.forget(&carts).await;
        response
    }

    async fn forget(&self, carts: &[CartToken]) {
        for token in carts {
            self.app.carts.forget(token).await;
        }
    }

    /// A page that is kept, for whoever asks.
    async fn kept(&self, visit: &Visit, Wanted { asked: Asked { key, .. }, found }: Wanted) -> (Response, Source) {
        let (entry, source) = match found {
            Lookup::Fresh(entry, hits) => (Some(entry), Source::Hit(hits)),
            Lookup::Stale(entry) => {
                self.refresh(visit, key.clone());
                (Some(entry), Source::Stale)
            }
            Lookup::Missing => (None, Source::Miss),
        };
        work::trace(|trace| trace.asked(format!("page {}", key.address), source.word()));
        match entry {
            Some(entry) => (self.for_anybody(visit, &entry).await, source),
            None => Box::pin(self.make(visit, &key)).await,
        }
    }

    /// The page made now. What is no page to be kept is answered as it is.
    async fn make(&self, visit: &Visit, key: &PageKey) -> (Response, Source) {
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
        match self.app.pages.make(key, make).await {
            Some(entry) => (self.for_anybody(visit, &entry).await, Source::Miss),
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
        tokio::spawn(async move {
            if let Lookup::Missing = pages.look_up_shared(&key).await {
                pages.make(&key, async move { draft.await.ok() }).await;
            }
        });
    }

    /// Makes the page, as nobody in particular; or tells why there is none to be kept.
    fn draft(
        &self,
        visit: &Visit,
        key: &PageKey,
    ) -> impl Future<Output = Result<Draft, Box<Response>>> + Send + 'static {
        let (routes, request) = (self.routes.clone(), impersonal_request(visit, key));
        let (context, site) = (visit.context.clone(), Arc::clone(&self.app.site));
        async move {
            let mut response = run(&routes, request).await;
            let is_page = response.status() == StatusCode::OK && response.extensions().get::<Rendered>().is_some();
            match response.extensions_mut().remove::<Kept>().filter(|_| is_page) {
                Some(Kept { ttl, tags }) => {
                    let Rendered(html) = response.extensions_mut().remove().unwrap_or_else(|| Rendered(String::new()));
                    Ok(Draft { html, stranger: slots::of_a_stranger(&site, context.lang, &context.path), tags, ttl })
                }
                None => Err(Box::new(response)),
            }
        }
    }

    /// The kept page for whoever asks.
    async fn for_anybody(&self, visit: &Visit, entry: &Entry) -> Response {
        let Some(person) = slots::personal(&self.app, visit, entry.tags()).await else {
            return for_stranger(entry, &visit.headers);
        };
        let mut response = self.for_person(&person.slots, entry, &visit.headers);
        person.apply_cookies(response.headers_mut());
        response
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

/// Whether it is an error without its page yet, or a page without its personal parts.
fn is_unfinished(response: &Response) -> bool {
    let extensions = response.extensions();
    extensions.get::<Rendered>().is_some() || extensions.get::<ErrorResponse>().is_some()
}

/// The request for a page as anybody could have sent it.
fn impersonal_request(visit: &Visit, key: &PageKey) -> Request {
    let (_, address) = split_language(&key.address);
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = address.parse().unwrap_or_default();
    visit.accompany(&mut request);
    request
}
