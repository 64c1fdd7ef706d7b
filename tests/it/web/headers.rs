//! What every answer carries, and what no answer may cost.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use marquee::catalog::Format;

use crate::support::{Answer, Shopper, TestApp, factory::product};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'; report-uri /csp-report";

fn assert_secured(answer: &Answer, what: &str) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {what}");
    }
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
}

#[tokio::test]
async fn every_kind_of_answer_is_secured() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    app.index().await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let film_page = format!("/films/{}", film.slug);
    let home = shopper.client.get("/").await;
    let sheet = home.attributes("link[rel=stylesheet]", "href").remove(0);
    for path in [
        "/",
        "/films",
        &film_page,
        "/search?q=film",
        "/cart",
        "/checkout",
        "/nowhere",
        "/robots.txt",
        "/healthz",
        &sheet,
    ] {
        assert_secured(&shopper.client.get(path).await, path);
    }
    assert_secured(&shopper.client.post("/theme", &[("theme", "dark")]).await, "a redirect");
    let foreign = shopper.client.with_header("sec-fetch-site", "cross-site");
    assert_secured(&foreign.post("/theme", &[("theme", "dark")]).await, "a refusal");
    assert!(home.header("strict-transport-security").is_empty(), "not under http");
}

#[tokio::test]
async fn https_brings_hsts_and_secure_cookies_bound_to_the_host() {
    let app = TestApp::with(&[("MARQUEE_BASE_URL", "https://shop.test")]).await;
    let answer = app.guest().post("/theme", &[("theme", "dark")]).await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-theme=dark; Path=/;") && cookie.contains("; Secure"), "{cookie}");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn assets_and_media_may_live_elsewhere() {
    let elsewhere = [("MARQUEE_ASSET_URL", "https://cdn.test"), ("MARQUEE_MEDIA_URL", "https://media.test")];
    let app = TestApp::with(&elsewhere).await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let page = app.guest().get(&format!("/films/{}", film.slug)).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("style-src 'self' https://cdn.test;") && policy.contains("https://media.test"), "{policy}");
    for (selector, attribute) in [("link[rel=stylesheet]", "href"), ("script[src]", "src"), ("link[rel=icon]", "href")]
    {
        let urls = page.attributes(selector, attribute);
        assert!(urls.iter().all(|url| url.starts_with("https://cdn.test/static/")), "{urls:?}");
    }
    let pictures = page.attributes("main img", "src");
    assert!(
        !pictures.is_empty() && pictures.iter().all(|url| url.starts_with("https://media.test/media/")),
        "{pictures:?}"
    );
}

#[tokio::test]
async fn pages_travel_compressed_where_that_is_understood() {
    let app = TestApp::new().await;
    let plain = app.guest().get("/cart").await;
    let small = app.guest().with_header("accept-encoding", "gzip").get("/cart").await;
    assert_eq!((plain.header("content-encoding"), small.header("content-encoding")), ("", "gzip"));
    assert!(small.body.len() * 2 < plain.body.len() && small.body.starts_with(&[0x1f, 0x8b]));
    assert!(small.header("vary").contains("accept-encoding"));
    let newest = app.guest().with_header("accept-encoding", "gzip, deflate, br, zstd").get("/cart").await;
    assert_eq!(newest.header("content-encoding"), "zstd");
    let font = plain.attributes("link[rel=preload][as=font]", "href").remove(0);
    let font = app.guest().with_header("accept-encoding", "gzip").get(&font).await;
    assert_eq!(font.header("content-encoding"), "", "a font gains nothing");
}

#[tokio::test]
async fn too_large_and_too_many_are_refused_with_a_page() {
    let app = TestApp::new().await;
    let guest = app.guest();
    let form = Some("application/x-www-form-urlencoded");
    let large = guest.send(Method::POST, "/cart/items", Body::from("a".repeat(70_000)), form).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let many = guest.send(Method::POST, "/cart/items", Body::from("a=1&".repeat(500)), form).await;
    assert_eq!(many.status, StatusCode::BAD_REQUEST);
    for refused in [large, many] {
        assert!(refused.text().contains(refused.header("x-request-id")));
    }
}

#[tokio::test]
async fn a_fault_of_ours_tells_nothing_but_its_number() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    // A column that no rule and no other column is made of: not every server renames the others.
    app.database.execute("ALTER TABLE editions RENAME COLUMN region_code TO hidden").await;
    let answer = app.guest().get(&format!("/films/{}", film.slug)).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.text().contains(answer.header("x-request-id")));
    for secret in ["region_code", "SELECT", "editions", "mysql", "column"] {
        assert!(!answer.text().contains(secret), "{secret} is shown");
    }
}

#[tokio::test]
async fn a_visitor_with_a_cart_costs_no_more_than_the_budget() {
    let app = TestApp::new().await;
    let film = product().featured().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    app.index().await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let film_page = format!("/films/{}", film.slug);
    for (path, most) in [("/", 4), ("/films", 2), (film_page.as_str(), 4), ("/search?q=film", 2), ("/cart", 3)] {
        let answer = shopper.client.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.statements() <= most, "{path} ran {} statements", answer.statements());
        assert_eq!(answer.attributes("[data-cart-count]", "data-cart-count"), ["1"], "{path}");
    }
    let home = shopper.client.get("/").await;
    for asset in home.attributes("link[rel=stylesheet], link[rel=icon]", "href") {
        let answer = shopper.client.get(&asset).await;
        assert_eq!(answer.statements(), 0, "{asset}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
}
