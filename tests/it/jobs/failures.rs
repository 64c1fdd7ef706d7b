//! A job that fails comes back later, or is parked with the reason; the others go on.

use std::time::Duration;

use marquee::platform::{
    db::Database,
    queue::{Handlers, Job, Park, Queue, Run},
};
use serde::{Deserialize, Serialize};

use super::{JOBS, NOTES, Working, enqueue, forever, notes, until, with_notes, write_note};
use crate::support::TestApp;

/// Declares jobs without anything to say.
macro_rules! jobs {
    ($($name:ident = $kind:literal, $attempts:literal, $limit:expr;)+) => {
        $(
            #[derive(Serialize, Deserialize)]
            struct $name {}

            impl Job for $name {
                const KIND: &'static str = $kind;
                const QUEUE: Queue = Queue::Default;
                const ATTEMPTS: u32 = $attempts;
                // Nothing comes back while the test looks at it.
                const BACKOFF: Duration = Duration::from_mins(1);
                const TIME_LIMIT: Duration = $limit;
            }
        )+
    };
}

jobs! {
    Throws = "throws", 3, Duration::from_mins(1);
    Panics = "panics", 3, Duration::from_mins(1);
    PanicsAtOnce = "panics_at_once", 3, Duration::from_mins(1);
    Hangs = "hangs", 3, Duration::from_millis(300);
    Hopeless = "hopeless", 3, Duration::from_mins(1);
    Last = "last", 1, Duration::from_mins(1);
    Unknown = "unknown", 3, Duration::from_mins(1);
}

fn handlers() -> Handlers<Database> {
    Handlers::default()
        .on(write_note)
        .on(|_, _: Throws, _| async { Err(anyhow::anyhow!("no room").context("the shelf")) })
        .on(|_, _: Panics, run: Run| async move { panic!("attempt {}", run.attempt()) })
        .on(|_, _: PanicsAtOnce, _| -> std::future::Ready<anyhow::Result<()>> { panic!("before it began") })
        .on(|_, _: Hangs, _| forever())
        .on(|_, _: Hopeless, _| async { Err(anyhow::Error::new(Park("no such film".to_owned())).context("film 7")) })
        .on(|_, _: Last, run: Run| async move {
            assert!(run.is_last_attempt());
            anyhow::bail!("an error {}", "so long ".repeat(400))
        })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_put_off_or_parked_with_the_reason_while_others_go_on() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &[Throws {}]).await;
    enqueue(&app, &[Panics {}]).await;
    enqueue(&app, &[PanicsAtOnce {}]).await;
    enqueue(&app, &[Hangs {}, Hangs {}, Hangs {}, Hangs {}]).await;
    enqueue(&app, &[Hopeless {}]).await;
    enqueue(&app, &[Last {}]).await;
    enqueue(&app, &[Unknown {}]).await;
    enqueue(&app, &notes(0..20)).await;
    app.database
        .execute("INSERT INTO jobs (queue, kind, payload, max_attempts) VALUES ('default', 'note', '[]', 3)")
        .await;
    let worker = Working::on(&app, handlers());
    until(&app, NOTES, 20).await;
    until(&app, "SELECT COUNT(*) FROM jobs WHERE last_error IS NULL", 0).await;
    worker.stop().await;

    for (kind, count, is_parked, words, (least, most)) in [
        ("throws", 1, false, "the shelf: no room", (60, 120)),
        ("panics", 1, false, "panicked: attempt 1", (60, 120)),
        ("panics_at_once", 1, false, "panicked: before it began", (60, 120)),
        ("hangs", 4, false, "no end within 300ms", (60, 120)),
        ("hopeless", 1, true, "film 7: no such film", (0, 0)),
        ("last", 1, true, "an error so long so long ", (0, 0)),
        ("unknown", 1, false, "this release has no handler for it", (300, 600)),
        ("note", 1, false, "this release cannot read it: ", (300, 600)),
    ] {
        let state = if is_parked { "parked" } else { "ready" };
        let sql = format!(
            "SELECT COUNT(*) FROM jobs WHERE kind = '{kind}' AND state = '{state}' AND attempts = 1 AND lease IS NULL \
             AND worker IS NULL AND last_error LIKE '{words}%' \
             AND TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), run_at) BETWEEN {} AND {most}",
            least - 15
        );
        assert_eq!(app.database.number(&sql).await, count, "{kind}");
    }
    assert_eq!(app.database.number("SELECT MAX(CHAR_LENGTH(last_error)) FROM jobs").await, 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_parked_after_its_last_attempt_and_keeps_its_last_error() {
    let app = TestApp::new().await;
    enqueue(&app, &[Panics {}]).await;
    let worker = Working::on(&app, handlers());
    for attempt in 1..=3 {
        until(&app, &format!("SELECT COUNT(*) FROM jobs WHERE attempts = {attempt} AND state <> 'leased'"), 1).await;
        let errors = format!("SELECT COUNT(*) FROM jobs WHERE last_error = 'panicked: attempt {attempt}'");
        assert_eq!(app.database.number(&errors).await, 1, "attempt {attempt}");
        app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6) WHERE state = 'ready'").await;
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE state = 'parked'").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_kills_its_workers_is_parked_too() {
    let app = with_notes(TestApp::new().await).await;
    enqueue(&app, &notes(0..2)).await;
    app.database
        .execute(
            "UPDATE jobs SET state = 'leased', lease = 7, run_at = '2026-01-01', \
             attempts = CASE WHEN id = 1 THEN max_attempts ELSE max_attempts - 1 END",
        )
        .await;
    let worker = Working::on(&app, handlers());
    until(&app, NOTES, 1).await;
    until(&app, JOBS, 1).await;
    let parked = "SELECT COUNT(*) FROM jobs WHERE id = 1 AND state = 'parked' AND last_error LIKE 'the worker died%'";
    until(&app, parked, 1).await;
    worker.stop().await;
}
