//! What belongs to a customer is nobody else's: every route that names something, tried by others.

use axum::http::StatusCode;
use marquee::{
    catalog::Format,
    personnel::Role,
    router::{self, Access},
};

use crate::support::{Answer, Client, Shopper, TestApp, factory::product};

/// What somebody else may do with the thing that a route names.
enum Others {
    /// It is not there for them.
    Nothing,
    /// It is there for all who are signed in, and what they do is in their own name.
    Share,
    /// It opens to whoever holds its secret, which is no number.
    HoldSecret,
}

/// The decision for each route below that names something; a new one has to be decided on here.
fn decision(path: &str) -> Others {
    match path {
        "/films/{slug}/alerts"
        | "/films/{slug}/reviews"
        | "/films/{slug}/reviews/new"
        | "/reviews/{id}/vote"
        | "/reviews/{id}/report" => Others::Share,
        "/wishlists/{token}" | "/cart/restore/{token}" | "/account/verify/{token}" => Others::HoldSecret,
        _ if path.starts_with("/cart/items/{id}") || path.starts_with("/reviews/{id}") => Others::Nothing,
        _ if path.starts_with("/orders/{number}") || path.starts_with("/account/") => Others::Nothing,
        _ => panic!("{path}: what may others do with it?"),
    }
}

/// A customer with an order, a review, a list, an address and a cart.
struct Nora {
    client: Client,
    order: String,
    review: i64,
    wishlist: i64,
    address: i64,
    film: u64,
    slug: String,
    line: i64,
}

impl Nora {
    async fn new(app: &TestApp) -> Self {
        let film = product().title("M").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
        let (_, client) = app.customer("Nora").await;
        let shopper = Shopper { client: client.clone() };
        let order = shopper.order(&[(&film.editions[0].sku, 1)]).await;
        let again = [("sku", film.editions[0].sku.as_str()), ("quantity", "2"), ("again", "1")];
        client.submit("/cart/items", &again).await;
        let review = [("rating", "5"), ("title", "A title"), ("body", "Fritz Lang at his best.")];
        let wrote = client.post(&format!("/films/{}/reviews", film.slug), &review).await;
        assert_eq!(wrote.status, StatusCode::SEE_OTHER, "{}", wrote.text());
        let saved = client.post("/account/wishlists/films", &[("slug", &film.slug)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let kept = client.post("/account/addresses/new", &FORM).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        let id = |table: &str| format!("SELECT CAST(MAX(id) AS SIGNED) FROM {table}");
        Self {
            client,
            order,
            review: app.database.number(&id("reviews")).await,
            wishlist: app.database.number(&id("wishlists")).await,
            address: app.database.number(&id("addresses")).await,
            line: app.database.number(&id("cart_items")).await,
            film: film.id,
            slug: film.slug,
        }
    }

    /// The route with what is hers in it.
    fn path(&self, route: &str) -> String {
        let id = if route.starts_with("/reviews/") {
            self.review
        } else if route.starts_with("/cart/") {
            self.line
        } else if route.starts_with("/account/addresses/") {
            self.address
        } else {
            self.wishlist
        };
        route
            .replace("{id}", &id.to_string())
            .replace("{number}", &self.order)
            .replace("{film}", &self.film.to_string())
            .replace("{slug}", &self.slug)
            .replace("{token}", &id.to_string())
    }

    /// All that is hers, as the database has it.
    async fn things(app: &TestApp) -> Vec<String> {
        let mut things = Vec::new();
        for query in [
            "SELECT CONCAT_WS('|', number, status, version) FROM orders",
            "SELECT CONCAT_WS('|', id, status, rating, body, version) FROM reviews",
            "SELECT CONCAT_WS('|', id, name, share_token IS NULL) FROM wishlists WHERE id = 1",
            "SELECT CONCAT_WS('|', wishlist_id, product_id) FROM wishlist_items WHERE wishlist_id = 1",
            "SELECT CONCAT_WS('|', id, client_id, name, city, is_default) FROM addresses",
            "SELECT CONCAT_WS('|', id, cart_id, quantity) FROM cart_items WHERE id = (SELECT MIN(id) FROM cart_items)",
        ] {
            things.extend(app.database.texts(query).await);
        }
        things
    }
}

/// Routes of customers and of anybody that name something.
fn routes(app: &TestApp) -> Vec<&'static str> {
    let rules = router::rules(&app.app).into_iter();
    let of_people = rules.filter(|(_, access)| matches!(access, Access::Customer | Access::Anybody));
    of_people.map(|(path, _)| path).filter(|path| path.contains('{')).collect()
}

/// Fields that keep the rules of every form below, so that nothing but whose it is stands in the way.
const FORM: [(&str, &str); 12] = [
    ("quantity", "1"),
    ("rating", "1"),
    ("title", "Another title"),
    ("body", "Not by the one who wrote it."),
    ("shared", "1"),
    ("format", "dvd"),
    ("reason", "Changed my mind"),
    ("name", "Marta"),
    ("phone", "+998901234567"),
    ("country", "UZ"),
    ("city", "Samarkand"),
    ("line1", "1 Registan Square"),
];

async fn both(client: &Client, path: &str) -> [Answer; 2] {
    [client.get(path).await, client.post(path, &FORM).await]
}

#[tokio::test]
async fn what_is_a_customers_is_there_for_nobody_else() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let before = Nora::things(&app).await;
    let (stranger, (_, other)) = (app.guest(), app.customer("Marta").await);
    let employee = app.employee(&[Role::Owner]).await;
    let routes = routes(&app);
    assert!(routes.len() > 15, "{routes:?}");
    for route in routes {
        let path = nora.path(route);
        if matches!(decision(route), Others::Share) {
            continue;
        }
        // A link of a mail may have been one once.
        let is_hidden = |answer: &Answer| matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE);
        for answer in both(&other, &path).await {
            assert!(is_hidden(&answer), "{route} for another customer: {}", answer.status);
        }
        for client in [&stranger, &employee] {
            for answer in both(client, &path).await {
                let is_sent_away = answer.header("location").starts_with("/account/login?next=");
                assert!(is_sent_away || is_hidden(&answer), "{route}: {}", answer.status);
            }
        }
    }
    assert_eq!(Nora::things(&app).await, before, "and all is as it was");
    for route in [
        "/orders/{number}",
        "/account/orders/{number}",
        "/reviews/{id}/edit",
        "/account/wishlists/{id}",
        "/account/addresses/{id}",
    ] {
        assert_eq!(nora.client.get(&nora.path(route)).await.status, StatusCode::OK, "{route}: hers");
    }
}

#[tokio::test]
async fn pages_of_an_account_show_its_own_things_alone() {
    let app = TestApp::new().await;
    let nora = Nora::new(&app).await;
    let (_, other) = app.customer("Marta").await;
    let rules = router::rules(&app.app).into_iter();
    let own = rules.filter(|(path, access)| *access == Access::Customer && !path.contains('{'));
    for (path, _) in own {
        let answer = other.get(path).await;
        assert!(matches!(answer.status.as_u16(), 200 | 404), "{path}: {}", answer.status);
        for hers in [nora.order.as_str(), "Nora", "nora-", "Fritz Lang"] {
            assert!(!answer.text().contains(hers), "{path} shows {hers}");
        }
    }
}

#[tokio::test]
async fn cookies_are_kept_from_scripts_from_other_sites_and_from_the_open_wire() {
    for (base, secure, prefix) in [("https://shop.test", true, "__Host-"), ("http://shop.test", false, "")] {
        let app = TestApp::with(&[("MARQUEE_BASE_URL", base)]).await;
        let guest = app.guest();
        let fields = [("name", "Nora"), ("email", "nora@shop.test"), ("password", "a line from a film")];
        guest.post("/account/register", &fields).await;
        app.hire("grace@shop.test", &[Role::Owner]).await;
        let doors = [
            guest.post("/account/login", &[("login", "nora@shop.test"), ("password", "a line from a film")]).await,
            guest.post("/admin/login", &[("login", "grace@shop.test"), ("password", crate::support::PASSWORD)]).await,
        ];
        let cookies: Vec<_> = doors.iter().flat_map(|answer| answer.headers.get_all("set-cookie")).collect();
        for name in ["sid", "device", "staff_sid", "staff_device"] {
            let named = format!("{prefix}{name}=");
            assert!(cookies.iter().any(|cookie| cookie.to_str().unwrap().starts_with(&named)), "{named}");
        }
        for cookie in cookies {
            let cookie = cookie.to_str().unwrap();
            for flag in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                assert!(cookie.contains(flag), "{cookie}");
            }
            assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
}
