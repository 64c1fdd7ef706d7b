//! What happens so often that a day's number says more than its instances: answers that failed, by route, and what became
//! of requests for kept pages.
//!
//! Owns `tallies`, to which each process adds what it has counted since the last time, once a minute and when it stops.
//! Names are routes and words of the program, so that a day has few rows whatever visitors ask for.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::QueryBuilder;
use time::{Date, UtcOffset};
use tokio::sync::watch;

use super::{
    clock,
    db::{Conn, Database},
    page_cache::{NodeCounters, PageCache},
};
use crate::word_enum;

/// Between two times that a process adds its numbers.
const EVERY: Duration = Duration::from_mins(1);

word_enum! {
    /// What is counted.
    pub Kind {
        /// Answers that failed on the shop's side; the name is the status and the route, as `500 /films/{slug}`.
        Failure = "failure",
        /// Requests for pages that may be kept; the name is what became of them: `kept` or `made`.
        Page = "page",
    }
}

/// Answers of this process that failed, until they are added to the day's.
#[derive(Debug, Default)]
pub struct Failures(Mutex<BTreeMap<String, u64>>);

impl Failures {
    /// An answer with this status, which is the shop's own fault, of the route as it is written in the URL map.
    pub fn count(&self, status: u16, route: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(format!("{status} {route}")).or_default() += 1;
    }

    fn take(&self) -> BTreeMap<String, u64> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, taken: BTreeMap<String, u64>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, count) in taken {
            *counts.entry(name).or_default() += count;
        }
    }
}

/// What a process has counted and not added yet.
pub struct Tally {
    pub db: Database,
    pub failures: Arc<Failures>,
    pub pages: Arc<PageCache>,
    /// Days begin by the clock of this zone.
    pub zone: UtcOffset,
    /// Kept pages as they were when they were added last.
    pub added: NodeCounters,
}

impl Tally {
    /// Adds the numbers once a minute, and a last time when told to stop.
    pub async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = stopped.changed() => {}
            }
            if let Err(error) = self.add().await {
                tracing::warn!("the day's numbers wait for the next time: {error}");
            }
        }
    }

    /// Adds what was counted since the last time. What cannot be added is kept.
    pub async fn add(&mut self) -> sqlx::Result<()> {
        let (failures, now) = (self.failures.take(), self.pages.counters());
        let kept = (now.hits + now.from_redis).saturating_sub(self.added.hits + self.added.from_redis);
        let pages = [("kept", kept), ("made", now.made.saturating_sub(self.added.made))];
        let rows = failures.iter().map(|(name, count)| (Kind::Failure, name.as_str(), *count));
        let rows: Vec<_> = rows.chain(pages.map(|(name, count)| (Kind::Page, name, count))).collect();
        let day = clock::now().to_offset(self.zone).date();
        let outcome = async { add(&mut self.db.conn().await?, day, &rows).await }.await;
        match outcome {
            Ok(()) => self.added = now,
            Err(_) => self.failures.put_back(failures),
        }
        outcome
    }
}

async fn add(conn: &mut Conn, day: Date, rows: &[(Kind, &str, u64)]) -> sqlx::Result<()> {
    let rows: Vec<_> = rows.iter().filter(|(.., count)| *count > 0).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = QueryBuilder::new("INSERT INTO tallies (day, kind, name, count) ");
    sql.push_values(rows, |mut row, (kind, name, count)| {
        row.push_bind(day).push_bind(kind).push_bind(*name).push_bind(count);
    });
    sql.push(" ON DUPLICATE KEY UPDATE count = tallies.count + VALUES(count)");
    sql.build().execute(conn).await?;
    Ok(())
}

/// What the days from `first` to `last` come to, by name, the most first.
pub async fn between(
    conn: &mut Conn,
    kind: Kind,
    (first, last): (Date, Date),
    most: u32,
) -> sqlx::Result<Vec<(String, u64)>> {
    let rows = sqlx::query!(
        r#"SELECT name, CAST(SUM(count) AS UNSIGNED) AS "count!: u64" FROM tallies
           WHERE kind = ? AND day BETWEEN ? AND ? GROUP BY name ORDER BY 2 DESC, name LIMIT ?"#,
        kind,
        first,
        last,
        most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.count)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_by_route_and_none_is_lost_while_the_database_is_away() {
        let failures = Failures::default();
        for route in ["/films/{slug}", "/cart", "/films/{slug}"] {
            failures.count(500, route);
        }
        let taken = failures.take();
        assert_eq!(taken["500 /films/{slug}"], 2);
        failures.count(500, "/cart");
        failures.put_back(taken);
        assert_eq!(failures.take()["500 /cart"], 2);
        assert!(failures.take().is_empty());
    }
}
