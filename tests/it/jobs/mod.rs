//! Work behind the counter.

mod alerts;
mod books;
mod claims;
mod command;
mod expiry;
mod failures;
mod maintenance;
mod outage;
mod processes;
mod queue;
mod recommendations;
mod reminders;
mod reports;
mod review_requests;
mod schedule;
mod warm;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use marquee::{
    platform::{
        db::Database,
        queue::{Handlers, Job, Pace, Queue, Run, Schedule, Worker},
    },
    worker,
};
use serde::{Deserialize, Serialize};
use time::UtcOffset;
use tokio::{sync::watch, task::JoinHandle};

use crate::support::TestApp;

/// A job whose effect can be counted: a row of `notes`.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    number: u32,
}

impl Job for Note {
    const KIND: &'static str = "note";
    const QUEUE: Queue = Queue::Default;
}

/// Writes the row and ends the job in one transaction.
async fn write_note(db: Database, job: Note, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("INSERT INTO notes (number) VALUES (?)").bind(job.number).execute(&mut *tx).await?;
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The database for handlers' effects.
async fn with_notes(app: TestApp) -> TestApp {
    app.database.execute("CREATE TABLE notes (number INT NOT NULL, KEY (number))").await;
    app
}

async fn enqueue<J: Job>(app: &TestApp, jobs: &[J]) {
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue_all(jobs).await.unwrap();
    tx.commit().await.unwrap();
}

fn notes(numbers: std::ops::Range<u32>) -> Vec<Note> {
    numbers.map(|number| Note { number }).collect()
}

/// Quick enough for a test.
const PACE: Pace =
    Pace { lease: Duration::from_secs(20), poll: Duration::from_millis(50), patience: Duration::from_secs(5) };

/// A worker of the shop's own kind with other handlers, on connections of its own.
fn worker_of(app: &TestApp, handlers: Handlers<Database>, pace: Pace) -> Worker<Database> {
    let db = app.app.db.beside(app.app.config().database_url.expose(), worker::connections()).unwrap();
    Worker {
        db: db.clone(),
        redis: app.app.redis.clone(),
        context: db,
        handlers,
        queues: Queue::ALL.to_vec(),
        schedule: Schedule::new(UtcOffset::UTC),
        pace,
    }
}

/// A worker at work.
struct Working {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Working {
    fn start(worker: Worker<Database>) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(worker.run(stopped)) }
    }

    fn on(app: &TestApp, handlers: Handlers<Database>) -> Self {
        Self::start(worker_of(app, handlers, PACE))
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }
}

/// Waits until a query answers this number; its growing late is a failure.
async fn until(app: &TestApp, sql: &str, number: i64) {
    let start = Instant::now();
    loop {
        let now = app.database.number(sql).await;
        if now == number {
            return;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "{sql}: {now}, not {number}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

const JOBS: &str = "SELECT COUNT(*) FROM jobs";
const NOTES: &str = "SELECT COUNT(*) FROM notes";
const DISTINCT: &str = "SELECT COUNT(DISTINCT number) FROM notes";

/// A handler that never ends by itself.
async fn forever() -> anyhow::Result<()> {
    std::future::pending().await
}

/// Keeps the compiler from asking what a handler's error is.
fn handled<F: Future<Output = anyhow::Result<()>>>(future: F) -> F {
    future
}
