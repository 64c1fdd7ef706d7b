//! Kept pages: the same for everybody, true within a second, and never anybody else's.

mod aside;
mod changes;
mod misses;
mod picks;
mod redis;
mod visitors;

use std::{
    io::Read,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use marquee::{
    catalog::{Format, ProductStatus, actions, queries::Prices},
    platform::clock,
};

use crate::support::{
    Answer, TestApp,
    factory::{Film, edition, product},
};

const KEPT: (&str, &str) = ("MARQUEE_CACHE_TTL", "300");

async fn shop() -> TestApp {
    TestApp::with(&[KEPT]).await
}

async fn matrix(app: &TestApp) -> Film {
    let film = product().title("The Matrix").slug("the-matrix-1999").year(1999);
    film.with(edition(Format::Dvd, 1999, 50).sku("MX-DVD")).insert(&mut app.conn().await).await
}

async fn set_price(app: &TestApp, film: &Film, price_minor: i64) {
    let mut tx = app.app.db.begin().await.unwrap();
    let prices = Prices { price_minor, sale_price_minor: None, sale_from: None, sale_to: None };
    actions::set_prices(&mut tx, film.editions[0].id, prices, "test", clock::now()).await.unwrap();
    tx.commit().await.unwrap();
}

fn shows(answer: &Answer, price: &str) -> bool {
    answer.texts(".price").iter().any(|text| text.contains(price))
}

/// Asks until the page shows what it must, for a second at most.
async fn seen_within_a_second(app: &TestApp, path: &str, price: &str) {
    let start = Instant::now();
    while !shows(&app.guest().get(path).await, price) {
        assert!(start.elapsed() < Duration::from_secs(1), "{path} does not show {price}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_page_is_made_once_and_sent_to_all() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    for path in
        ["/", "/films", "/films?format=dvd", "/films/the-matrix-1999", "/ru/films", "/search?q=matrix", "/pages/about"]
    {
        let first = app.guest().get(path).await;
        assert_eq!((first.status, first.cache()), (StatusCode::OK, "miss"), "{path}");
        let second = app.guest().get(path).await;
        assert_eq!((second.cache(), second.statements()), ("hit", 0), "{path}");
        assert_eq!(first.body, second.body, "{path}");
    }
    let known = app.guest().get("/films?utm_source=x&format=dvd&colour=red").await;
    assert_eq!(known.cache(), "hit", "unknown parameters name no page of their own");
    for path in ["/cart", "/search?q=matrix&page=2", "/readyz"] {
        assert_eq!(app.guest().get(path).await.cache(), "off", "{path}");
    }
}

#[tokio::test]
async fn caches_are_told_the_truth() {
    let app = shop().await;
    app.follow().await;
    app.guest().get("/films").await;
    let page = app.guest().get("/films").await;
    assert_eq!(page.header("cache-control"), "public, max-age=0, s-maxage=1, stale-while-revalidate=1");
    assert_eq!(page.header("vary"), "accept-encoding, cookie");
    let again = app.guest().with_header("if-none-match", page.header("etag")).get("/films").await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), page.header("etag"));
    let head = app.guest().send(Method::HEAD, "/films", Body::empty(), None).await;
    assert_eq!((head.status, head.cache()), (StatusCode::OK, "hit"));

    let somebody = app.guest();
    somebody.set_cookie("theme", "dark");
    let own = somebody.with_header("if-none-match", page.header("etag")).get("/films").await;
    assert_eq!((own.status, own.header("cache-control")), (StatusCode::OK, "private, no-store"));
    assert!(own.header("etag").is_empty());
    assert_eq!(own.attributes("[name=theme][checked]", "value"), ["dark"]);
}

#[tokio::test]
async fn every_encoding_holds_the_same_page() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let guest = app.guest();
    let reads_all = guest.with_header("accept-encoding", "gzip, br");
    let first = reads_all.get("/films").await;
    assert_eq!(
        (first.cache(), first.header("content-encoding")),
        ("miss", "gzip"),
        "nobody knows yet if it is worth more"
    );
    let plain = guest.get("/films").await;
    assert_eq!(inflated(&first), plain.body);
    let brotli = loop {
        let answer = reads_all.get("/films").await;
        if answer.header("content-encoding") == "br" {
            break answer;
        }
        assert_eq!(inflated(&answer), plain.body, "until it is made");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let mut text = Vec::new();
    brotli::Decompressor::new(brotli.body.as_ref(), 4096).read_to_end(&mut text).unwrap();
    assert_eq!(text, plain.body);
    let zstd = guest.with_header("accept-encoding", "zstd").get("/films").await;
    assert_eq!(zstd.header("content-encoding"), "zstd");
    assert_eq!(zstd::bulk::decompress(&zstd.body, plain.body.len()).unwrap(), plain.body);
    let gzip = guest.with_header("accept-encoding", "gzip").get("/films").await;
    assert_eq!((gzip.header("content-encoding"), inflated(&gzip)), ("gzip", plain.body.to_vec()));
}

fn inflated(answer: &Answer) -> Vec<u8> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(answer.body.as_ref()).read_to_end(&mut text).unwrap();
    text
}

#[tokio::test]
async fn what_is_no_page_is_not_kept() {
    let app = shop().await;
    let film = product().title("Later").slug("later").status(ProductStatus::Draft).edition(Format::Dvd, 999, 5);
    let film = film.insert(&mut app.conn().await).await;
    app.follow().await;
    for _ in 0..2 {
        let answer = app.guest().get("/films/later").await;
        assert_eq!((answer.status, answer.cache()), (StatusCode::NOT_FOUND, "miss"));
    }
    app.database.execute(&format!("UPDATE products SET status = 'active' WHERE id = {}", film.id)).await;
    assert_eq!(app.guest().get("/films/later").await.status, StatusCode::OK);
}
