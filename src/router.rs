//! The whole URL map, who may use what of it, and the layers around it.

mod access;

use std::sync::Arc;

pub use access::Access;
use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use tower_http::csrf::CsrfLayer;

use crate::{
    accounts::{addresses::handlers as addresses, handlers as accounts, preferences::handlers as preferences},
    alerts,
    app::App,
    cart,
    catalog::{self, filters, posters},
    checkout, orders,
    personnel::Permission::{
        AuditExport, AuditView, CatalogEdit, CustomersEdit, CustomersView, DashboardView, OrdersEdit, OrdersView,
        ReviewsModerate, StockEdit, StockView, SystemOperate, SystemView,
    },
    platform::{config::Environment, db::Meter, error::Error, metrics::REQUESTS},
    privacy::{self, removal},
    recent, reminders,
    reviews::{self, address::of_reviews},
    shell::{self, Front, Panel, PublicRoutes, no_parameters},
    shop, staff, wishlists,
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

/// All other routes: each with the rule that tells who may use it.
fn other_routes(app: &App) -> Table {
    use Access::{Anybody, Public};
    [purchases, lists_and_reviews, own_account, back_office]
        .into_iter()
        .fold(Table::new(app), |table, add| add(table))
        .at(Public, "/robots.txt", get(shop::pages::robots))
        .at(Public, "/sitemap.xml", get(shop::sitemap::index))
        .at(Public, "/sitemaps/{name}", get(shop::sitemap::file))
        .at(Public, "/search/suggest", get(catalog::handlers::suggest))
        .at(Anybody, "/films/{slug}/alerts", post(alerts::handlers::request))
        .at(Public, "/alerts/{token}/confirm", get(alerts::handlers::ask_to_confirm).post(alerts::handlers::confirm))
        .at(
            Public,
            "/alerts/{token}/unsubscribe",
            get(alerts::handlers::ask_to_unsubscribe).post(alerts::handlers::unsubscribe),
        )
        .at(Anybody, "/recent", post(recent::handlers::submit))
        .at(Public, "/theme", post(shop::preferences::set_theme))
        .at(Public, "/csp-report", post(shop::preferences::csp_report))
        .at(Public, "/static/{name}", get(shop::assets::show))
        .at(Public, "/media/posters/{name}", get(posters::handlers::poster))
        .at(Public, "/media/stills/{name}", get(posters::handlers::still))
        .at(Public, "/media/og/{name}", get(posters::handlers::preview))
        .at(Public, "/favicon.ico", get(shop::assets::favicon))
        .at(Public, "/healthz", get(shop::health::healthz))
        .at(Public, "/readyz", get(shop::health::readyz))
        .at(Public, "/version", get(shop::health::version))
}

/// From the cart to the order and what comes after it.
fn purchases(table: Table) -> Table {
    use Access::{Anybody, Customer};
    table
        .at(Anybody, "/cart", get(shop::cart::show))
        .at(Anybody, "/cart/items", post(shop::cart::add))
        .at(Anybody, "/cart/items/{id}", post(cart::handlers::change))
        .at(Anybody, "/cart/items/{id}/gift", post(cart::handlers::set_gift))
        .at(Anybody, "/cart/items/{id}/remove", post(cart::handlers::remove))
        .at(Anybody, "/cart/clear", post(cart::handlers::clear))
        .at(Anybody, "/cart/note", post(cart::handlers::set_note))
        .at(
            Anybody,
            "/cart/restore/{token}",
            get(reminders::handlers::ask_to_restore).post(reminders::handlers::restore),
        )
        .at(Anybody, "/checkout", get(checkout::handlers::show).post(checkout::handlers::submit))
        .at(Anybody, "/checkout/totals", post(checkout::handlers::totals))
        .at(Anybody, "/orders/track", get(orders::track::handlers::show).post(orders::track::handlers::submit))
        .at(Anybody, "/orders/{number}", get(orders::handlers::show))
        .at(Anybody, "/orders/{number}/invoice", get(orders::invoice::handlers::show))
        .at(Anybody, "/orders/{number}/reorder", post(orders::reorder::handlers::submit))
        .at(
            Anybody,
            "/orders/{number}/cancel",
            get(orders::cancel::handlers::ask).post(orders::cancel::handlers::submit),
        )
        .at(Customer, "/account/orders", get(orders::history::handlers::show))
        .at(Customer, "/account/orders/{number}", get(orders::handlers::show))
        .at(Customer, "/account/orders/{number}/invoice", get(orders::invoice::handlers::show))
        .at(Customer, "/account/orders/{number}/reorder", post(orders::reorder::handlers::submit))
        .at(
            Customer,
            "/account/orders/{number}/cancel",
            get(orders::cancel::handlers::ask).post(orders::cancel::handlers::submit),
        )
}

/// What people want to see, and what they say of it.
fn lists_and_reviews(table: Table) -> Table {
    use Access::{Anybody, Customer};
    table
        .at(Customer, "/films/{slug}/reviews", post(reviews::handlers::write))
        .at(Customer, "/films/{slug}/reviews/new", get(reviews::handlers::show_new))
        .at(Customer, "/reviews/{id}/edit", get(reviews::handlers::show_edit).post(reviews::handlers::edit))
        .at(Customer, "/reviews/{id}/delete", post(reviews::handlers::delete))
        .at(Customer, "/reviews/{id}/vote", post(reviews::handlers::vote))
        .at(Customer, "/reviews/{id}/report", post(reviews::handlers::report))
        .at(Customer, "/account/reviews", get(reviews::handlers::own))
        .at(Customer, "/account/wishlists", get(wishlists::handlers::show_default).post(wishlists::handlers::create))
        .at(Customer, "/account/wishlists/films", post(wishlists::handlers::add))
        .at(Customer, "/account/wishlists/{id}", get(wishlists::handlers::show))
        .at(Customer, "/account/wishlists/{id}/share", post(wishlists::handlers::share))
        .at(Customer, "/account/wishlists/{id}/delete", post(wishlists::handlers::delete))
        .at(Customer, "/account/wishlists/{id}/films/{film}/remove", post(wishlists::handlers::remove))
        .at(Customer, "/account/wishlists/{id}/films/{film}/cart", post(wishlists::handlers::move_to_cart))
        .at(Anybody, "/wishlists/{token}", get(wishlists::handlers::show_shared))
}

/// The account and its doors.
fn own_account(table: Table) -> Table {
    use Access::{Anybody, Customer, Public};
    table
        .at(Public, "/account/register", get(accounts::register::show).post(accounts::register::submit))
        .at(Anybody, "/account/verify/{token}", get(accounts::confirm::ask).post(accounts::confirm::submit))
        .at(Customer, "/account/verify", post(accounts::confirm::send_again))
        .at(Public, "/account/login", get(shop::account::door::show).post(shop::account::door::sign_in))
        .at(Public, "/account/logout", post(shop::account::door::sign_out))
        .at(Public, "/account/password/forgot", get(accounts::password::ask).post(accounts::password::forgot))
        .at(Public, "/account/password/reset/{token}", get(accounts::password::choose).post(accounts::password::reset))
        .at(Customer, "/account", get(shop::account::overview::show))
        .at(Customer, "/account/for-you", get(shop::account::for_you::show).post(shop::account::for_you::choose))
        .at(Customer, "/account/profile", get(accounts::profile::show).post(accounts::profile::submit))
        .at(Customer, "/account/password", get(accounts::password::show).post(accounts::password::change))
        .at(Customer, "/account/data", get(privacy::handlers::show).post(privacy::export::handlers::ask))
        .at(Customer, "/account/delete", get(removal::handlers::ask).post(removal::handlers::submit))
        .at(Public, "/account/deleted", get(removal::handlers::show_deleted))
        .at(Customer, "/account/data/file", get(privacy::export::handlers::download))
        .at(Customer, "/account/preferences", get(preferences::show).post(preferences::submit))
        .at(Public, "/mails/{token}/unsubscribe", get(preferences::ask_to_unsubscribe).post(preferences::unsubscribe))
        .at(Customer, "/account/addresses", get(addresses::list))
        .at(Customer, "/account/addresses/new", get(addresses::show_new).post(addresses::add))
        .at(Customer, "/account/addresses/{id}", get(addresses::show).post(addresses::change))
        .at(Customer, "/account/addresses/{id}/default", post(addresses::make_default))
        .at(Customer, "/account/addresses/{id}/delete", get(addresses::ask_to_delete).post(addresses::delete))
}

/// The back office: each route with the permission that it takes.
fn back_office(table: Table) -> Table {
    use Access::{Public, Staff};
    table
        .at(Public, "/admin/login", get(staff::door::handlers::show).post(staff::door::handlers::submit))
        .at(Public, "/admin/logout", post(staff::door::handlers::leave))
        .at(Staff(DashboardView), "/admin", get(staff::dashboard::handlers::show))
        .at(Staff(OrdersView), "/admin/orders", get(staff::orders::handlers::list))
        .at(Staff(OrdersView), "/admin/orders/{number}", get(staff::orders::handlers::show))
        .at(Staff(OrdersEdit), "/admin/orders/{number}/status", post(staff::orders::handlers::advance))
        .at(Staff(OrdersEdit), "/admin/orders/{number}/shipments", post(staff::orders::handlers::ship))
        .at(Staff(OrdersEdit), "/admin/orders/{number}/notes", post(staff::orders::handlers::add_note))
        .at(Staff(OrdersEdit), "/admin/orders/{number}/messages/{id}/resend", post(staff::orders::handlers::resend))
        .at(Staff(CustomersView), "/admin/customers/{id}", get(staff::customers::handlers::show))
        .at(Staff(CustomersEdit), "/admin/customers/{id}/tier", post(staff::customers::handlers::set_tier))
        .at(Staff(StockView), "/admin/stock", get(staff::stock::handlers::list))
        .at(Staff(StockView), "/admin/stock/{sku}", get(staff::stock::handlers::show))
        .at(Staff(StockEdit), "/admin/stock/adjust", post(staff::stock::handlers::adjust))
        .at(Staff(CatalogEdit), "/admin/editions/{sku}", post(staff::stock::handlers::reprice))
        .at(Staff(AuditView), "/admin/audit", get(staff::audit::handlers::list))
        .at(Staff(AuditExport), "/admin/audit.csv", get(staff::audit::handlers::export))
        .at(Staff(SystemView), "/admin/system/slow", get(staff::slow::handlers::list))
        .at(Staff(SystemView), "/admin/system", get(staff::system::handlers::show))
        .at(Staff(SystemOperate), "/admin/system/maintenance", post(staff::system::handlers::maintenance))
        .at(Staff(SystemOperate), "/admin/system/cache/clear", post(staff::system::handlers::clear_cache))
        .at(Staff(SystemOperate), "/admin/system/jobs/purge", post(staff::system::handlers::purge))
        .at(Staff(SystemOperate), "/admin/system/jobs/{id}/retry", post(staff::system::handlers::retry))
        .at(Staff(SystemOperate), "/admin/system/doctor", post(staff::system::handlers::examine))
        .at(Staff(ReviewsModerate), "/admin/reviews", get(staff::reviews::handlers::list))
        .at(Staff(ReviewsModerate), "/admin/reviews/bulk", post(staff::reviews::handlers::decide_all))
        .at(Staff(ReviewsModerate), "/admin/reviews/{id}", get(staff::reviews::handlers::show))
        .at(Staff(ReviewsModerate), "/admin/reviews/{id}/approve", post(staff::reviews::handlers::approve))
        .at(Staff(ReviewsModerate), "/admin/reviews/{id}/reject", post(staff::reviews::handlers::reject))
        .at(Staff(ReviewsModerate), "/admin/reviews/{id}/feature", post(staff::reviews::handlers::feature))
        .at(Staff(ReviewsModerate), "/admin/reviews/{id}/reply", post(staff::reviews::handlers::reply))
}

/// Routes and their rules.
pub struct Table {
    app: App,
    router: Router<App>,
    rules: Vec<(&'static str, Access)>,
}

impl Table {
    fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), rules: Vec::new() }
    }

    /// A route that answers whoever its rule lets in.
    fn at(mut self, access: Access, path: &'static str, route: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, access.guard(&self.app, route));
        self.rules.push((path, access));
        self
    }
}

/// Every route with its rule. Pages that are kept are the same for everybody by their handlers' types.
pub fn rules(app: &App) -> Vec<(&'static str, Access)> {
    let kept = public_routes().patterns().map(|pattern| (pattern, Access::Public)).collect::<Vec<_>>();
    [kept, other_routes(app).rules].concat()
}

/// The shop as it is served. Requests reach the routes through the front, which has taken the language off the path.
pub fn service(app: App) -> Front {
    let public = public_routes();
    let Table { router, rules, .. } = other_routes(&app);
    REQUESTS.know(public.patterns(), rules.iter().map(|(path, _)| *path));
    let routes =
        if app.config().environment == Environment::Dev { router.merge(shop::dev_mail::routes()) } else { router };
    around(app, public, routes)
}

/// These routes with all that stands around every request. `public` are kept, and answered like the others.
pub fn around(app: App, public: PublicRoutes, routes: Router<App>) -> Front {
    let routes = routes
        .merge(public.router())
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::NotFound })
        .layer(middleware::from_fn(tell_route))
        // Refuses unsafe requests of other sites by fetch metadata; pages need no tokens and stay cacheable.
        .layer(CsrfLayer::new().with_rejection_response(|_| Error::CrossSite.into_response()))
        .with_state(app.clone());
    let panel = (app.config().environment == Environment::Dev).then(Panel::default);
    Front::new(app, public, routes, panel)
}

/// Tells the edge which route answered, and the meter which one asks.
async fn tell_route(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    if let (Some(route), Some(meter)) = (&route, request.extensions().get::<Arc<Meter>>()) {
        meter.asked_by(route.as_str());
    }
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(shell::Route(Arc::from(route.as_str())));
    }
    response
}
