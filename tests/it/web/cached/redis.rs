//! Redis helps and is never required: gone, hanging, slow or empty, pages stay right and quick.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{KEPT, matrix, seen_within_a_second, set_price};
use crate::support::{Answer, Client, Proxy, TestApp, TestDatabase, redis_url};

/// Waits until the node asks Redis again.
async fn well_again(app: &TestApp) {
    let asked = tokio::time::timeout(Duration::from_secs(10), async {
        while app.app.redis.ask::<String>(&redis::cmd("PING")).await.is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    asked.await.expect("Redis is asked again");
}

/// Lets one node make a page, and sees that the other takes it from Redis.
async fn uses_redis(app: &TestApp, other: &TestApp) {
    let known = app.app.db.changes().as_of();
    while other.app.db.changes().as_of() < known {
        // What it makes before that is too old for the first.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let before = app.app.pages.counters().from_redis;
    let made = other.guest().get("/uz/films").await;
    assert_eq!(made.cache(), "miss");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(app.guest().get("/uz/films").await.body, made.body);
    assert_eq!(app.app.pages.counters().from_redis, before + 1);
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
    well_again(&app).await;
    uses_redis(&app, &other).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_takes_200_ms_a_call_is_left_alone_until_it_is_quick_again() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::to_redis(&redis_url()).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("REDIS_URL", &wire.url)]);
    let film = matrix(&app).await;
    let other = TestApp::on(database, &[KEPT]);
    app.follow().await;
    other.follow().await;
    let visitor = app.guest();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "3")]).await;
    visitor.get("/films").await;
    wire.slow(Duration::from_millis(200));
    for page in ["/uz/films", "/films?sort=title", "/films?sort=newest", "/films?format=dvd", "/films?in_stock=1"] {
        app.guest().get(page).await;
    }
    let (start, calls) = (Instant::now(), wire.calls());
    for turn in 0..20 {
        let page = visitor.get("/films").await;
        assert_eq!(page.cache(), "hit", "from memory");
        assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["3"], "from the database");
        assert_eq!(app.guest().get(&format!("/films?year_min={}&genre=g", 1970 + turn)).await.cache(), "miss");
        assert_eq!(app.guest().get(["/ru/films", "/ru", "/uz"][turn % 3]).await.status, 200);
    }
    assert!(start.elapsed() < Duration::from_secs(4), "nobody waits for Redis any more");
    // Now and then the node tries whether Redis is well.
    let tries = wire.calls() - calls;
    assert!(tries <= 2 + usize::try_from(start.elapsed().as_secs()).unwrap() * 2, "Redis was asked {tries} times");
    for turn in 0..3 {
        set_price(&other, &film, 3_000 + turn).await;
        seen_within_a_second(&app, "/films/the-matrix-1999", &format!("$30.0{turn}")).await;
    }
    wire.slow(Duration::ZERO);
    well_again(&app).await;
    uses_redis(&app, &other).await;
}

/// A database of Redis that this test alone empties.
fn own_redis() -> String {
    let url = redis_url();
    if url.contains("unix:") {
        return format!("{url}{}db=9", if url.contains('?') { '&' } else { '?' });
    }
    let (scheme, rest) = url.split_once("://").unwrap();
    format!("{scheme}://{}/9", rest.split('/').next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_emptied_takes_nothing_with_it() {
    let (database, url) = (Arc::new(TestDatabase::migrated().await), own_redis());
    let node = || TestApp::on(Arc::clone(&database), &[KEPT, ("REDIS_URL", &url)]);
    let (app, other) = (node(), node());
    let film = matrix(&app).await;
    app.follow().await;
    other.follow().await;
    let visitor = app.guest();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "4")]).await;
    let ask = |path: &'static str| {
        let clients = [visitor.clone(), app.guest(), other.guest()];
        async move { futures_util::future::join_all(clients.iter().map(|client| client.get(path))).await }
    };
    for turn in 0..10 {
        set_price(&other, &film, 4_000 + turn).await;
        let flush = async { app.app.redis.ask::<String>(&redis::cmd("FLUSHDB")).await.expect("it is emptied") };
        let (films, page, _) = tokio::join!(ask("/films"), ask("/films/the-matrix-1999"), flush);
        for answers in [films, page] {
            assert!(answers.iter().all(|answer| answer.status == 200));
            assert_eq!(answers[0].attributes("[data-cart-count]", "data-cart-count"), ["4"]);
            assert!(
                answers[1..].iter().all(|answer| answer.attributes("[data-cart-count]", "data-cart-count").is_empty())
            );
        }
        for node in [&app, &other] {
            seen_within_a_second(node, "/films/the-matrix-1999", &format!("$40.0{turn}")).await;
            seen_within_a_second(node, "/films", &format!("$40.0{turn}")).await;
        }
    }
    uses_redis(&app, &other).await;
}

/// The page, and how often it waited for Redis.
async fn page_and_waits(app: &TestApp, visitor: &Client, path: &str) -> (Answer, u64) {
    let before = app.app.redis.asked();
    let answer = visitor.get(path).await;
    (answer, app.app.redis.asked() - before)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_page_waits_for_redis_once_at_most() {
    let database = Arc::new(TestDatabase::migrated().await);
    let [here, there] = [(); 2].map(|()| TestApp::on(Arc::clone(&database), &[KEPT]));
    matrix(&here).await;
    here.follow().await;
    there.follow().await;
    let (id, customer) = here.customer("Nora").await;
    customer.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "3")]).await;
    // By now nobody holds on to the number from before, and Redis gets to know the session and the new one.
    tokio::time::sleep(Duration::from_secs(6)).await;
    customer.get("/films").await;
    there.guest().get("/films").await;
    tokio::time::sleep(Duration::from_millis(100)).await;

    let same = there.guest();
    same.set_cookie("sid", &customer.cookie("sid").unwrap());
    // The statement tells what they own.
    for (turn, (statements, waits)) in [(1, 1), (0, 1), (0, 0)].into_iter().enumerate() {
        let (page, waited) = page_and_waits(&there, &same, "/films").await;
        assert_eq!((page.cache(), page.statements(), waited), ("hit", statements, waits), "{turn}");
        assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["3"]);
        assert!(page.texts(".site-header__tools").concat().contains("Nora"));
    }
    // With a session that the node has not met before.
    for path in ["/account", "/account/orders", "/account/profile", "/cart", "/account/login", "/orders/track"] {
        let session = here.signed_in(id, "Nora").await;
        session.get("/films").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        same.set_cookie("sid", &session.cookie("sid").unwrap());
        let (page, waited) = page_and_waits(&there, &same, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.texts(".site-header__tools").concat().contains("Nora"), "{path}");
        assert!(waited <= 1, "{path} waited {waited} times");
    }
}
