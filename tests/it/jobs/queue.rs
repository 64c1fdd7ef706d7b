//! What is enqueued is done: in its time, once, and only if it was meant.

use std::time::Duration;

use marquee::platform::{
    clock,
    queue::{Handlers, Job, Queue},
};
use serde::{Deserialize, Serialize};

use super::{DISTINCT, JOBS, NOTES, Note, PACE, Working, enqueue, notes, until, with_notes, worker_of, write_note};
use crate::support::TestApp;

/// One of them at a time.
#[derive(Serialize, Deserialize)]
struct Keyed {
    key: String,
}

impl Job for Keyed {
    const KIND: &'static str = "keyed";
    const QUEUE: Queue = Queue::Maintenance;

    fn dedup_key(&self) -> Option<String> {
        Some(self.key.clone())
    }
}

fn keyed(key: &str) -> Keyed {
    Keyed { key: key.to_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_workers_do_each_of_many_jobs_once() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..1_200)).await;
    let workers: Vec<_> = (0..3).map(|_| Working::on(&app, Handlers::default().on(write_note))).collect();
    until(&app, JOBS, 0).await;
    assert_eq!((app.database.number(NOTES).await, app.database.number(DISTINCT).await), (1_200, 1_200));
    for worker in workers {
        worker.stop().await;
    }
}

#[tokio::test]
async fn what_is_rolled_back_was_never_enqueued() {
    let app = TestApp::new().await;
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&Note { number: 1 }).await.unwrap();
    tx.enqueue_all(&notes(2..9)).await.unwrap();
    drop(tx);
    assert_eq!(app.database.number(JOBS).await, 0);
}

#[tokio::test]
async fn many_jobs_take_one_statement() {
    let app = TestApp::new().await;
    let mut tx = app.app.db.begin().await.unwrap();
    let before = app.app.db.meter().statements();
    tx.enqueue_all(&notes(0..300)).await.unwrap();
    tx.enqueue_all::<Note>(&[]).await.unwrap();
    assert_eq!(app.app.db.meter().statements() - before, 1);
    tx.commit().await.unwrap();
    assert_eq!(app.database.number(JOBS).await, 300);
}

#[tokio::test]
async fn a_key_keeps_others_of_its_queue_out_until_it_is_gone_or_parked() {
    let app = TestApp::new().await;
    enqueue(&app, &[keyed("a"), keyed("a"), keyed("b")]).await;
    enqueue(&app, &[keyed("a")]).await;
    enqueue(&app, &notes(0..2)).await;
    let all = "SELECT COUNT(*) FROM jobs WHERE kind = 'keyed'";
    assert_eq!(app.database.number(all).await, 2);

    let worker = Working::on(
        &app,
        Handlers::default().on(|_, job: Keyed, _| async move {
            anyhow::ensure!(job.key != "a", marquee::platform::queue::Park("no a".to_owned()));
            Ok(())
        }),
    );
    until(&app, "SELECT COUNT(*) FROM jobs WHERE kind = 'keyed' AND state = 'parked'", 1).await;
    until(&app, all, 1).await;
    worker.stop().await;
    enqueue(&app, &[keyed("a"), keyed("b")]).await;
    assert_eq!(app.database.number(all).await, 3, "a parked job keeps nobody from running, a finished one neither");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_for_later_waits_until_then() {
    let app = with_notes(TestApp::new().await).await;
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue_at(&Note { number: 1 }, clock::now() + Duration::from_millis(1_200)).await.unwrap();
    tx.enqueue_at(&Note { number: 2 }, clock::now() + Duration::from_hours(1)).await.unwrap();
    tx.enqueue_at(&Note { number: 3 }, clock::now() - Duration::from_hours(1)).await.unwrap();
    tx.commit().await.unwrap();
    let worker = Working::on(&app, Handlers::default().on(write_note));
    until(&app, NOTES, 1).await;
    assert_eq!(app.database.number("SELECT number FROM notes").await, 3);
    until(&app, NOTES, 2).await;
    assert!(app.database.number("SELECT COUNT(*) FROM jobs WHERE run_at > UTC_TIMESTAMP(6)").await == 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_takes_its_queues_only_and_none_waits_for_another_one() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &(0..40).map(|n| keyed(&n.to_string())).collect::<Vec<_>>()).await;
    enqueue(&app, &notes(0..40)).await;
    let handlers = || Handlers::default().on(write_note).on(|_, _: Keyed, _| super::forever());
    let picky = super::Worker { queues: vec![Queue::Recommendations], ..worker_of(&app, handlers(), PACE) };
    let picky = Working::start(picky);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(app.database.number(NOTES).await, 0);
    picky.stop().await;

    let pace = super::Pace { patience: Duration::from_millis(100), ..PACE };
    let worker = Working::start(worker_of(&app, handlers(), pace));
    until(&app, NOTES, 40).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE kind = 'keyed'").await, 40, "they hang");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_wakes_workers_of_this_process_and_of_others() {
    let app = with_notes(TestApp::new().await).await;
    let lazy = super::Pace { poll: Duration::from_mins(10), ..PACE };
    let worker = Working::start(worker_of(&app, Handlers::default().on(write_note), lazy));
    let other = TestApp::on(app.database.clone(), &[]);
    let elsewhere = super::Worker { queues: vec![Queue::Maintenance], ..worker_of(&other, Handlers::default(), lazy) };
    let elsewhere = Working::start(elsewhere);
    tokio::time::sleep(Duration::from_millis(500)).await;
    enqueue(&app, &notes(0..3)).await;
    until(&app, NOTES, 3).await;
    enqueue(&other, &notes(3..7)).await;
    until(&app, NOTES, 7).await;
    elsewhere.stop().await;
    worker.stop().await;
}
