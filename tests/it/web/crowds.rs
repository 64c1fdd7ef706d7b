//! Many at once: while Redis dies and comes back, and at the door.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::{
    catalog::Format,
    platform::passwords::{Cost, Hasher},
};
use tokio::sync::Barrier;

use crate::support::{
    Answer, Client, Process, RedisServer, Shopper, TestApp, TestDatabase, assert_books_agree,
    factory::{edition, product},
};

const CUSTOMERS: usize = 20;
const GUESTS: usize = 4;
const SKU: &str = "MX-DVD";

/// A page that must be there.
async fn seen(client: &Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer
}

/// Browses for a while with two units in the cart, which stay there.
async fn browse(client: &Client, name: Option<&str>) {
    for turn in 0..5 {
        for path in ["/", "/films", "/ru/films?sort=title", "/films/the-matrix-1999", "/search?q=matrix", "/cart"] {
            let page = seen(client, path).await;
            assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["2"], "{path}, turn {turn}");
            let tools = page.texts(".site-header__tools").concat();
            assert!(name.is_none_or(|name| tools.contains(name)), "{path}, turn {turn}: {tools}");
        }
        if name.is_some() {
            seen(client, "/account").await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// From the first page to the order, with Redis dying in the middle and coming back before the end.
async fn visit(client: Client, name: Option<String>, in_the_middle: Arc<Barrier>) -> String {
    let shopper = Shopper { client };
    seen(&shopper.client, "/").await;
    shopper.put(SKU, 2).await;
    in_the_middle.wait().await;
    browse(&shopper.client, name.as_deref()).await;
    let placed = shopper.buy().await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let page = seen(&shopper.client, placed.header("location")).await;
    assert!(name.is_none_or(|name| page.texts(".site-header__tools").concat().contains(&name)));
    placed.header("location").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_dies_in_the_middle_of_the_visits_of_twenty_customers_and_nobody_notices() {
    let mut redis = RedisServer::start().await;
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300"), ("REDIS_URL", &redis.url())]).await;
    let film = product().title("The Matrix").slug("the-matrix-1999").with(edition(Format::Dvd, 1999, 100).sku(SKU));
    film.insert(&mut app.conn().await).await;
    app.follow().await;
    let in_the_middle = Arc::new(Barrier::new(CUSTOMERS + GUESTS + 1));
    let mut visits = Vec::new();
    for turn in 0..CUSTOMERS + GUESTS {
        let name = (turn < CUSTOMERS).then(|| format!("Nora{turn}"));
        let client = match &name {
            Some(name) => app.customer(name).await.1,
            None => app.guest(),
        };
        visits.push(tokio::spawn(visit(client, name, Arc::clone(&in_the_middle))));
    }
    in_the_middle.wait().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    redis.kill();
    tokio::time::sleep(Duration::from_secs(1)).await;
    redis.revive().await;
    for visited in join_all(visits).await {
        visited.unwrap();
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 24);
    let of_each = "SELECT CONCAT(c.name, ' ', COUNT(o.id)) FROM clients c LEFT JOIN orders o ON o.client_id = c.id \
                   GROUP BY c.id, c.name ORDER BY c.id";
    let once: Vec<String> = (0..CUSTOMERS).map(|turn| format!("Nora{turn} 1")).collect();
    assert_eq!(app.database.texts(of_each).await, once, "each order is its customer's");
    assert_books_agree(&app).await;
    let well = tokio::time::timeout(Duration::from_secs(10), async {
        while app.app.redis.ask::<String>(&redis::cmd("PING")).await.is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    well.await.expect("the running shop asks the new Redis");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_sign_ins_at_once_are_answered_or_told_to_wait_and_pages_stay_quick() {
    let mut app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    // In as much memory as in production, and half as long.
    app.app.passwords = Arc::new(Hasher::new(Cost { passes: 1, ..Cost::STRONG }).unwrap());
    app.follow().await;
    let reader = app.guest();
    seen(&reader, "/pages/about").await;
    let tries = (0..1_000).map(|turn| {
        let client = app.guest();
        let login = format!("n{turn}@shop.test");
        tokio::spawn(
            async move { client.post("/account/login", &[("login", &login), ("password", "a guess at it")]).await },
        )
    });
    let tries: Vec<_> = tries.collect();
    let mut slowest = Duration::ZERO;
    while tries.iter().any(|tried| !tried.is_finished()) {
        for path in ["/pages/about", "/healthz"] {
            let start = Instant::now();
            seen(&reader, path).await;
            slowest = slowest.max(start.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let answers: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    let told_to_wait = answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS);
    assert!(told_to_wait.clone().all(|answer| answer.header("retry-after") == "5"));
    let served = answers.iter().filter(|answer| answer.status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert_eq!(served + told_to_wait.count(), 1_000);
    assert!(served >= 128, "{served}");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_of_sign_ins_is_that_of_those_who_are_served() {
    /// What a hash of this cost takes; without bounds a crowd takes as many of them.
    const HASH_MIB: u64 = 8;
    const CROWD: usize = 1_000;
    let database = TestDatabase::migrated().await;
    let cost = [("MARQUEE_PASSWORD_MEMORY_KIB", "8192"), ("MARQUEE_PASSWORD_PASSES", "1")];
    let process = Process::start_with(&database, &cost).await;
    let sign_in = async |turn: usize| {
        let form = format!("login=n{turn}%40shop.test&password=a+guess+at+it");
        process.request("POST", "/account/login", "", &form).await.expect("an answer")
    };
    sign_in(0).await;
    let before = process.peak_mib();
    let answers = join_all((0..CROWD).map(sign_in)).await;
    let cores = std::thread::available_parallelism().unwrap().get() as u64;
    let grown = process.peak_mib() - before;
    assert!(grown < cores * HASH_MIB + 100, "grown by {grown} MiB on {cores} cores");
    let count = |status: &str| answers.iter().filter(|answer| answer.starts_with(status)).count();
    let (served, told_to_wait) = (count("HTTP/1.1 422"), count("HTTP/1.1 429"));
    assert_eq!(served + told_to_wait, CROWD, "{served} served, {told_to_wait} told to wait");
    assert!(served >= 128, "{served}");
}
