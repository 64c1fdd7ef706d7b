//! `/metrics`: well-formed, true, out of the public's reach, and bounded.

use std::{collections::BTreeSet, net::TcpListener, time::Duration};

use axum::{body::Body, http::Method};
use marquee::{catalog::Format, exporter::Exporter, personnel::Role, router};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::exposition::Told;
use crate::support::{Process, Shopper, TestApp, TestDatabase, factory::product};

async fn told(app: &TestApp) -> Told {
    Told::read(&Exporter::new(app.app.clone(), Vec::new()).render().await)
}

/// By route, method and class: how many answers there were.
fn answers(route: &str, method: &str, status: &str) -> String {
    format!("marquee_http_request_duration_seconds_count{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}")
}

/// That all of these grew by so much since then. The counts are of the process, which may run other tests beside.
async fn assert_grown(app: &TestApp, before: &Told, expected: &[(&str, u64)]) {
    let after = told(app).await;
    for (series, count) in expected {
        let grown = after.value(series) - before.value(series);
        assert!(grown >= *count, "{series} grew by {grown}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_follow_what_visitors_do() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 1).insert(&mut app.conn().await).await;
    app.index().await;
    let sku = film.editions[0].sku.as_str();
    let (first, second) = (Shopper::new(&app), Shopper::new(&app));
    let before = told(&app).await;
    first.client.get(&format!("/ru/films/{}", film.slug)).await;
    first.put(sku, 1).await;
    second.put(sku, 1).await;
    let (key, total) = second.open_form().await;
    assert_eq!(first.buy().await.status, 303);
    assert_eq!(second.place(&key, &total, &[]).await.status, 409);
    Shopper::new(&app).put(sku, 1).await;
    let expected = [
        (answers("/films/{slug}", "GET", "2xx"), 1),
        (answers("/cart/items", "POST", "3xx"), 3),
        (answers("/checkout", "POST", "3xx"), 1),
        (answers("/checkout", "POST", "4xx"), 1),
        ("marquee_http_request_statements_sum{route=\"/checkout\"}".to_owned(), 20),
        ("marquee_page_cache_requests_total{route=\"/films/{slug}\",result=\"off\"}".to_owned(), 1),
        ("marquee_orders_placed_total".to_owned(), 1),
        ("marquee_stock_refusals_total{step=\"cart\"}".to_owned(), 1),
        ("marquee_stock_refusals_total{step=\"checkout\"}".to_owned(), 1),
    ];
    assert_grown(&app, &before, &expected.each_ref().map(|(series, count)| (series.as_str(), *count))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_passwords_are_counted_at_their_door() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    app.hire("ada@shop.test", &[Role::Support]).await;
    let before = told(&app).await;
    let guest = app.guest();
    for _ in 0..6 {
        guest.post("/admin/login", &[("login", "ada@shop.test"), ("password", "guessed")]).await;
    }
    guest.post("/account/login", &[("login", "nobody@shop.test"), ("password", "guessed")]).await;
    let expected = [
        ("marquee_logins_refused_total{door=\"staff\",reason=\"wrong\"}", 5),
        ("marquee_logins_refused_total{door=\"staff\",reason=\"too many\"}", 1),
        ("marquee_logins_refused_total{door=\"customer\",reason=\"wrong\"}", 1),
    ];
    assert_grown(&app, &before, &expected).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_pages_are_told_apart_by_what_became_of_them() {
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    app.follow().await;
    let (guest, before) = (app.guest(), told(&app).await);
    for _ in 0..3 {
        assert_eq!(guest.get("/films?utm_source=mail").await.status, 200);
    }
    let answered = answers("/films", "GET", "2xx");
    let expected = [
        ("marquee_page_cache_requests_total{route=\"/films\",result=\"miss\"}", 1),
        ("marquee_page_cache_requests_total{route=\"/films\",result=\"hit\"}", 2),
        ("marquee_page_cache_bytes", 1_000),
        (answered.as_str(), 3),
    ];
    assert_grown(&app, &before, &expected).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_is_told_by_what_waits_and_what_is_dead() {
    let app = TestApp::new().await;
    for (kind, state, run_at) in [
        ("of_old", "ready", "UTC_TIMESTAMP(6) - INTERVAL 90 SECOND"),
        ("of_old", "ready", "UTC_TIMESTAMP(6) + INTERVAL 1 DAY"),
        ("of_old", "parked", "UTC_TIMESTAMP(6)"),
    ] {
        let insert = format!(
            "INSERT INTO jobs (queue, kind, payload, state, run_at, max_attempts) \
             VALUES ('notifications', '{kind}', '{{}}', '{state}', {run_at}, 3)"
        );
        app.database.execute(&insert).await;
    }
    let told = told(&app).await;
    let jobs = |state: &str| told.value(&format!("marquee_queue_jobs{{queue=\"notifications\",state=\"{state}\"}}"));
    assert_eq!([jobs("due"), jobs("later"), jobs("leased")], [1, 1, 0]);
    assert_eq!(told.value("marquee_queue_dead_jobs{queue=\"notifications\"}"), 1);
    assert!(told.value("marquee_queue_age_seconds{queue=\"notifications\"}") >= 90);
    assert_eq!(told.value("marquee_database_up"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_the_rest_is_told() {
    let app = TestApp::with(&[("DATABASE_URL", "mysql://nobody@127.0.0.1:1/nothing")]).await;
    let told = told(&app).await;
    assert_eq!(told.value("marquee_database_up"), 0);
    assert!(!told.has("marquee_queue_jobs") && told.has("process_resident_memory_bytes"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_made_up_addresses_leave_the_series_bounded() {
    const TASKS: usize = 8;
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    app.follow().await;
    let guest = app.guest();
    let crawl = async |from: usize| {
        for n in (from..10_000).step_by(TASKS) {
            // Numbers that look like chance, the same in each run.
            let noise = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let path = match n % 8 {
                0 => format!("/{noise:x}"),
                1 => format!("/films/{noise:x}?{noise:x}={n}"),
                2 => format!("/static/{noise:x}.css"),
                3 => format!("/account/orders/{noise:x}"),
                4 => format!("/ru/films?genre={noise:x}&page={}", noise % 1000),
                5 => format!("/media/posters/{noise:x}"),
                6 => format!("/wishlists/{noise:x}/{noise:x}"),
                _ => format!("/search/suggest?q={noise:x}"),
            };
            let made_up = format!("M{noise:X}");
            let method = match n % 11 {
                0 => Method::POST,
                1 => Method::HEAD,
                2 => Method::from_bytes(made_up.as_bytes()).unwrap(),
                _ => Method::GET,
            };
            let visitor =
                if n % 13 == 0 { guest.with_header("host", &format!("{noise:x}.example")) } else { guest.clone() };
            visitor.send(method, &path, Body::empty(), None).await;
        }
    };
    futures_util::future::join_all((0..TASKS).map(crawl)).await;
    let told = told(&app).await;
    let known: BTreeSet<_> = router::rules(&app.app).into_iter().map(|(route, _)| route.to_owned()).collect();
    let unknown: Vec<_> = told.labels("route").into_iter().filter(|route| !known.contains(route)).collect();
    assert_eq!(unknown, ["none"], "a route is not of the URL map");
    assert_eq!(told.labels("method").len(), 4, "{:?}", told.labels("method"));
    assert!(told.len() < 20 * known.len() * 10, "{} series", told.len());
    let nowhere = ["GET", "HEAD", "POST", "other"].map(|method| told.value(&answers("none", method, "4xx")));
    assert!(nowhere.iter().sum::<u64>() > 1_000, "{nowhere:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_have_a_door_of_their_own() {
    let database = TestDatabase::migrated().await;
    let (shop_door, worker_door) = (free_address(), free_address());
    let shop = Process::start_with(&database, &[("MARQUEE_METRICS_BIND", &shop_door), ("MARQUEE_WORKER", "off")]).await;
    let _worker = Process::worker_with(&database, &[], &[("MARQUEE_METRICS_BIND", &worker_door)]);
    let outside = shop.request("GET", "/metrics", "", "").await.unwrap();
    assert!(outside.starts_with("HTTP/1.1 404"), "{outside}");
    let told = ask(&shop_door).await;
    assert!(told.value(&answers("/readyz", "GET", "2xx")) >= 1);
    assert_eq!(told.value(&answers("none", "GET", "4xx")), 1);
    assert!(told.value("marquee_database_connections{pool=\"pages\",state=\"most\"}") >= 10);
    assert!(!told.has("pool=\"jobs\""));
    let expire = "marquee_job_duration_seconds_count{kind=\"expire_unpaid_orders\",result=\"done\"}";
    database.execute("UPDATE schedules SET next_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND").await;
    let done = async {
        while ask(&worker_door).await.value(expire) == 0 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), done).await.expect("the worker tells of what it does");
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// Waits until the process is there to be asked.
async fn ask(door: &str) -> Told {
    let answer = async {
        loop {
            if let Ok(mut stream) = TcpStream::connect(door).await {
                let request = format!("GET /metrics HTTP/1.1\r\nHost: {door}\r\nConnection: close\r\n\r\n");
                stream.write_all(request.as_bytes()).await.unwrap();
                let mut answer = String::new();
                stream.read_to_string(&mut answer).await.unwrap();
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(30), answer).await.expect("metrics are told");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("200 OK") && head.contains("text/plain; version=0.0.4"), "{head}");
    Told::read(body)
}
