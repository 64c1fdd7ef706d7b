//! What waits in the queue, for people and machines that look after it.

use std::time::Duration;

use sqlx::QueryBuilder;

use super::{JobState, Queue};
use crate::platform::db::{Conn, Database};

/// Between two looks that the log tells of.
const EVERY: Duration = Duration::from_mins(1);

/// A queue's work.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    pub queue: Queue,
    /// How long the job that is next has been due; zero when nothing is.
    pub age: Duration,
    /// Jobs that failed for good.
    pub parked: u64,
}

impl Backlog {
    /// Whether jobs wait for longer than any worker that is well lets them.
    pub fn is_late(&self) -> bool {
        self.age > Duration::from_mins(5)
    }
}

/// What waits in each queue, in one statement that reads an entry of the index a queue (and the parked).
pub async fn backlog(conn: &mut Conn) -> sqlx::Result<Vec<Backlog>> {
    let mut sql = QueryBuilder::new("");
    for (at, queue) in Queue::ALL.iter().enumerate() {
        sql.push(if at == 0 { "SELECT " } else { " UNION ALL SELECT " }).push_bind(queue);
        sql.push(", (SELECT TIMESTAMPDIFF(MICROSECOND, run_at, UTC_TIMESTAMP(6)) FROM jobs FORCE INDEX (jobs_due) ");
        sql.push("WHERE queue = ").push_bind(queue).push(" AND state = ").push_bind(JobState::Ready);
        sql.push(" AND run_at <= UTC_TIMESTAMP(6) ORDER BY run_at LIMIT 1), ");
        sql.push("(SELECT COUNT(*) FROM jobs WHERE queue = ").push_bind(queue);
        sql.push(" AND state = ").push_bind(JobState::Parked).push(")");
    }
    let rows: Vec<(Queue, Option<i64>, i64)> = sql.build_query_as().fetch_all(conn).await?;
    let backlog = rows.into_iter().map(|(queue, micros, parked)| Backlog {
        queue,
        age: Duration::from_micros(micros.unwrap_or_default().try_into().unwrap_or_default()),
        parked: parked.try_into().unwrap_or_default(),
    });
    Ok(backlog.collect())
}

/// Writes a line a minute while something waits or is parked. Ends with the task that it runs in.
pub(super) async fn report(db: Database) {
    loop {
        tokio::time::sleep(EVERY).await;
        let looked = async { backlog(&mut db.conn().await?).await }.await;
        for backlog in looked.unwrap_or_default() {
            let (queue, age_seconds, parked) = (backlog.queue.word(), backlog.age.as_secs(), backlog.parked);
            if backlog.is_late() {
                tracing::warn!(queue, age_seconds, parked, "jobs wait for long");
            } else if age_seconds > 0 || parked > 0 {
                tracing::info!(queue, age_seconds, parked, "the queue");
            }
        }
    }
}
