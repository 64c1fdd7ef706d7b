//! The shop while it is closed for maintenance: on every node within a second, for shoppers and for nobody else.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use marquee::{audit::Author, catalog::Format, maintenance::mode, personnel::Role, platform::clock};

use crate::support::{Answer, Client, Process, TestApp, TestDatabase, factory::product};

const KEPT: (&str, &str) = ("MARQUEE_CACHE_TTL", "300");

/// Two nodes of a shop with a film, whose page both keep.
async fn nodes() -> (TestApp, TestApp) {
    let one = TestApp::with(&[KEPT]).await;
    product().title("Solaris").slug("solaris").edition(Format::Dvd, 1000, 5).insert(&mut one.conn().await).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    one.follow().await;
    other.follow().await;
    for node in [&one, &other] {
        while node.guest().get("/films/solaris").await.cache() != "hit" {}
    }
    (one, other)
}

async fn close(app: &TestApp, message: &str) {
    let until = clock::now() + time::Duration::minutes(30);
    mode::close(&app.app.db, (Some(until), message), &Author::system("test"), clock::now()).await.unwrap();
}

async fn open(app: &TestApp) {
    mode::open(&app.app.db, &Author::system("test")).await.unwrap();
}

/// Asks until the answer has this status, for a second at most.
async fn within_a_second(client: &Client, path: &str, status: StatusCode) -> Answer {
    let start = Instant::now();
    loop {
        let answer = client.get(path).await;
        if answer.status == status {
            return answer;
        }
        assert!(start.elapsed() < Duration::from_secs(1), "{path}: {}", answer.status);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_nodes_close_and_open_within_a_second_and_keep_their_pages() {
    let (one, other) = nodes().await;
    let before = one.guest().get("/films/solaris").await;
    close(&one, "").await;
    for node in [&one, &other] {
        let answer = within_a_second(&node.guest(), "/films/solaris", StatusCode::SERVICE_UNAVAILABLE).await;
        assert_eq!(answer.texts("h1"), ["We are changing the reel"]);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((1_700..=1_800).contains(&seconds), "{seconds}");
        assert_eq!(answer.statements(), 0);
        let russian = node.guest().get("/ru/").await;
        assert_eq!((russian.status.as_u16(), russian.texts("h1").remove(0)), (503, "Меняем плёнку".to_owned()));
    }
    open(&other).await;
    for node in [&one, &other] {
        let answer = within_a_second(&node.guest(), "/films/solaris", StatusCode::OK).await;
        assert_eq!((answer.cache(), &answer.body), ("hit", &before.body), "the page was kept meanwhile");
    }
}

#[tokio::test]
async fn shoppers_who_send_something_lose_nothing_and_machines_get_what_they_read() {
    let (app, _) = nodes().await;
    let (_, nora) = app.customer("Nora").await;
    close(&app, "New <shelves>").await;
    within_a_second(&nora, "/account", StatusCode::SERVICE_UNAVAILABLE).await;
    let sku = app.database.texts("SELECT sku FROM editions").await.remove(0);
    let sent = nora.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await;
    assert_eq!(sent.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(sent.text().contains("still in the form") && sent.text().contains("New &#60;shelves&#62;"));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cart_items").await, 0);
    let link = app.guest().get("/uz/mails/AAAA/unsubscribe").await;
    assert_eq!((link.status.as_u16(), link.texts("h1").remove(0)), (503, "Tasmani almashtiryapmiz".to_owned()));

    let json = app.guest().with_header("accept", "application/json").get("/search/suggest?q=sol").await;
    assert_eq!(json.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(json.header("content-type"), "application/problem+json");
    let problem: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    assert_eq!((&problem["status"], &problem["detail"]), (&503.into(), &"New <shelves>".into()));
}

#[tokio::test]
async fn health_files_and_the_shops_people_pass() {
    let (app, _) = nodes().await;
    let style = app.guest().get("/admin/login").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let grace = app.employee(&[Role::Warehouse]).await;
    let pretender = app.guest();
    pretender.set_cookie("staff_sid", &"A".repeat(43));
    close(&app, "").await;
    within_a_second(&pretender, "/", StatusCode::SERVICE_UNAVAILABLE).await;
    for path in ["/healthz", "/readyz", &style, "/admin/login"] {
        assert_eq!(app.guest().get(path).await.status, StatusCode::OK, "{path}");
    }
    let ready: serde_json::Value = serde_json::from_slice(&app.guest().get("/readyz").await.body).unwrap();
    assert_eq!((&ready["status"], &ready["maintenance"]), (&"ready".into(), &true.into()));
    for path in ["/", "/films/solaris", "/ru/films", "/cart", "/admin"] {
        let answer = grace.get(path).await;
        assert_eq!(
            (answer.status, answer.cache()),
            (StatusCode::OK, "off"),
            "{path}: made anew for whoever works on it"
        );
    }
    grace.post("/admin/logout", &[]).await;
    assert_eq!(grace.get("/").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_the_shops_people_change_meanwhile_is_seen_when_it_opens() {
    let (app, _) = nodes().await;
    close(&app, "").await;
    within_a_second(&app.guest(), "/films/solaris", StatusCode::SERVICE_UNAVAILABLE).await;
    let mut tx = app.app.db.begin().await.unwrap();
    let prices =
        marquee::catalog::queries::Prices { price_minor: 777, sale_price_minor: None, sale_from: None, sale_to: None };
    marquee::catalog::actions::set_prices(&mut tx, 1, prices, "test", clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    open(&app).await;
    let answer = within_a_second(&app.guest(), "/films/solaris", StatusCode::OK).await;
    assert!(answer.texts(".price").iter().any(|price| price.contains("$7.77")), "{:?}", answer.texts(".price"));
}

#[tokio::test]
async fn a_shop_that_was_closed_stays_closed_when_it_starts_again() {
    let database = TestDatabase::migrated().await;
    let (done, said) = command(&database, &["on", "--minutes", "5", "--message", "Back soon"]);
    assert!(done && said.contains("closed since") && said.contains("by command"), "{said}");
    assert!(!command(&database, &["on", "--until", "2020-01-01T00:00"]).0);
    let process = Process::start(&database).await;
    let answer = process.request("GET", "/", "", "").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("Back soon"), "{answer}");
    assert!(command(&database, &["status"]).1.contains("Back soon"));
    assert_eq!(command(&database, &["off"]), (true, "The shop is open.\n".to_owned()));
    let start = Instant::now();
    while !process.request("GET", "/", "", "").await.unwrap().starts_with("HTTP/1.1 200") {
        assert!(start.elapsed() < Duration::from_secs(1), "still closed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (again, said) = command(&database, &["off"]);
    assert!(!again && said.contains("open already"), "{said}");
    let log = "SELECT CONCAT_WS(' ', actor, action, object) FROM audit_log ORDER BY id";
    assert_eq!(database.texts(log).await, ["command maintenance.on shop", "command maintenance.off shop"]);
}

fn command(database: &TestDatabase, args: &[&str]) -> (bool, String) {
    let output = crate::cli::output(database, &[&["maintenance"], args].concat());
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}
