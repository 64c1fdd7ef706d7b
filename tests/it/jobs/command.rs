//! `marquee worker` and `marquee jobs`, and what machines are told of the queue.

use axum::http::StatusCode;
use marquee::worker::WarmCache;

use super::{JOBS, Note, enqueue, notes, until};
use crate::{
    cli::marquee,
    support::{Process, TestApp, factory::product},
};

/// Three jobs that failed for good, one under way, and one that waits.
async fn mixed() -> TestApp {
    let app = TestApp::new().await;
    enqueue(&app, &notes(0..5)).await;
    app.database
        .execute(
            "UPDATE jobs SET state = 'parked', attempts = 12, last_error = 'no\nroom', \
             run_at = UTC_TIMESTAMP(6) - INTERVAL 3 HOUR WHERE id <= 3",
        )
        .await;
    app.database.execute("UPDATE jobs SET queue = 'notifications' WHERE id = 3").await;
    app.database
        .execute(
            "UPDATE jobs SET state = 'leased', attempts = 1, lease = 1, worker = 'host:1', \
             run_at = UTC_TIMESTAMP(6) + INTERVAL 50 SECOND WHERE id = 4",
        )
        .await;
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_are_listed_retried_and_forgotten() {
    let app = mixed().await;
    let database = &app.database;
    let listed = marquee(database, &["jobs", "list"]).said;
    assert_eq!(listed.len(), 7, "{listed:?}");
    for (line, words) in [
        (1, ["1 ", "default", "parked", "12/12", "3 h ago", " no"]),
        (3, ["3 ", "notifications", "parked", "12/12", "3 h ago", " no"]),
        (4, ["4 ", "note", "leased", "1/12", "in ", "by host:1"]),
        (5, ["5 ", "note", "ready", "0/12", "due for ", ""]),
        (6, ["5 jobs.", "", "", "", "", ""]),
    ] {
        assert!(words.iter().all(|word| listed[line].contains(word)), "{}", listed[line]);
    }
    let of = |args: &[&str]| marquee(database, &[&["jobs", "list"], args].concat()).said;
    assert_eq!(of(&["--state", "parked"]).last().unwrap(), "3 jobs.");
    assert_eq!(of(&["--state", "parked", "--queue", "default"]).last().unwrap(), "2 jobs.");
    assert_eq!(of(&["--limit", "2"]).last().unwrap(), "2 of 5 jobs.");
    assert_eq!(of(&["--queue", "recommendations"]), ["0 jobs."]);

    let some = marquee(database, &["jobs", "retry", "1", "4", "77"]);
    assert!(!some.is_success && some.said[0] == "1 of 3 jobs will run now.", "{:?}", some.said);
    let fresh = "SELECT COUNT(*) FROM jobs WHERE state = 'ready' AND attempts = 0 AND run_at <= UTC_TIMESTAMP(6)";
    assert_eq!(database.number(fresh).await, 2);
    let all = marquee(database, &["jobs", "retry", "--all-parked", "--queue", "notifications"]);
    assert!(all.is_success && all.said[0] == "1 parked jobs will run now.", "{:?}", all.said);
    let gone = marquee(database, &["jobs", "purge", "--parked"]);
    assert!(gone.is_success && gone.said[0] == "1 parked jobs are forgotten.", "{:?}", gone.said);
    assert_eq!((database.number(JOBS).await, database.number(fresh).await), (4, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_process_does_what_its_queues_hold_and_gives_the_rest_back_when_it_is_stopped() {
    let app = TestApp::new().await;
    enqueue(&app, &[WarmCache {}]).await;
    enqueue(&app, &notes(0..1)).await;
    let mut worker = Process::worker(&app.database, &["--queues", "maintenance,recommendations"]);
    until(&app, JOBS, 1).await;
    assert!(worker.terminate().success(), "{}", worker.log());
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE kind = 'note' AND attempts = 0").await, 1);

    let mut worker = Process::worker(&app.database, &[]);
    let reason =
        "SELECT COUNT(*) FROM jobs WHERE state = 'ready' AND last_error = 'this release has no handler for it'";
    until(&app, reason, 1).await;
    worker.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_workers_job_is_done_by_the_next_one() {
    let app = TestApp::new().await;
    enqueue(&app, &[WarmCache {}]).await;
    app.database
        .execute(
            "UPDATE jobs SET state = 'leased', lease = 7, attempts = 1, run_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND",
        )
        .await;
    let _worker = Process::worker(&app.database, &[]);
    until(&app, JOBS, 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_is_a_whole_shop_unless_told_otherwise() {
    let app = TestApp::new().await;
    let idle = Process::start_with(&app.database, &[("MARQUEE_WORKER", "off")]).await;
    enqueue(&app, &[WarmCache {}]).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE attempts = 0").await, 1);
    drop(idle);
    let mut whole = Process::start(&app.database).await;
    until(&app, JOBS, 0).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM schedules WHERE name = 'warm_cache'").await, 1);
    assert!(whole.terminate().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_opens_reads_its_films_before_it_works() {
    let app = TestApp::new().await;
    product().genre("drama").insert(&mut app.conn().await).await;
    enqueue(&app, &[WarmCache {}]).await;
    let held = app.database.lock_table("product_genres").await;
    let mut shop = Process::opening(&app.database);
    app.database.somebody_waits_for_a_table().await;
    shop.until_answer("/healthz").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE attempts = 0").await, 1);
    drop(held);
    until(&app, JOBS, 0).await;
    assert!(shop.terminate().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machines_are_told_for_how_long_jobs_wait() {
    let app = TestApp::new().await;
    app.index().await;
    let ready = async || {
        let answer = app.guest().get("/readyz").await;
        assert_eq!(answer.status, StatusCode::OK, "pages do not need workers");
        serde_json::from_str::<serde_json::Value>(answer.text()).unwrap()
    };
    let well = ready().await;
    assert_eq!((&well["status"], &well["queue"]["age_seconds"]["default"]), (&"ready".into(), &0.into()));
    enqueue(&app, &[Note { number: 1 }, Note { number: 2 }]).await;
    app.database.execute("UPDATE jobs SET state = 'parked' WHERE id = 1").await;
    app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6) - INTERVAL 400 SECOND WHERE id = 2").await;
    let late = ready().await;
    assert_eq!((&late["status"], &late["queue"]["parked"]), (&"degraded".into(), &1.into()));
    let age = late["queue"]["age_seconds"]["default"].as_u64().unwrap();
    assert!((400..460).contains(&age), "{late}");
    app.database.execute("UPDATE jobs SET state = 'leased', lease = 1 WHERE id = 2").await;
    assert_eq!(ready().await["status"], "degraded", "its worker has died and no other one takes over");
    app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6) + INTERVAL 10 SECOND WHERE id = 2").await;
    assert_eq!(ready().await["status"], "ready");
}
