//! Kept pages: the same for everybody, true within a second, and never anybody else's.

use std::{
    io::Read,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use futures_util::future::join_all;
use marquee::{
    catalog::{Format, ProductStatus, actions, queries::Prices},
    platform::clock,
};

use crate::support::{
    Answer, Proxy, TestApp, TestDatabase,
    factory::{Film, edition, product},
    redis_url,
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
        ["/", "/films", "/films?genre=drama", "/films/the-matrix-1999", "/ru/films", "/search?q=matrix", "/pages/about"]
    {
        let first = app.guest().get(path).await;
        assert_eq!((first.status, first.cache()), (StatusCode::OK, "miss"), "{path}");
        let second = app.guest().get(path).await;
        assert_eq!((second.cache(), second.statements()), ("hit", 0), "{path}");
        assert_eq!(first.body, second.body, "{path}");
    }
    let known = app.guest().get("/films?utm_source=x&genre=drama&colour=red").await;
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
    let plain = guest.get("/films").await;
    let brotli = guest.with_header("accept-encoding", "gzip, br").get("/films").await;
    assert_eq!(brotli.header("content-encoding"), "br");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_through_one_node_is_seen_on_the_other_within_a_second() {
    let one = shop().await;
    let film = matrix(&one).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    one.follow().await;
    other.follow().await;
    for change in 0..40 {
        let (price, text) = (1_000 + change, format!("${}.{:02}", 10 + change / 100, change % 100));
        set_price(&one, &film, price).await;
        for path in ["/films/the-matrix-1999", "/films", "/"] {
            tokio::join!(seen_within_a_second(&other, path, &text), seen_within_a_second(&one, path, &text));
        }
    }
}

#[tokio::test]
async fn what_another_process_committed_before_it_died_is_seen_all_the_same() {
    let app = shop().await;
    let film = matrix(&app).await;
    app.follow().await;
    assert!(shows(&app.guest().get("/films/the-matrix-1999").await, "$19.99"));
    // The rows of a transaction whose process told nobody.
    let statements = format!(
        "UPDATE editions SET price_minor = 777 WHERE product_id = {id}; INSERT INTO cache_invalidations (tag) VALUES ('film:{id}')",
        id = film.id
    );
    for statement in statements.split(';') {
        app.database.execute(statement).await;
    }
    seen_within_a_second(&app, "/films/the-matrix-1999", "$7.77").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_who_miss_a_page_at_once_one_makes_it() {
    let one = shop().await;
    matrix(&one).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    one.follow().await;
    other.follow().await;
    let asked = (0..200).map(|turn| {
        let guest = if turn % 2 == 0 { one.guest() } else { other.guest() };
        async move { guest.get("/films/the-matrix-1999").await }
    });
    let answers = join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK && answer.body == answers[0].body));
    let made = |app: &TestApp| app.app.pages.counters().made;
    assert_eq!(made(&one) + made(&other), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_ever_sees_what_is_anothers() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let (anna, boris) = (app.guest(), app.guest());
    anna.get("/films").await;
    anna.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "2")]).await;
    boris.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "7")]).await;
    anna.set_cookie("theme", "dark");
    let visits = (0..150).map(|turn| {
        let (client, count, theme) = match turn % 3 {
            0 => (anna.clone(), vec!["2".to_owned()], "dark"),
            1 => (boris.clone(), vec!["7".to_owned()], "system"),
            _ => (app.guest(), vec![], "system"),
        };
        let encoding = ["identity", "gzip", "br, gzip"][turn % 7 % 3];
        async move {
            let path = ["/films", "/", "/films/the-matrix-1999"][turn % 5 % 3];
            let answer = client.with_header("accept-encoding", encoding).get(path).await;
            let text = match answer.header("content-encoding") {
                "gzip" => inflated(&answer),
                "br" => {
                    let mut text = Vec::new();
                    brotli::Decompressor::new(answer.body.as_ref(), 4096).read_to_end(&mut text).unwrap();
                    text
                }
                _ => answer.body.to_vec(),
            };
            let page = Answer { body: text.into(), ..answer };
            assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), count);
            assert_eq!(page.attributes("[name=theme][checked]", "value"), [theme]);
            let is_public = page.header("cache-control").starts_with("public");
            assert_eq!(is_public, count.is_empty(), "what holds somebody's own part is theirs alone");
        }
    });
    join_all(visits).await;
}

#[tokio::test]
async fn a_first_visit_can_buy_from_a_kept_page_and_reads_its_message_once() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    app.guest().get("/films/the-matrix-1999").await;
    let visitor = app.guest();
    let page = visitor.get("/films/the-matrix-1999").await;
    assert_eq!(page.cache(), "hit");
    let sku = page.field("sku");
    let sent = visitor.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let back = visitor.get("/films/the-matrix-1999").await;
    assert_eq!(back.cache(), "hit");
    assert_eq!(back.texts(".notice").len(), 1, "the message of the redirect");
    assert_eq!(back.attributes("[data-cart-count]", "data-cart-count"), ["1"]);
    assert_eq!(visitor.get("/films/the-matrix-1999").await.texts(".notice").len(), 0, "it is shown once");
}

#[tokio::test]
async fn the_count_of_a_changed_cart_is_never_an_old_one() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let visitor = app.guest();
    for count in 1..=5 {
        visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "1")]).await;
        for _ in 0..2 {
            let page = visitor.get("/films").await;
            assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), [count.to_string()]);
        }
    }
}

#[tokio::test]
async fn a_node_that_starts_takes_true_pages_from_redis_and_leaves_old_ones() {
    let one = shop().await;
    let film = matrix(&one).await;
    product().title("Other").slug("other").edition(Format::Dvd, 999, 5).insert(&mut one.conn().await).await;
    one.follow().await;
    for path in ["/films/the-matrix-1999", "/films/other"] {
        one.guest().get(path).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    set_price(&one, &film, 1234).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    other.follow().await;
    let kept = other.guest().get("/films/other").await;
    assert_eq!((kept.cache(), other.app.pages.counters().from_redis), ("hit", 1));
    assert!(shows(&other.guest().get("/films/the-matrix-1999").await, "$12.34"));
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

#[tokio::test]
async fn a_sale_leaves_the_lists_that_do_not_show_the_film() {
    let app = shop().await;
    let film = matrix(&app).await;
    product().title("Other").genre("drama").edition(Format::Dvd, 999, 5).insert(&mut app.conn().await).await;
    app.follow().await;
    let lists = ["/films?genre=drama", "/films"];
    for path in lists {
        app.guest().get(path).await;
    }
    let mut tx = app.app.db.begin().await.unwrap();
    let sale =
        actions::Adjustment { delta: -1, reason: marquee::catalog::StockReason::Damage, actor: "test", note: "" };
    actions::adjust_stock(&mut tx, film.editions[0].id, sale, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    let changes = app.app.db.changes();
    let before = changes.as_of();
    while changes.as_of() == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(app.guest().get(lists[0]).await.cache(), "hit", "49 of 50 left: nothing that it shows");
    assert_eq!(app.guest().get(lists[1]).await.cache(), "miss");
}

#[tokio::test]
async fn a_crawl_of_endless_addresses_pushes_nothing_hot_out() {
    let app = TestApp::with(&[KEPT, ("MARQUEE_CACHE_L1_MB", "1"), ("REDIS_URL", "redis://127.0.0.1:1/")]).await;
    matrix(&app).await;
    app.follow().await;
    app.guest().get("/films").await;
    for turn in 0..600 {
        app.guest().get(&format!("/films?year_min={}&price_max={}", 1900 + turn % 100, 10 + turn)).await;
        if turn % 10 == 0 {
            assert_eq!(app.guest().get("/films").await.cache(), "hit", "after {turn} others");
        }
    }
    let kept = app.app.pages.counters();
    assert!(kept.pages > 1 && kept.bytes <= 1 << 20, "{kept:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_nothing_is_vouched_for() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("DATABASE_URL", &wire.url)]);
    app.follow().await;
    app.guest().get("/films").await;
    assert_eq!(app.guest().get("/films").await.cache(), "hit");
    wire.cut();
    while app.app.pages.is_open() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(app.guest().get("/films").await.cache(), "off");
    wire.mend();
    let back = tokio::time::timeout(Duration::from_secs(5), async {
        while app.guest().get("/films").await.cache() != "hit" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    back.await.expect("pages are kept again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_costs_a_moment_and_is_left_alone() {
    // Takes connections and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://{}/", silent.local_addr().unwrap());
    let app = TestApp::with(&[KEPT, ("REDIS_URL", &url)]).await;
    matrix(&app).await;
    app.follow().await;
    let visitor = app.guest();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "3")]).await;
    for _ in 0..5 {
        visitor.get("/films").await;
    }
    let start = Instant::now();
    for _ in 0..20 {
        let page = visitor.get("/films").await;
        assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["3"]);
    }
    assert!(start.elapsed() < Duration::from_secs(2), "nobody waits for Redis any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_may_go_and_come_back() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::to_redis(&redis_url()).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("REDIS_URL", &wire.url)]);
    let film = matrix(&app).await;
    let other = TestApp::on(database, &[KEPT]);
    app.follow().await;
    other.follow().await;
    let visitor = app.guest();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "4")]).await;
    for turn in 0..3 {
        wire.cut();
        set_price(&other, &film, 2_000 + turn).await;
        seen_within_a_second(&app, "/films/the-matrix-1999", &format!("$20.0{turn}")).await;
        assert_eq!(visitor.get("/films").await.attributes("[data-cart-count]", "data-cart-count"), ["4"]);
        wire.mend();
    }
    let made = app.app.pages.counters().from_redis;
    let found = tokio::time::timeout(Duration::from_secs(10), async {
        for turn in 0.. {
            let path = format!("/films?page=1&genre=g{turn}");
            other.guest().get(&path).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
            app.guest().get(&path).await;
            if app.app.pages.counters().from_redis > made {
                break;
            }
        }
    });
    found.await.expect("pages of Redis are used again");
}

#[tokio::test]
async fn without_stitching_a_personal_page_is_plain() {
    let app = TestApp::with(&[KEPT, ("MARQUEE_CACHE_STITCH", "off")]).await;
    app.follow().await;
    let somebody = app.guest().with_header("accept-encoding", "gzip, br");
    somebody.set_cookie("theme", "light");
    let page = somebody.get("/films").await;
    assert_eq!(page.header("content-encoding"), "");
    assert_eq!(page.attributes("[name=theme][checked]", "value"), ["light"]);
}
