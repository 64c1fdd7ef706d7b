//! Workers as processes of their own, which die in the middle of their work.

use std::{
    env,
    process::{Child, Command, Stdio},
    time::Duration,
};

use marquee::platform::{
    db::Database,
    queue::{Handlers, Job, Pace, Queue, Run, Worker},
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{DISTINCT, JOBS, NOTES, PACE, enqueue, notes, until, with_notes, worker_of, write_note};
use crate::support::{TestApp, TestDatabase};

/// Names the database for [`worker_process`].
const ADDRESS: &str = "TEST_WORKER_DATABASE";

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

/// No test: the program of the processes below, which is this one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by other tests as a process of its own"]
async fn worker_process() {
    let Ok(url) = env::var(ADDRESS) else { return };
    let db = Database::connect_lazy(&url, 12).unwrap();
    let app = TestApp::on(TestDatabase::of_another(&url).into(), &[]);
    let handlers = Handlers::default().on(write_note).on(tell);
    let pace = Pace { lease: Duration::from_secs(1), ..PACE };
    let worker = Worker { db: db.clone(), context: db, ..worker_of(&app, handlers, pace) };
    let (_stop, stopped) = watch::channel(false);
    worker.run(stopped).await;
}

struct Process(Child);

impl Process {
    fn start(app: &TestApp) -> Self {
        let child = Command::new(env::current_exe().unwrap())
            .args(["jobs::processes::worker_process", "--exact", "--ignored"])
            .env(ADDRESS, &app.database.url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // As the kernel or the power would end it.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_workers_lose_nothing_and_do_no_row_twice() {
    let app = with_notes(TestApp::new().await).await;
    app.database.execute("CREATE TABLE told (number INT NOT NULL)").await;
    enqueue(&app, &notes(0..1_000)).await;
    enqueue(&app, &(0..1_000).map(|number| Told { number }).collect::<Vec<_>>()).await;
    let mut workers: Vec<_> = (0..3).map(|_| Process::start(&app)).collect();
    let mut killed = 0;
    for done in [100, 400, 700] {
        while app.database.number(NOTES).await < done {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if app.database.number(JOBS).await > 0 {
            workers.remove(0);
            killed += 1;
            workers.push(Process::start(&app));
        }
    }
    assert_eq!(killed, 3, "they died in the middle of it");
    until(&app, JOBS, 0).await;
    assert_eq!((app.database.number(NOTES).await, app.database.number(DISTINCT).await), (1_000, 1_000));
    assert_eq!(app.database.number("SELECT COUNT(DISTINCT number) FROM told").await, 1_000, "at least once");
}
