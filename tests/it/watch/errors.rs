//! What goes wrong arrives where errors are reported: once, with who asked for what, and without a word of the visitor's.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, extract::Path, routing::get};
use marquee::{
    app::App,
    platform::{
        db::Database,
        error::Result,
        error_reports,
        http::Fields,
        queue::{Handlers, Job, Queue, Run, Schedule, Worker},
    },
    router,
    shell::PublicRoutes,
    worker,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::UtcOffset;
use tokio::sync::watch;

use crate::support::{Client, Process, SentryPeer, TestApp, TestDatabase, logs};

const EMAIL: &str = "nora@example.com";
const PHONE: &str = "+998901234567";
const STREET: &str = "14 Meridian Row";
const TOKEN: &str = "3q2-7wAbCdEfGhIjKlMnOpQrStUvWxYz0123456789A";

#[derive(Debug, Serialize, Deserialize)]
struct Doomed {
    email: String,
}

impl Job for Doomed {
    const KIND: &'static str = "doomed";
    const QUEUE: Queue = Queue::Default;
    const ATTEMPTS: u32 = 1;
}

async fn panics(Path(email): Path<String>, fields: Fields) -> Result<&'static str> {
    assert!(fields.has("never"), "nobody sends {STREET} or {} to {email}", fields.get("phone"));
    Ok("")
}

/// A statement that the server refuses with the visitor's words in its answer.
async fn sql_error(db: Database, fields: Fields) -> Result<&'static str> {
    let mut conn = db.conn().await?;
    for slug in ["one", "two"] {
        sqlx::query("INSERT INTO studios (slug, name) VALUES (?, ?)")
            .bind(slug)
            .bind(fields.get("email"))
            .execute(&mut conn)
            .await?;
    }
    Ok("")
}

fn shop(app: &TestApp) -> Client {
    let routes: Router<App> =
        Router::new().route("/broken/{email}", get(panics).post(panics)).route("/sql", get(sql_error).post(sql_error));
    Client::new(router::around(app.app.clone(), PublicRoutes::default(), routes), app.host())
}

fn tag<'a>(event: &'a Value, name: &str) -> &'a str {
    event["tags"][name].as_str().unwrap_or_default()
}

fn exception(event: &Value) -> (&str, &str) {
    let exception = &event["exception"]["values"][0];
    (exception["type"].as_str().unwrap(), exception["value"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn panics_and_errors_arrive_once_with_their_request_and_nothing_of_the_visitor() {
    let sink = SentryPeer::start().await;
    let app = TestApp::with(&[("MARQUEE_SENTRY_DSN", &sink.dsn)]).await;
    let _guard = error_reports::start(app.app.config());
    let visitor = shop(&app).with_header("user-agent", "reader").with_header("x-forwarded-for", "203.0.113.7");
    visitor.set_cookie("cart", TOKEN);
    let form = [("email", EMAIL), ("phone", PHONE), ("street", STREET), ("token", TOKEN)];
    let broken = visitor.post(&format!("/ru/broken/{EMAIL}?t={TOKEN}"), &form).await;
    let refused = visitor.post(&format!("/sql?t={TOKEN}"), &form).await;
    assert_eq!((broken.status.as_u16(), refused.status.as_u16()), (500, 500));
    assert_eq!(visitor.get("/nowhere").await.status, 404);
    doom(&app).await;

    let events = sink.events(3).await;
    let (panic, sql, job) = (&events[0], &events[1], &events[2]);
    assert_eq!((tag(panic, "request_id"), tag(panic, "route")), (broken.header("x-request-id"), "/broken/{email}"));
    assert_eq!(exception(panic).0, "Panic");
    assert!(exception(panic).1.contains("tests/it/watch/errors.rs:"), "{panic}");
    assert_eq!((tag(sql, "request_id"), tag(sql, "route")), (refused.header("x-request-id"), "/sql"));
    assert_eq!(exception(sql), ("SQL error", "error 1062 (23000): Duplicate entry …"));
    assert!(tag(job, "request_id").starts_with("job ") && tag(job, "route") == "job doomed", "{job}");
    for event in &events {
        assert!(event["release"].as_str().unwrap().starts_with("marquee@0.1.0+"), "{event}");
        assert_eq!(event["environment"], "test");
    }
    for envelope in sink.received() {
        // Parts too, where they are too long to come about by chance in an id or the time.
        for word in [EMAIL, "998901234567", STREET, TOKEN, "example.com", "203.0.113.7", "reader", "Meridian"] {
            assert!(!envelope.contains(word), "{word} is in {envelope}");
        }
        assert_eq!(envelope.lines().find_map(logs::personal), None);
    }
}

/// Runs a job that ends in a panic.
async fn doom(app: &TestApp) {
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&Doomed { email: EMAIL.to_owned() }).await.unwrap();
    tx.commit().await.unwrap();
    let db = app.app.db.beside(app.app.config().database_url.expose(), worker::connections()).unwrap();
    let handlers = Handlers::default()
        .on(|_: Database, job: Doomed, _: Run| async move { panic!("no such customer: {}, {STREET}", job.email) });
    let worker = Worker {
        context: db.clone(),
        db,
        redis: Arc::clone(&app.app.redis),
        handlers,
        queues: vec![Queue::Default],
        schedule: Schedule::new(UtcOffset::UTC),
        pace: marquee::platform::queue::Pace::default(),
    };
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker.run(stopped));
    while app.database.number("SELECT COUNT(*) FROM jobs WHERE state = 'parked'").await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.send_replace(true);
    working.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_tells_its_last_error_before_it_ends() {
    let (sink, database) = (SentryPeer::start().await, TestDatabase::migrated().await);
    let mut shop =
        Process::start_with(&database, &[("MARQUEE_SENTRY_DSN", &sink.dsn), ("MARQUEE_WORKER", "off")]).await;
    database.execute("RENAME TABLE carts TO elsewhere").await;
    let cookie = format!("cart={TOKEN}");
    let answer = shop.request("GET", "/cart", &cookie, "").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(shop.terminate().success());
    let events = sink.events(1).await;
    assert_eq!((exception(&events[0]).0, tag(&events[0], "route")), ("SQL error", "/cart"));
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();
    assert_eq!(tag(&events[0], "request_id"), id);
    assert!(!sink.received()[0].contains(TOKEN) && !shop.log().contains(TOKEN));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_never_answers_holds_up_nothing() {
    let database = TestDatabase::migrated().await;
    // It takes connections and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dsn = format!("http://key@{}/7", silent.local_addr().unwrap());
    let mut shop = Process::start_with(&database, &[("MARQUEE_SENTRY_DSN", &dsn), ("MARQUEE_WORKER", "off")]).await;
    database.execute("RENAME TABLE carts TO elsewhere").await;
    let cookie = format!("cart={TOKEN}");
    let start = Instant::now();
    for _ in 0..100 {
        assert!(shop.request("GET", "/cart", &cookie, "").await.unwrap().starts_with("HTTP/1.1 500"));
    }
    let answered = start.elapsed();
    assert!(answered < Duration::from_secs(20), "a hundred errors took {answered:?}");
    let start = Instant::now();
    assert!(shop.terminate().success());
    assert!(start.elapsed() < Duration::from_secs(10), "the end took {:?}", start.elapsed());
}
