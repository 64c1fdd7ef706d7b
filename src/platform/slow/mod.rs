//! Statements that took long: each leaves a line in the log, and counts in a list that outlives the process.
//!
//! Owns `slow_statements`. A statement goes by its shape and by who asked: the shape is its text, in which bound values
//! never stand, with what is written out folded away, so that a list of seven and one of eight are the same. The list is
//! gathered in the process and stored once a minute and at its end; it is bounded here and there. Its numbers are of the
//! whole shop, since all processes add to the same rows.

mod queries;
mod shape;

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use time::OffsetDateTime;
use tokio::sync::watch;

pub use self::queries::{Order, Slow, top};
use super::{clock, db::Database, metrics::Counter};

/// For so long a statement is remembered that has been quick since.
pub const KEPT: Duration = Duration::from_hours(30 * 24);
/// Rows that the list has, and entries that wait for being stored.
const MOST: usize = 200;
/// Between two times that it is stored.
const EVERY: Duration = Duration::from_mins(1);

/// What took long in this process.
#[derive(Debug, Default)]
pub struct Watch {
    limit: OnceLock<Duration>,
    found: Mutex<Found>,
    count: Counter,
}

/// By shape and by who asked.
type Found = HashMap<(String, String), Sum>;

#[derive(Clone, Copy, Debug)]
struct Sum {
    times: u64,
    total: Duration,
    longest: Duration,
    most_rows: u64,
    last_seen: OffsetDateTime,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.times += other.times;
        self.total += other.total;
        self.longest = self.longest.max(other.longest);
        self.most_rows = self.most_rows.max(other.most_rows);
        self.last_seen = self.last_seen.max(other.last_seen);
    }
}

impl Watch {
    /// Looks out for whatever takes so long from now on; zero looks for nothing. Said once.
    pub fn begin(&self, limit: Duration) {
        self.limit.get_or_init(|| limit);
    }

    /// Statements that took long.
    pub const fn count(&self) -> &Counter {
        &self.count
    }

    /// Whether a statement took so long that it is to be noted.
    pub(super) fn is_slow(&self, took: Duration) -> bool {
        self.limit.get().is_some_and(|limit| !limit.is_zero() && took >= *limit)
    }

    pub(super) fn note(&self, sql: &str, origin: &str, took: Duration, rows: u64) {
        let shape = shape::of(sql);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(target: "marquee::slow", route = origin, ms, rows, statement = shape, "slow statement");
        self.count.one();
        let sum = Sum { times: 1, total: took, longest: took, most_rows: rows, last_seen: clock::now() };
        self.add([((shape, origin.to_owned()), sum)]);
    }

    fn add(&self, sums: impl IntoIterator<Item = ((String, String), Sum)>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, sum) in sums {
            if let Some(known) = found.get_mut(&key) {
                known.add(&sum);
            } else if found.len() < MOST {
                found.insert(key, sum);
            }
        }
    }

    fn take(&self) -> Found {
        std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Stores what was found once a minute, and once more when told to stop.
pub async fn keep(db: Database, mut stopped: watch::Receiver<bool>) {
    loop {
        let is_over = tokio::time::timeout(EVERY, stopped.wait_for(|stop| *stop)).await.is_ok();
        if let Err(error) = store(&db).await {
            tracing::warn!("slow statements could not be stored yet: {error}");
        }
        if is_over {
            return;
        }
    }
}

/// Adds what was found to the list. What cannot be stored waits for the next time.
pub async fn store(db: &Database) -> sqlx::Result<()> {
    let found = db.slow().take();
    if found.is_empty() {
        return Ok(());
    }
    let stored = async {
        let mut conn = db.conn().await?;
        queries::add(&mut conn, &found).await?;
        queries::trim(&mut conn, MOST).await
    }
    .await;
    if stored.is_err() {
        db.slow().add(found);
    }
    stored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_added_up_and_bounded() {
        let watch = Watch::default();
        assert!(!watch.is_slow(Duration::from_hours(1)), "nobody has asked");
        watch.begin(Duration::from_millis(100));
        assert!(watch.is_slow(Duration::from_millis(100)) && !watch.is_slow(Duration::from_millis(99)));
        for n in 0..1_000 {
            watch.note(&format!("SELECT c{n} FROM t"), "/films", Duration::from_millis(100 + n), n);
        }
        watch.note("SELECT c7 FROM t", "/films", Duration::from_millis(50), 9_000);
        let found = watch.take();
        assert_eq!((found.len(), watch.count().read(), watch.take().len()), (MOST, 1_001, 0));
        let sum = found[&("SELECT c7 FROM t".to_owned(), "/films".to_owned())];
        assert_eq!((sum.times, sum.most_rows), (2, 9_000));
        assert_eq!((sum.total, sum.longest), (Duration::from_millis(157), Duration::from_millis(107)));
    }

    #[test]
    fn zero_looks_for_nothing() {
        let watch = Watch::default();
        watch.begin(Duration::ZERO);
        assert!(!watch.is_slow(Duration::from_hours(1)));
    }
}
