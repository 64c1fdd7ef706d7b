//! The steps, one after the other; each tells how far it has come.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use time::OffsetDateTime;

use super::{Expiring, News, RETENTION, Step, queries};
use crate::platform::{
    changes,
    db::{Conn, Database, is_retryable},
    page_cache::PageCache,
};

/// Rows that are deleted in one transaction.
const BATCH: u32 = 1_000;
/// A batch that lost against another transaction is tried again this often.
const ATTEMPTS: u32 = 5;
/// After each batch others have the database for as long as it took, and no longer than this.
const LONGEST_REST: Duration = Duration::from_secs(1);

/// Where the steps are taken.
#[derive(Clone)]
pub struct Place {
    pub db: Database,
    pub pages: Arc<PageCache>,
    /// Only tell what would be done.
    pub dry_run: bool,
}

/// Takes these steps. A table that somebody holds for long is left for another time, and named.
pub async fn optimize(
    place: &Place,
    steps: &[Step],
    now: OffsetDateTime,
    tell: &mut impl FnMut(News),
) -> anyhow::Result<()> {
    for step in Step::ALL.iter().copied().filter(|step| steps.contains(step)) {
        let start = Instant::now();
        let outcome = match step {
            Step::Analyze => analyze(place, tell).await?,
            Step::Rebuild => rebuild(place, tell).await?,
            Step::DropOldPages => drop_old_pages(place).await,
            Step::ClearCache => clear_cache(place).await?,
            Step::CleanUp => clean_up(place, now, tell).await?,
        };
        tell(News::Done(step, outcome, start.elapsed()));
    }
    Ok(())
}

async fn analyze(place: &Place, tell: &mut impl FnMut(News)) -> sqlx::Result<String> {
    let tables = queries::tables(&mut place.db.conn().await?).await?;
    if place.dry_run {
        return Ok(format!("{} tables: {}", tables.len(), tables.join(", ")));
    }
    let left = each_table(&place.db, Step::Analyze, &tables, tell).await?;
    Ok(summary(&format!("{} tables", tables.len()), &left))
}

async fn rebuild(place: &Place, tell: &mut impl FnMut(News)) -> sqlx::Result<String> {
    let sparse = queries::sparse_tables(&mut place.db.conn().await?).await?;
    if sparse.is_empty() {
        return Ok("no table is more than a fifth empty".to_owned());
    }
    let told: Vec<_> = sparse.iter().map(|(table, free)| format!("{table} ({} MB free)", free >> 20)).collect();
    if place.dry_run {
        return Ok(told.join(", "));
    }
    let tables: Vec<_> = sparse.into_iter().map(|(table, _)| table).collect();
    let left = each_table(&place.db, Step::Rebuild, &tables, tell).await?;
    Ok(summary(&told.join(", "), &left))
}

/// Does it to one table after the other, and tells which the server refused.
async fn each_table(
    db: &Database,
    step: Step,
    tables: &[String],
    tell: &mut impl FnMut(News),
) -> sqlx::Result<Vec<String>> {
    let mut conn = db.conn().await?;
    queries::be_patient(&mut conn, false).await?;
    let left = each_on(&mut conn, step, tables, tell).await;
    // The connection goes back to the pool.
    queries::be_patient(&mut conn, true).await?;
    left
}

async fn each_on(
    conn: &mut Conn,
    step: Step,
    tables: &[String],
    tell: &mut impl FnMut(News),
) -> sqlx::Result<Vec<String>> {
    let mut left = Vec::new();
    for (at, table) in (1..).zip(tables) {
        let refused = match step {
            Step::Rebuild => queries::rebuild(conn, table).await?,
            _ => queries::analyze(conn, table).await?,
        };
        left.extend(refused.map(|reason| format!("{table}: {reason}")));
        tell(News::At(step, at, tables.len() as u64));
    }
    Ok(left)
}

fn summary(done: &str, left: &[String]) -> String {
    if left.is_empty() { done.to_owned() } else { format!("{done}; left as they are: {}", left.join(", ")) }
}

async fn drop_old_pages(place: &Place) -> String {
    if place.dry_run {
        return "pages of other releases and configurations in Redis".to_owned();
    }
    in_redis(place.pages.shared().clear_old().await)
}

async fn clear_cache(place: &Place) -> sqlx::Result<String> {
    if place.dry_run {
        return Ok("all pages of this shop".to_owned());
    }
    Ok(in_redis(clear_pages(&place.db, &place.pages).await?))
}

fn in_redis(count: Option<usize>) -> String {
    count.map_or("Redis does not answer and keeps what nobody reads".to_owned(), |count| {
        format!("{count} pages in Redis")
    })
}

/// Forgets every kept page. The announcement empties the nodes; what Redis holds is refused by them from then on, and taken
/// away here. Tells how many those were, if Redis answers.
pub async fn clear_pages(db: &Database, pages: &PageCache) -> sqlx::Result<Option<usize>> {
    changes::announce(db, changes::ALL_PAGES).await?;
    Ok(pages.shared().clear().await)
}

/// Deletes what is no longer kept, a batch after the other.
pub async fn clean_up(place: &Place, now: OffsetDateTime, tell: &mut impl FnMut(News)) -> sqlx::Result<String> {
    let mut conn = place.db.conn().await?;
    let mut over = Vec::new();
    for of in &RETENTION {
        over.push((of, queries::count_over(&mut conn, of, now).await?));
    }
    drop(conn);
    let (mut deleted, total) = (0, over.iter().map(|(_, count)| count).sum::<u64>());
    let mut outcome = Vec::new();
    for (of, mut count) in over {
        if !place.dry_run {
            let before = deleted;
            count = delete(&place.db, of, now, |rows| {
                deleted = before + rows;
                tell(News::At(Step::CleanUp, deleted, total.max(deleted)));
            })
            .await?;
        }
        outcome.push(format!("{} {count}", of.table));
    }
    Ok(format!("rows of {}", outcome.join(", ")))
}

/// Each batch is a transaction of its own, and the connection is given back in between.
async fn delete(db: &Database, of: &Expiring, now: OffsetDateTime, mut done: impl FnMut(u64)) -> sqlx::Result<u64> {
    let (mut deleted, mut attempt) = (0, 1);
    loop {
        let start = Instant::now();
        let mut conn: Conn = db.conn().await?;
        let outcome = queries::delete_over(&mut conn, of, now, BATCH).await;
        drop(conn);
        match outcome {
            Ok(rows) => {
                (deleted, attempt) = (deleted + rows, 1);
                done(deleted);
                if rows < BATCH.into() {
                    return Ok(deleted);
                }
            }
            Err(error) if is_retryable(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
        tokio::time::sleep(start.elapsed().min(LONGEST_REST)).await;
    }
}
