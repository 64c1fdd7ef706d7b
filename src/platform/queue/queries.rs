//! Every statement of workers on `jobs`. The order in which jobs are claimed comes straight from the index: a sort would
//! lock all that is due, and leave nothing to other workers.

use std::time::Duration;

use sqlx::{MySql, QueryBuilder};

use super::{JobState, Queue, leases::Hold};
use crate::platform::db::{Conn, Database};

/// A job that this process may run.
#[derive(Debug)]
pub struct Claimed {
    pub hold: Hold,
    pub kind: String,
    pub payload: String,
    /// The attempt that begins with this claim.
    pub attempt: u32,
    pub max_attempts: u32,
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Where something waits: new work, or work whose lease has run out.
pub async fn due(conn: &mut Conn, queues: &[Queue]) -> sqlx::Result<Vec<(Queue, JobState)>> {
    let mut sql = QueryBuilder::new("");
    let states = [JobState::Ready, JobState::Leased];
    for (at, (queue, state)) in queues.iter().flat_map(|queue| states.map(|state| (*queue, state))).enumerate() {
        sql.push(if at == 0 { "" } else { " UNION ALL " });
        sql.push("(SELECT queue, state FROM jobs FORCE INDEX (jobs_due) WHERE queue = ").push_bind(queue);
        sql.push(" AND state = ").push_bind(state).push(" AND run_at <= UTC_TIMESTAMP(6) LIMIT 1)");
    }
    sql.build_query_as().fetch_all(conn).await
}

/// Takes up to `most` due jobs of one state of a queue for the length of a lease. Jobs that others are at just now are
/// passed over.
pub async fn claim(
    db: &Database,
    (queue, state): (Queue, JobState),
    most: u32,
    (worker, lease): (&str, Duration),
) -> sqlx::Result<Vec<Claimed>> {
    let token = rand::random::<u64>();
    let mut tx = db.begin().await?;
    let rows = sqlx::query!(
        "SELECT id, kind, CAST(payload AS CHAR) AS `payload!: String`, attempts, max_attempts \
         FROM jobs FORCE INDEX (jobs_due) WHERE queue = ? AND state = ? AND run_at <= UTC_TIMESTAMP(6) \
         ORDER BY run_at, id LIMIT ? FOR UPDATE SKIP LOCKED",
        queue,
        state,
        most
    )
    .fetch_all(&mut *tx)
    .await?;
    // Whoever had these died in the last attempt, perhaps of them.
    let (spent, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.attempts >= row.max_attempts);
    for row in spent {
        tracing::error!(id = row.id, kind = row.kind, "job parked: its workers die or lose touch");
        sqlx::query!(
            "UPDATE jobs SET state = 'parked', dedup_key = NULL, lease = NULL, worker = NULL, \
             last_error = 'the worker died or lost touch during the last attempt', run_at = UTC_TIMESTAMP(6) WHERE id = ?",
            row.id
        )
        .execute(&mut *tx)
        .await?;
    }
    if !rows.is_empty() {
        let mut update = QueryBuilder::new("UPDATE jobs SET state = 'leased', attempts = attempts + 1, lease = ");
        update.push_bind(token).push(", worker = ").push_bind(worker);
        update.push(", run_at = TIMESTAMPADD(MICROSECOND, ").push_bind(micros(lease));
        update.push(", UTC_TIMESTAMP(6)) WHERE ");
        push_ids(&mut update, rows.iter().map(|row| row.id));
        update.build().execute(&mut *tx).await?;
    }
    tx.commit().await?;
    let claimed = rows.into_iter().map(|row| Claimed {
        hold: Hold { id: row.id, lease: token },
        kind: row.kind,
        payload: row.payload,
        attempt: row.attempts + 1,
        max_attempts: row.max_attempts,
    });
    Ok(claimed.collect())
}

/// `(id = ? AND lease = ?) OR …`, which the server answers from the primary key.
fn push_holds(sql: &mut QueryBuilder<MySql>, holds: &[Hold]) {
    sql.push("(");
    for (at, hold) in filled_up(holds.iter()).into_iter().enumerate() {
        sql.push(if at == 0 { "(id = " } else { " OR (id = " }).push_bind(hold.id);
        sql.push(" AND lease = ").push_bind(hold.lease).push(")");
    }
    sql.push(")");
}

pub(super) fn push_ids(sql: &mut QueryBuilder<MySql>, ids: impl Iterator<Item = u64>) {
    sql.push("id IN (");
    let mut list = sql.separated(", ");
    for id in filled_up(ids) {
        list.push_bind(id);
    }
    sql.push(")");
}

/// Repeats the last one until there are one, two, four, eight and so on: of each statement there are a few shapes, which
/// the server has parsed already, instead of one for each number.
fn filled_up<T: Clone>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    if let Some(last) = items.last().cloned() {
        items.resize(items.len().next_power_of_two(), last);
    }
    items
}

/// Deletes those that are still held, and tells how many that were.
pub async fn delete(conn: &mut Conn, holds: &[Hold]) -> sqlx::Result<u64> {
    let mut sql = QueryBuilder::new("DELETE FROM jobs WHERE ");
    push_holds(&mut sql, holds);
    Ok(sql.build().execute(conn).await?.rows_affected())
}

/// Puts a job that failed off; nothing happens when it is no longer held.
pub async fn put_off(conn: &mut Conn, hold: Hold, pause: Duration, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE jobs SET state = 'ready', run_at = TIMESTAMPADD(MICROSECOND, ?, UTC_TIMESTAMP(6)), lease = NULL, \
         worker = NULL, last_error = ? WHERE id = ? AND lease = ?",
        micros(pause),
        error,
        hold.id,
        hold.lease
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps a job for people to look at. Its key is free again: a parked job keeps none of its like from running.
pub async fn park(conn: &mut Conn, hold: Hold, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE jobs SET state = 'parked', run_at = UTC_TIMESTAMP(6), dedup_key = NULL, lease = NULL, worker = NULL, \
         last_error = ? WHERE id = ? AND lease = ?",
        error,
        hold.id,
        hold.lease
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives back what was claimed and not done, as if it had never been claimed.
pub async fn hand_back(conn: &mut Conn, holds: &[Hold]) -> sqlx::Result<()> {
    let mut sql = QueryBuilder::new(
        "UPDATE jobs SET state = 'ready', attempts = attempts - 1, run_at = UTC_TIMESTAMP(6), lease = NULL, \
         worker = NULL WHERE ",
    );
    push_holds(&mut sql, holds);
    sql.build().execute(conn).await?;
    Ok(())
}

/// Makes the leases of these last for this long from now on, and tells which were lost. A row that is locked is being
/// finished by its handler, and nobody else can claim it meanwhile: it is left alone rather than waited for.
pub async fn renew(db: &Database, holds: &[Hold], lease: Duration) -> sqlx::Result<Vec<Hold>> {
    let mut tx = db.begin().await?;
    let mut sql = QueryBuilder::new("SELECT id, lease FROM jobs WHERE ");
    push_holds(&mut sql, holds);
    let alive: Vec<(u64, u64)> = sql.build_query_as().fetch_all(&mut *tx).await?;
    let mut sql = QueryBuilder::new("SELECT id FROM jobs WHERE ");
    push_holds(&mut sql, holds);
    sql.push(" FOR UPDATE SKIP LOCKED");
    let free: Vec<u64> = sql.build_query_scalar().fetch_all(&mut *tx).await?;
    if !free.is_empty() {
        let mut sql = QueryBuilder::new("UPDATE jobs SET run_at = TIMESTAMPADD(MICROSECOND, ");
        sql.push_bind(micros(lease)).push(", UTC_TIMESTAMP(6)) WHERE ");
        push_ids(&mut sql, free.into_iter());
        sql.build().execute(&mut *tx).await?;
    }
    tx.commit().await?;
    let is_lost = |hold: &&Hold| !alive.contains(&(hold.id, hold.lease));
    Ok(holds.iter().filter(is_lost).copied().collect())
}
