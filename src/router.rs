//! The whole URL map, and the layers around it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower_http::csrf::CsrfLayer;

use crate::{
    alerts,
    app::App,
    cart,
    catalog::{self, filters, posters},
    checkout, orders,
    platform::{config::Environment, error::Error},
    reviews::{self, address::of_reviews},
    shell::{self, Front, PublicRoutes, no_parameters},
    shop,
};

/// The pages that are the same for everybody: they are kept, and their handlers cannot tell who asks.
fn public_routes() -> PublicRoutes {
    PublicRoutes::default()
        .page("/", no_parameters, shop::home::show)
        .page("/films", filters::of_list, catalog::handlers::films)
        .page("/films/{slug}", filters::of_film, shop::film::show)
        .page("/films/{slug}/reviews", of_reviews, reviews::handlers::list)
        .page("/categories/{slug}", filters::of_list, catalog::handlers::category)
        .page("/studios/{slug}", filters::of_list, catalog::handlers::studio)
        .page("/people/{slug}", filters::of_list, catalog::handlers::person)
        .page("/search", filters::of_search, catalog::handlers::search)
        .page("/pages/{slug}", no_parameters, shop::pages::show)
}

/// All other routes.
fn other_routes() -> Router<App> {
    Router::new()
        .route("/robots.txt", get(shop::pages::robots))
        .route("/sitemap.xml", get(shop::sitemap::index))
        .route("/sitemaps/{name}", get(shop::sitemap::file))
        .route("/search/suggest", get(catalog::handlers::suggest))
        .route("/cart", get(shop::cart::show))
        .route("/cart/items", post(cart::handlers::add))
        .route("/cart/items/{id}", post(cart::handlers::change))
        .route("/cart/items/{id}/remove", post(cart::handlers::remove))
        .route("/cart/clear", post(cart::handlers::clear))
        .route("/cart/note", post(cart::handlers::set_note))
        .route("/checkout", get(checkout::handlers::show).post(checkout::handlers::submit))
        .route("/checkout/totals", post(checkout::handlers::totals))
        .route("/orders/track", get(orders::track::handlers::show).post(orders::track::handlers::submit))
        .route("/orders/{number}", get(orders::handlers::show))
        .route("/orders/{number}/invoice", get(orders::invoice::handlers::show))
        .route("/orders/{number}/reorder", post(orders::reorder::handlers::submit))
        .route("/orders/{number}/cancel", get(orders::cancel::handlers::ask).post(orders::cancel::handlers::submit))
        .route("/films/{slug}/alerts", post(alerts::handlers::request))
        .route("/alerts/{token}/confirm", get(alerts::handlers::ask_to_confirm).post(alerts::handlers::confirm))
        .route(
            "/alerts/{token}/unsubscribe",
            get(alerts::handlers::ask_to_unsubscribe).post(alerts::handlers::unsubscribe),
        )
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
}

/// The shop as it is served. Requests reach the routes through the front, which has taken the language off the path.
pub fn service(app: App) -> Front {
    let public = public_routes();
    let development = app.config().environment == Environment::Dev;
    let routes = other_routes()
        .merge(public.router())
        .merge(if development { shop::dev_mail::routes() } else { Router::new() })
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::NotFound })
        .layer(middleware::from_fn(tell_route))
        // Refuses unsafe requests of other sites by fetch metadata; pages need no tokens and stay cacheable.
        .layer(CsrfLayer::new().with_rejection_response(|_| Error::CrossSite.into_response()))
        .with_state(app.clone());
    Front::new(app, public, routes)
}

/// Tells the edge which route answered, for the log.
async fn tell_route(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(shell::Route(Arc::from(route.as_str())));
    }
    response
}
