//! Leases: kept while a job runs, lost by whoever loses touch, given back by whoever stops.

use std::{sync::Arc, time::Duration};

use marquee::platform::{
    db::Database,
    queue::{Handlers, Pace, Run},
};
use tokio::sync::Notify;

use super::{
    JOBS, NOTES, Note, PACE, Working, enqueue, forever, handled, notes, until, with_notes, worker_of, write_note,
};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_lasts_as_long_as_its_job() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..3)).await;
    let pace = Pace { lease: Duration::from_millis(600), ..PACE };
    let slow = || {
        Handlers::default().on(|db: Database, job: Note, run: Run| async move {
            assert_eq!(run.attempt(), 1, "nobody else took it");
            let mut tx = db.begin().await?;
            sqlx::query("INSERT INTO notes VALUES (?)").bind(job.number).execute(&mut *tx).await?;
            tx.commit().await?;
            tokio::time::sleep(Duration::from_secs(2)).await;
            Ok(())
        })
    };
    let workers = [worker_of(&app, slow(), pace), worker_of(&app, slow(), pace)].map(Working::start);
    until(&app, JOBS, 0).await;
    assert_eq!(app.database.number(NOTES).await, 3);
    for worker in workers {
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_lost_the_lease_can_no_longer_finish_the_job() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..1)).await;
    let (begun, go_on, tried) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let signals = (Arc::clone(&begun), Arc::clone(&go_on), Arc::clone(&tried));
    let handlers = Handlers::default().on(move |db: Database, job: Note, run: Run| {
        let (begun, go_on, tried) = signals.clone();
        handled(async move {
            begun.notify_one();
            go_on.notified().await;
            let outcome = write_note(db, job, run).await;
            tried.notify_one();
            outcome
        })
    });
    let worker = Working::on(&app, handlers);
    begun.notified().await;
    app.database.execute("UPDATE jobs SET lease = 7, worker = 'somebody else'").await;
    go_on.notify_one();
    tried.notified().await;
    worker.stop().await;
    assert_eq!(app.database.number(NOTES).await, 0, "what it did is undone");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE lease = 7 AND last_error IS NULL").await, 1);
}

/// Tells when it is dropped.
struct Dropped(Arc<Notify>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_runs_elsewhere_by_now_is_ended() {
    let app = TestApp::new().await;
    enqueue(&app, &notes(0..1)).await;
    let ended = Arc::new(Notify::new());
    let signal = Arc::clone(&ended);
    let handlers = Handlers::default().on(move |_, _: Note, _| {
        let dropped = Dropped(Arc::clone(&signal));
        handled(async move {
            let _dropped = dropped;
            forever().await
        })
    });
    let worker = Working::start(worker_of(&app, handlers, Pace { lease: Duration::from_millis(300), ..PACE }));
    until(&app, "SELECT COUNT(*) FROM jobs WHERE state = 'leased'", 1).await;
    app.database.execute("UPDATE jobs SET lease = 7, run_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR").await;
    tokio::time::timeout(Duration::from_secs(20), ended.notified()).await.expect("the handler is ended");
    worker.stop().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE lease = 7 AND attempts = 1").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_is_being_finished_keeps_no_other_lease_from_its_renewal() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..2)).await;
    let handlers = Handlers::default().on(|db: Database, job: Note, run: Run| async move {
        assert_eq!(run.attempt(), 1, "nobody else took it");
        let mut tx = db.begin().await?;
        sqlx::query("INSERT INTO notes VALUES (?)").bind(job.number).execute(&mut *tx).await?;
        // The one has its row locked for longer than the other one's lease lasts.
        if job.number == 0 {
            run.done_in(&mut tx).await?;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        tx.commit().await?;
        Ok(())
    });
    let worker = Working::start(worker_of(&app, handlers, Pace { lease: Duration::from_millis(600), ..PACE }));
    until(&app, JOBS, 0).await;
    assert_eq!(app.database.number(NOTES).await, 2);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_waits_for_what_runs_and_gives_back_the_rest() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..20)).await;
    let handlers = Handlers::default().on(|db: Database, job: Note, run: Run| async move {
        if job.number > 0 {
            return forever().await;
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
        write_note(db, job, run).await
    });
    let worker = Working::start(worker_of(&app, handlers, Pace { patience: Duration::from_millis(1_500), ..PACE }));
    until(&app, "SELECT COUNT(*) FROM jobs WHERE state = 'leased'", 4).await;
    worker.stop().await;
    assert_eq!(app.database.number(NOTES).await, 1, "it was let finish");
    let untouched = "SELECT COUNT(*) FROM jobs WHERE state = 'ready' AND attempts = 0 AND lease IS NULL \
                     AND worker IS NULL AND run_at <= UTC_TIMESTAMP(6)";
    assert_eq!(app.database.number(untouched).await, 19);

    let worker = Working::on(&app, Handlers::default().on(write_note));
    until(&app, NOTES, 20).await;
    worker.stop().await;
}
