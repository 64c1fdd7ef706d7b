//! A worker goes on by itself when a server is back.

use std::{sync::Arc, time::Duration};

use marquee::platform::{
    db::Database,
    queue::{Handlers, Pace, Run},
};

use super::{DISTINCT, JOBS, NOTES, Note, PACE, Working, enqueue, notes, until, with_notes, worker_of, write_note};
use crate::support::{Proxy, TestApp, TestDatabase};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_all_is_done() {
    let app = with_notes(TestApp::with(&[("REDIS_URL", "redis://127.0.0.1:1/")]).await).await;
    let worker = Working::on(&app, Handlers::default().on(write_note));
    enqueue(&app, &notes(0..50)).await;
    until(&app, NOTES, 50).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_database_is_back_the_work_goes_on_and_is_done_once() {
    let database = Arc::new(TestDatabase::migrated().await);
    let app = with_notes(TestApp::on(Arc::clone(&database), &[])).await;
    let wire = Proxy::new(&database.url).await;
    let behind_wire = TestApp::on(database, &[("DATABASE_URL", &wire.url)]);
    enqueue(&app, &notes(0..400)).await;
    let handlers = Handlers::default().on(|db: Database, job: Note, run: Run| async move {
        tokio::time::sleep(Duration::from_millis(5)).await;
        write_note(db, job, run).await
    });
    let pace = Pace { lease: Duration::from_secs(3), ..PACE };
    let worker = Working::start(worker_of(&behind_wire, handlers, pace));
    for done in [50, 150] {
        while app.database.number(NOTES).await < done {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        wire.cut();
        tokio::time::sleep(Duration::from_millis(700)).await;
        wire.mend();
    }
    enqueue(&app, &notes(400..450)).await;
    // Whatever failed in the middle comes back after its pause; the test does not wait for it.
    let failed = "SELECT COUNT(*) FROM jobs WHERE state = 'ready' AND last_error IS NOT NULL";
    while app.database.number(JOBS).await > 0 {
        if app.database.number(failed).await > 0 {
            app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6) WHERE state = 'ready'").await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((app.database.number(NOTES).await, app.database.number(DISTINCT).await), (450, 450));
    worker.stop().await;
}
