//! The whole URL map, and the layers around it.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower::{Layer, ServiceExt};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
};

use crate::{
    app::App,
    cart,
    catalog::{self, posters},
    checkout, orders,
    platform::error::Error,
    shell, shop,
};

/// Every route of the shop. Requests reach it through [`shell::edge`], which has taken the language off the path.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/pages/{slug}", get(shop::pages::show))
        .route("/robots.txt", get(shop::pages::robots))
        .route("/", get(shop::home::show))
        .route("/films", get(catalog::handlers::films))
        .route("/films/{slug}", get(shop::film::show))
        .route("/categories/{slug}", get(catalog::handlers::category))
        .route("/studios/{slug}", get(catalog::handlers::studio))
        .route("/people/{slug}", get(catalog::handlers::person))
        .route("/search", get(catalog::handlers::search))
        .route("/search/suggest", get(catalog::handlers::suggest))
        .route("/cart", get(cart::handlers::show))
        .route("/cart/items", post(cart::handlers::add))
        .route("/cart/items/{id}", post(cart::handlers::change))
        .route("/cart/items/{id}/remove", post(cart::handlers::remove))
        .route("/cart/clear", post(cart::handlers::clear))
        .route("/cart/note", post(cart::handlers::set_note))
        .route("/checkout", get(checkout::handlers::show).post(checkout::handlers::submit))
        .route("/checkout/totals", post(checkout::handlers::totals))
        .route("/orders/{number}", get(orders::handlers::show))
        .route("/theme", post(shop::preferences::set_theme))
        .route("/csp-report", post(shop::preferences::csp_report))
        .route("/static/{name}", get(shop::assets::show))
        .route("/media/posters/{name}", get(posters::handlers::poster))
        .route("/media/stills/{name}", get(posters::handlers::still))
        .route("/media/og/{name}", get(posters::handlers::preview))
        .route("/favicon.ico", get(shop::assets::favicon))
        .route("/healthz", get(shop::health::healthz))
        .route("/readyz", get(shop::health::readyz))
        .route("/version", get(shop::health::version))
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::NotFound })
        .layer(middleware::from_fn(tell_route))
        // Refuses unsafe requests of other sites by fetch metadata; pages need no tokens and stay cacheable.
        .layer(CsrfLayer::new().with_rejection_response(|_| Error::CrossSite.into_response()))
        .with_state(app)
}

/// The service as it is served: the routes behind the edge, pages compressed with little effort, since each is made anew.
pub fn service(
    app: App,
) -> impl tower::Service<Request, Response = Response, Error = std::convert::Infallible, Future: Send> + Clone + Send {
    let edge = middleware::from_fn_with_state(app.clone(), shell::edge);
    // What was compressed once already, as static files and posters are, passes as it is; fonts are compressed by nature.
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(compressible);
    compression.layer(edge.layer(routes(app))).map_response(|response| response.map(Body::new))
}

/// Tells the edge which route answered, for the log.
async fn tell_route(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(shell::Route(Arc::from(route.as_str())));
    }
    response
}
