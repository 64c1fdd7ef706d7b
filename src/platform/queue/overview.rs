//! What waits in the queue, for people and machines that look after it.

use std::time::Duration;

use sqlx::{FromRow, MySql, QueryBuilder};

use super::{JobState, Queue, queries};
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

/// Which jobs are meant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<JobState>,
    pub queue: Option<Queue>,
}

/// A job as people see it.
#[derive(Clone, Debug, FromRow)]
pub struct Listed {
    pub id: u64,
    pub queue: Queue,
    pub kind: String,
    pub state: JobState,
    pub attempts: u32,
    pub max_attempts: u32,
    /// Seconds until it is due, until its lease runs out, or, below zero, since then or since it was parked.
    pub due_in: i64,
    pub worker: Option<String>,
    pub last_error: Option<String>,
}

impl Filter {
    fn push(self, sql: &mut QueryBuilder<MySql>) {
        // All queues are named, so that the index is of use for a state alone.
        sql.push(" WHERE queue IN (");
        let mut list = sql.separated(", ");
        for queue in Queue::ALL.iter().filter(|queue| self.queue.is_none_or(|only| only == **queue)) {
            list.push_bind(queue);
        }
        sql.push(")");
        if let Some(state) = self.state {
            sql.push(" AND state = ").push_bind(state);
        }
    }
}

/// The jobs that were parked within this time, the latest first.
pub async fn parked_within(conn: &mut Conn, time: Duration, most: u32) -> sqlx::Result<Vec<Listed>> {
    let mut sql = select_listed();
    Filter { state: Some(JobState::Parked), queue: None }.push(&mut sql);
    sql.push(" AND run_at > UTC_TIMESTAMP(6) - INTERVAL ").push_bind(time.as_secs());
    sql.push(" SECOND ORDER BY run_at DESC, id DESC LIMIT ").push_bind(most);
    sql.build_query_as().fetch_all(conn).await
}

fn select_listed() -> QueryBuilder<MySql> {
    QueryBuilder::new(
        "SELECT id, queue, kind, state, attempts, max_attempts, \
         TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), run_at) AS due_in, worker, last_error FROM jobs",
    )
}

/// The first of these jobs by age, and how many there are in all.
pub async fn list(conn: &mut Conn, filter: Filter, most: u32) -> sqlx::Result<(Vec<Listed>, u64)> {
    let mut sql = select_listed();
    filter.push(&mut sql);
    sql.push(" ORDER BY id LIMIT ").push_bind(most);
    let jobs = sql.build_query_as().fetch_all(&mut *conn).await?;
    let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM jobs");
    filter.push(&mut sql);
    let count: i64 = sql.build_query_scalar().fetch_one(conn).await?;
    Ok((jobs, count.try_into().unwrap_or_default()))
}

/// Lets these jobs run at once, with all their attempts before them, and tells how many that are. A job that is under way
/// is left alone.
pub async fn retry(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<u64> {
    if ids.is_empty() {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new("UPDATE jobs SET state = 'ready', attempts = 0, run_at = UTC_TIMESTAMP(6) WHERE ");
    queries::push_ids(&mut sql, ids.iter().copied());
    sql.push(" AND state <> 'leased'");
    Ok(sql.build().execute(conn).await?.rows_affected())
}

/// The same for all parked jobs, or for those of one queue.
pub async fn retry_parked(conn: &mut Conn, queue: Option<Queue>) -> sqlx::Result<u64> {
    let mut sql = QueryBuilder::new("UPDATE jobs SET state = 'ready', attempts = 0, run_at = UTC_TIMESTAMP(6)");
    Filter { state: Some(JobState::Parked), queue }.push(&mut sql);
    Ok(sql.build().execute(conn).await?.rows_affected())
}

/// Forgets all parked jobs, or those of one queue, and tells how many there were.
pub async fn purge_parked(conn: &mut Conn, queue: Option<Queue>) -> sqlx::Result<u64> {
    let mut sql = QueryBuilder::new("DELETE FROM jobs");
    Filter { state: Some(JobState::Parked), queue }.push(&mut sql);
    Ok(sql.build().execute(conn).await?.rows_affected())
}

/// What waits in each queue, in one statement that reads two entries of the index a queue (and the parked).
pub async fn backlog(conn: &mut Conn) -> sqlx::Result<Vec<Backlog>> {
    let mut sql = QueryBuilder::new("");
    for (at, queue) in Queue::ALL.iter().enumerate() {
        sql.push(if at == 0 { "SELECT " } else { " UNION ALL SELECT " }).push_bind(queue);
        sql.push(", GREATEST(0");
        // What is leased is due when its lease has run out.
        for state in [JobState::Ready, JobState::Leased] {
            sql.push(", COALESCE((SELECT TIMESTAMPDIFF(MICROSECOND, run_at, UTC_TIMESTAMP(6)) FROM jobs ");
            sql.push("FORCE INDEX (jobs_due) WHERE queue = ").push_bind(queue).push(" AND state = ").push_bind(state);
            sql.push(" ORDER BY run_at LIMIT 1), 0)");
        }
        sql.push("), (SELECT COUNT(*) FROM jobs WHERE queue = ").push_bind(queue);
        sql.push(" AND state = ").push_bind(JobState::Parked).push(")");
    }
    let rows: Vec<(Queue, i64, i64)> = sql.build_query_as().fetch_all(conn).await?;
    let backlog = rows.into_iter().map(|(queue, micros, parked)| Backlog {
        queue,
        age: Duration::from_micros(micros.try_into().unwrap_or_default()),
        parked: parked.try_into().unwrap_or_default(),
    });
    Ok(backlog.collect())
}

/// Jobs of a queue in a state.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Depth {
    pub queue: Queue,
    pub state: JobState,
    /// Whether their time has come.
    pub is_due: bool,
    pub count: i64,
}

/// How many jobs there are of each queue, state and time, where there are any: one statement that reads an index.
pub async fn depths(conn: &mut Conn) -> sqlx::Result<Vec<Depth>> {
    sqlx::query_as(
        "SELECT queue, state, run_at <= UTC_TIMESTAMP(6) AS is_due, COUNT(*) AS count FROM jobs \
         GROUP BY queue, state, run_at <= UTC_TIMESTAMP(6)",
    )
    .fetch_all(conn)
    .await
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
