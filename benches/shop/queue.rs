//! The queue against the least that a queue can do: for each job a transaction that inserts a row and one that deletes it.
//!
//! Both write rows of the same table, by as many loops. It happens where no shop is open, whose workers would meet jobs that
//! they do not know.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use marquee::platform::{
    db::Database,
    queue::{Handlers, Job, Pace, Queue, Run, Schedule, Worker},
    redis::Redis,
};
use serde::{Deserialize, Serialize};
use time::UtcOffset;
use tokio::{sync::watch, task::JoinSet};

use crate::{
    report::Report,
    rounds::progress,
    session::Session,
    statistics::{Figure, real},
    targets,
};

/// Loops that insert and delete, and loops that enqueue.
const LOOPS: u64 = 4;
/// Connections of a worker with all its places, and of the loops.
const CONNECTIONS: u32 = 16;
/// Neither takes that long unless it stands still.
const TIME_LIMIT: Duration = Duration::from_mins(2);
/// A million films are compared in less than half of this.
const FINISH_LIMIT: Duration = Duration::from_mins(20);

/// Nothing to do.
#[derive(Serialize, Deserialize)]
struct Nothing {
    number: u64,
}

impl Job for Nothing {
    const KIND: &'static str = "nothing";
    const QUEUE: Queue = Queue::Default;
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    let (rounds, jobs) = (session.plan.rounds, u64::from(session.plan.seconds) * 1_000);
    progress(&format!("{rounds} times {jobs} jobs, and as many rows"));
    let redis = Arc::new(Redis::new(session.program.redis_url(), "bench-queue")?);
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let least = rate_of_rows(&session.empty_database_url, jobs).await?;
        let queue = rate_of_jobs(&session.empty_database_url, &redis, jobs).await?;
        // The first round warms up.
        if round > 0 {
            ratios.push(queue / least);
        }
    }
    report.judge(&targets::QUEUE, Figure::of(ratios).ok_or_else(|| "no round was run".to_owned()));
    Ok(())
}

/// Rows a second that are inserted and deleted one by one.
async fn rate_of_rows(url: &str, jobs: u64) -> anyhow::Result<f64> {
    let db = Database::connect_lazy(url, CONNECTIONS)?;
    let start = Instant::now();
    let mut loops = JoinSet::new();
    for _ in 0..LOOPS {
        let db = db.clone();
        loops.spawn(async move {
            let mut conn = db.conn().await?;
            for number in 0..jobs / LOOPS {
                let payload = serde_json::to_string(&Nothing { number })?;
                let insert = "INSERT INTO jobs (queue, kind, payload, state, max_attempts) \
                              VALUES ('maintenance', 'row', ?, 'parked', 12)";
                let id = sqlx::query(insert).bind(payload).execute(&mut conn).await?.last_insert_id();
                sqlx::query("DELETE FROM jobs WHERE id = ?").bind(id).execute(&mut conn).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = loops.join_next().await {
        ended??;
    }
    let rate = real(jobs) / start.elapsed().as_secs_f64();
    db.close().await;
    Ok(rate)
}

/// Jobs a second that are enqueued one by one, and done.
async fn rate_of_jobs(url: &str, redis: &Arc<Redis>, jobs: u64) -> anyhow::Result<f64> {
    let db = Database::connect_lazy(url, CONNECTIONS)?;
    let done = Arc::new(AtomicU64::new(0));
    let worker = Worker {
        db: db.clone(),
        redis: Arc::clone(redis),
        context: Arc::clone(&done),
        handlers: Handlers::default().on(|done: Arc<AtomicU64>, _: Nothing, _: Run| async move {
            done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }),
        queues: Queue::ALL.to_vec(),
        schedule: Schedule::new(UtcOffset::UTC),
        pace: Pace::default(),
    };
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker.run(stopped));
    let start = Instant::now();
    let mut loops = JoinSet::new();
    for _ in 0..LOOPS {
        let db = db.clone();
        loops.spawn(async move {
            for number in 0..jobs / LOOPS {
                let mut tx = db.begin().await?;
                tx.enqueue(&Nothing { number }).await?;
                tx.commit().await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = loops.join_next().await {
        ended??;
    }
    let empty = until_empty(&db, TIME_LIMIT).await;
    empty.with_context(|| format!("{} of {jobs} jobs were done", done.load(Ordering::Relaxed)))?;
    let rate = real(jobs) / start.elapsed().as_secs_f64();
    stop.send_replace(true);
    working.await?;
    db.close().await;
    anyhow::ensure!(done.load(Ordering::Relaxed) == jobs / LOOPS * LOOPS, "jobs were lost, or done twice");
    Ok(rate)
}

/// Waits for the shops' workers: an import leaves the job of finding which films go together, and what comes next would be
/// measured beside it.
pub async fn finish(session: &Session) -> anyhow::Result<()> {
    progress("finding which films go together");
    let db = Database::connect_lazy(&session.database_url, 1)?;
    until_empty(&db, FINISH_LIMIT).await?;
    db.close().await;
    Ok(())
}

async fn until_empty(db: &Database, limit: Duration) -> anyhow::Result<()> {
    let start = Instant::now();
    loop {
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM jobs").fetch_one(&mut db.conn().await?).await?;
        if left == 0 {
            return Ok(());
        }
        anyhow::ensure!(start.elapsed() < limit, "{left} jobs are left after {limit:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
