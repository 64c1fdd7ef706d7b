//! The schedule fires once for each due time, however many nodes look.

use std::sync::Arc;

use futures_util::future::join_all;
use marquee::platform::{
    clock,
    db::Database,
    queue::{Handlers, Schedule, When},
};
use time::{Duration, OffsetDateTime, UtcOffset, macros::time};

use super::{JOBS, NOTES, Note, PACE, Working, until, with_notes, worker_of, write_note};
use crate::support::{TestApp, TestDatabase};

fn schedule() -> Schedule {
    Schedule::new(UtcOffset::UTC).at("minutely", When::EveryMinute, Note { number: 1 }).at(
        "daily",
        When::Daily(time!(3:00)),
        Note { number: 2 },
    )
}

async fn nodes(database: &Arc<TestDatabase>) -> Vec<Database> {
    (0..3).map(|_| TestApp::on(Arc::clone(database), &[]).app.db).collect()
}

/// The beginning of a day that has not come yet.
fn midnight() -> OffsetDateTime {
    (clock::now() + Duration::days(2)).replace_time(time!(0:00))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_nodes_fire_each_due_time_once() {
    let app = TestApp::new().await;
    let (nodes, schedule, start) = (nodes(&app.database).await, schedule(), midnight());
    schedule.prepare(&nodes[0], start).await.unwrap();
    for minute in 1..=30 {
        let now = start + Duration::minutes(minute) + Duration::seconds(minute % 7);
        let ticks = join_all(nodes.iter().map(|db| schedule.tick(db, now))).await;
        for next in ticks {
            assert!(next.unwrap() > now, "they look again");
        }
        assert_eq!(app.database.number(JOBS).await, minute, "minute {minute}");
    }
}

#[tokio::test]
async fn times_that_passed_while_nobody_looked_are_made_up_for_once() {
    let app = TestApp::new().await;
    let (db, schedule, start) = (&app.app.db, schedule(), midnight());
    schedule.prepare(db, start).await.unwrap();
    let back = start + Duration::days(3) + Duration::hours(5);
    for _ in 0..3 {
        schedule.tick(db, back).await.unwrap();
    }
    assert_eq!(app.database.number(JOBS).await, 2, "each entry once");
    schedule.tick(db, back + Duration::minutes(1)).await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 3, "and then in its time");
}

#[tokio::test]
async fn a_start_fires_nothing_and_a_changed_entry_takes_effect() {
    let app = TestApp::new().await;
    let (db, now) = (&app.app.db, midnight() + Duration::hours(4));
    let at = |when| Schedule::new(UtcOffset::UTC).at("report", when, Note { number: 1 });
    at(When::Monthly(1, time!(4:00))).prepare(db, now).await.unwrap();
    at(When::Daily(time!(5:00))).prepare(db, now).await.unwrap();
    at(When::Daily(time!(5:00))).prepare(db, now + Duration::minutes(10)).await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 0);
    at(When::Daily(time!(5:00))).tick(db, now + Duration::hours(1)).await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 1, "the day's time counts, not the month's");
    // What is due is not lost by a restart.
    at(When::Daily(time!(5:00))).prepare(db, now + Duration::hours(30)).await.unwrap();
    at(When::Daily(time!(5:00))).tick(db, now + Duration::hours(30)).await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 2);
}

#[tokio::test]
async fn the_row_and_the_job_commit_together() {
    let app = TestApp::new().await;
    let (db, schedule, start) = (&app.app.db, schedule(), midnight());
    schedule.prepare(db, start).await.unwrap();
    app.database.execute("RENAME TABLE jobs TO away").await;
    assert!(schedule.tick(db, start + Duration::minutes(1)).await.is_err());
    app.database.execute("RENAME TABLE away TO jobs").await;
    schedule.tick(db, start + Duration::minutes(1)).await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 1, "the time was not used up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_follow_the_clock_by_themselves() {
    let app = with_notes(TestApp::new().await).await;
    let worker = || {
        let worker = worker_of(&app, Handlers::default().on(write_note), PACE);
        Working::start(super::Worker { schedule: schedule(), ..worker })
    };
    schedule().prepare(&app.app.db, clock::now()).await.unwrap();
    app.database.execute("UPDATE schedules SET next_at = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE name = 'daily'").await;
    let workers = [worker(), worker(), worker()];
    until(&app, "SELECT COUNT(*) FROM notes WHERE number = 2", 1).await;
    assert!(app.database.number(NOTES).await <= 2, "the minute may have passed meanwhile");
    for worker in workers {
        worker.stop().await;
    }
}
