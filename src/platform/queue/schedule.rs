//! Work that comes again and again: one row by name in `schedules`, whichever and however many processes look.
//!
//! The row is the lock: whoever finds it due enqueues the job and moves the row to the next time in one transaction. A time
//! that passes while nobody looks is made up for once.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use time::{OffsetDateTime, UtcOffset};
use tokio::sync::watch;

use super::{Job, When};
use crate::platform::{
    clock,
    db::{Conn, Database, Tx},
};

/// The longest time between two looks.
const LONGEST: time::Duration = time::Duration::seconds(30);

type Enqueue = dyn for<'a> Fn(&'a mut Tx) -> BoxFuture<'a, sqlx::Result<()>> + Send + Sync;

struct Entry {
    name: &'static str,
    when: When,
    enqueue: Box<Enqueue>,
}

/// The table of what is due when. A job that is due more often than it may take wants a
/// [`dedup_key`](Job::dedup_key): while one of its like waits or runs, another one would only be in its way.
pub struct Schedule {
    zone: UtcOffset,
    entries: Vec<Entry>,
}

impl Schedule {
    /// Times are by the clock of this zone.
    pub const fn new(zone: UtcOffset) -> Self {
        Self { zone, entries: Vec::new() }
    }

    /// The job is due at these times. The name is its row's key.
    #[must_use]
    pub fn at<J: Job>(mut self, name: &'static str, when: When, job: J) -> Self {
        assert!(self.entries.iter().all(|entry| entry.name != name), "two entries are called {name}");
        let job = Arc::new(job);
        let enqueue: Box<Enqueue> = Box::new(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { tx.enqueue(&*job).await })
        });
        self.entries.push(Entry { name, when, enqueue });
        self
    }

    /// Makes the rows that are missing. A row that waits for longer than its entry says now, by another release, is moved
    /// forward.
    pub async fn prepare(&self, db: &Database, now: OffsetDateTime) -> sqlx::Result<()> {
        let mut conn = db.conn().await?;
        for entry in &self.entries {
            let next_at = entry.when.after(now, self.zone);
            sqlx::query!(
                "INSERT INTO schedules (name, next_at) VALUES (?, ?) \
                 ON DUPLICATE KEY UPDATE next_at = LEAST(next_at, VALUES(next_at))",
                entry.name,
                next_at
            )
            .execute(&mut conn)
            .await?;
        }
        Ok(())
    }

    /// Enqueues what is due and tells when to look again.
    pub async fn tick(&self, db: &Database, now: OffsetDateTime) -> sqlx::Result<OffsetDateTime> {
        let times = times(&mut db.conn().await?).await?;
        let mut next = now + LONGEST;
        for entry in &self.entries {
            match times.iter().find(|(name, _)| name == entry.name) {
                Some((_, at)) if *at > now => next = next.min(*at),
                Some(_) => next = next.min(self.fire(db, entry, now).await?),
                None => self.prepare(db, now).await?,
            }
        }
        Ok(next)
    }

    async fn fire(&self, db: &Database, entry: &Entry, now: OffsetDateTime) -> sqlx::Result<OffsetDateTime> {
        let next_at = entry.when.after(now, self.zone);
        let mut tx = db.begin().await?;
        let is_due = sqlx::query!(
            "SELECT name FROM schedules WHERE name = ? AND next_at <= ? FOR UPDATE SKIP LOCKED",
            entry.name,
            now
        )
        .fetch_optional(&mut *tx)
        .await?;
        if is_due.is_some() {
            (entry.enqueue)(&mut tx).await?;
            sqlx::query!("UPDATE schedules SET next_at = ?, last_at = ? WHERE name = ?", next_at, now, entry.name)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            tracing::debug!(name = entry.name, "due");
        }
        Ok(next_at)
    }
}

/// An entry of the table as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    pub name: String,
    pub next_at: OffsetDateTime,
    /// When it was due last.
    pub last_at: Option<OffsetDateTime>,
}

/// What is due when, the next first.
pub async fn scheduled(conn: &mut Conn) -> sqlx::Result<Vec<Scheduled>> {
    sqlx::query_as!(
        Scheduled,
        "SELECT name, next_at AS `next_at: OffsetDateTime`, last_at AS `last_at: OffsetDateTime` FROM schedules
         ORDER BY next_at, name"
    )
    .fetch_all(conn)
    .await
}

async fn times(conn: &mut Conn) -> sqlx::Result<Vec<(String, OffsetDateTime)>> {
    let rows = sqlx::query!("SELECT name, next_at AS `next_at: OffsetDateTime` FROM schedules").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.next_at)).collect())
}

/// Follows the clock until told to stop. Without the database it waits for its return.
pub(super) async fn follow(db: Database, schedule: Schedule, mut stopped: watch::Receiver<bool>) {
    let mut is_prepared = false;
    loop {
        let now = clock::now();
        if !is_prepared {
            is_prepared = schedule.prepare(&db, now).await.is_ok();
        }
        let next = schedule.tick(&db, now).await.unwrap_or_else(|error| {
            tracing::warn!("the schedule could not be followed: {error}");
            now + time::Duration::seconds(2)
        });
        // A moment late rather than a moment early.
        let pause = (next - clock::now()).unsigned_abs() + std::time::Duration::from_millis(20);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}
