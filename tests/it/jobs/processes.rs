//! Workers as processes of their own, which die in the middle of their work.

use std::time::Duration;

use marquee::platform::{
    db::Database,
    queue::{Handlers, Job, Pace, Queue, Run},
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{DISTINCT, JOBS, NOTES, PACE, enqueue, notes, until, with_notes, worker_of, write_note};
use crate::support::{Rerun, TestApp};

/// Its effect and its end are two transactions, as with a mail: repeated when the worker dies between them.
#[derive(Serialize, Deserialize)]
struct Told {
    number: u32,
}

impl Job for Told {
    const KIND: &'static str = "told";
    const QUEUE: Queue = Queue::Notifications;
}

async fn tell(db: Database, job: Told, _: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("INSERT INTO told (number) VALUES (?)").bind(job.number).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "no test: the program of the processes below"]
async fn worker() {
    let Some(app) = Rerun::shop() else { return };
    let pace = Pace { lease: Duration::from_secs(1), ..PACE };
    let (_stop, stopped) = watch::channel(false);
    worker_of(&app, Handlers::default().on(write_note).on(tell), pace).run(stopped).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_workers_lose_nothing_and_do_no_row_twice() {
    let app = with_notes(TestApp::new().await).await;
    app.database.execute("CREATE TABLE told (number INT NOT NULL)").await;
    enqueue(&app, &notes(0..1_000)).await;
    enqueue(&app, &(0..1_000).map(|number| Told { number }).collect::<Vec<_>>()).await;
    let start = || Rerun::start("jobs::processes::worker", &app.database);
    let mut workers: Vec<_> = (0..3).map(|_| start()).collect();
    let mut killed = 0;
    for done in [100, 300, 500, 700] {
        while app.database.number(NOTES).await < done {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if app.database.number(JOBS).await > 0 {
            drop(workers.remove(0));
            killed += 1;
            workers.push(start());
        }
    }
    assert_eq!(killed, 4, "they died in the middle of it");
    until(&app, JOBS, 0).await;
    assert_eq!((app.database.number(NOTES).await, app.database.number(DISTINCT).await), (1_000, 1_000));
    assert_eq!(app.database.number("SELECT COUNT(DISTINCT number) FROM told").await, 1_000, "at least once");
}
