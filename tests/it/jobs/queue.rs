//! What is enqueued is done: at least once, and exactly once where the effects are rows.

use std::time::Duration;

use marquee::platform::queue::{Handlers, Job, Pace, Queue, Run, Schedule, Worker};
use serde::{Deserialize, Serialize};
use time::UtcOffset;

use crate::support::TestApp;

#[derive(Serialize, Deserialize)]
struct Note {
    number: u32,
}

impl Job for Note {
    const KIND: &'static str = "note";
    const QUEUE: Queue = Queue::Default;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_jobs_are_each_done_once() {
    let app = TestApp::new().await;
    app.database.execute("CREATE TABLE notes (number INT NOT NULL)").await;
    let mut tx = app.app.db.begin().await.unwrap();
    let notes: Vec<_> = (0..500).map(|number| Note { number }).collect();
    tx.enqueue_all(&notes).await.unwrap();
    tx.commit().await.unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let db = app.app.db.beside(app.app.config().database_url.expose(), 12).unwrap();
    let worker = Worker {
        db: db.clone(),
        redis: app.app.redis.clone(),
        context: db,
        handlers: Handlers::default().on(|db: marquee::platform::db::Database, job: Note, run: Run| async move {
            let mut tx = db.begin().await?;
            sqlx::query("INSERT INTO notes VALUES (?)").bind(job.number).execute(&mut *tx).await?;
            run.done_in(&mut tx).await?;
            tx.commit().await?;
            Ok(())
        }),
        queues: Queue::ALL.to_vec(),
        schedule: Schedule::new(UtcOffset::UTC),
        pace: Pace::default(),
    };
    let start = std::time::Instant::now();
    let work = tokio::spawn(worker.run(stopped));
    while app.database.number("SELECT COUNT(*) FROM jobs").await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(start.elapsed().as_secs() < 20);
    }
    stop.send_replace(true);
    work.await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(DISTINCT number) FROM notes").await, 500);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM notes").await, 500);
}
