//! Changes of rows that are too many for one statement: in batches, each with the place that it came to.
//!
//! A batch and its place commit together, so that a change which is killed in the middle goes on where it stopped and ends
//! in the same rows. The place's row is the lock: two nodes take turns, and none does what the other has done.
//!
//! The schema comes first and is never held up by these. Pages are served meanwhile, by this release and by the one before,
//! so that either must be content with rows that are not changed yet: expand, fill, and contract in a later release.

use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use sqlx::QueryBuilder;
use tokio::sync::watch;

use crate::platform::db::{self, Conn, Database, Tx};

/// A batch that lost against another transaction is run again this often.
const ATTEMPTS: u32 = 10;
/// After a failure in the background.
const PAUSE: Duration = Duration::from_secs(30);

/// A change of rows. A feature has one where its own statements are.
pub trait DataMigration: Send + Sync {
    /// Never changes, for it tells whether this was done.
    fn name(&self) -> &'static str;

    /// The last place, for whoever waits: usually the greatest id.
    fn end<'a>(&'a self, conn: &'a mut Conn) -> BoxFuture<'a, sqlx::Result<u64>>;

    /// Changes some rows after this place, in the order of their ids or of whatever else the place is.
    fn batch<'a>(&'a self, tx: &'a mut Tx, after: u64) -> BoxFuture<'a, sqlx::Result<Batch>>;
}

/// What a batch came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// So many rows were changed, up to this place.
    UpTo { place: u64, changed: u64 },
    /// Nothing comes after this place.
    End,
}

/// How far a change has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub name: &'static str,
    pub place: u64,
    pub end: u64,
    pub changed: u64,
}

/// What is known of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Pending,
    /// At this place.
    Begun(u64),
    Finished,
}

/// Takes every change to its end, one after the other, and tells how many there were to take.
pub async fn run(
    db: &Database,
    migrations: &[&dyn DataMigration],
    mut tell: impl FnMut(Progress),
) -> anyhow::Result<usize> {
    let mut taken = 0;
    for migration in migrations {
        let end = migration.end(&mut db.conn().await?).await?;
        let mut is_news = false;
        while let Some(progress) = step(db, *migration, end).await? {
            is_news = true;
            tell(progress);
        }
        taken += usize::from(is_news);
    }
    Ok(taken)
}

/// Does the same while pages are served, resting after each batch for as long as it took, until told to stop.
pub async fn run_beside(db: Database, migrations: &[&dyn DataMigration], mut stopped: watch::Receiver<bool>) {
    for migration in migrations {
        loop {
            let start = Instant::now();
            let pause = match step_beside(&db, *migration).await {
                Ok(true) => start.elapsed(),
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!("data migration {} waits: {error}", migration.name());
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
        }
    }
}

async fn step_beside(db: &Database, migration: &dyn DataMigration) -> sqlx::Result<bool> {
    let end = migration.end(&mut db.conn().await?).await?;
    let progress = step(db, migration, end).await?;
    if let Some(Progress { name, place, end, changed }) = progress {
        tracing::info!(name, place, end, changed, "data migration");
    }
    Ok(progress.is_some())
}

/// One batch, or nothing when all are done.
async fn step(db: &Database, migration: &dyn DataMigration, end: u64) -> sqlx::Result<Option<Progress>> {
    for _ in 1..ATTEMPTS {
        match try_step(db, migration, end).await {
            Err(error) if db::is_retryable(&error) => {}
            outcome => return outcome,
        }
    }
    try_step(db, migration, end).await
}

async fn try_step(db: &Database, migration: &dyn DataMigration, end: u64) -> sqlx::Result<Option<Progress>> {
    let name = migration.name();
    let mut tx = db.begin().await?;
    sqlx::query!("INSERT INTO data_migrations (name) VALUES (?) ON DUPLICATE KEY UPDATE name = name", name)
        .execute(&mut *tx)
        .await?;
    let row = sqlx::query!(
        "SELECT position, changed, finished_at IS NOT NULL AS `is_finished: bool` FROM data_migrations \
         WHERE name = ? FOR UPDATE",
        name
    )
    .fetch_one(&mut *tx)
    .await?;
    if row.is_finished {
        return Ok(None);
    }
    let (place, changed) = match migration.batch(&mut tx, row.position).await? {
        Batch::UpTo { place, changed } => (place, row.changed + changed),
        Batch::End => {
            sqlx::query!("UPDATE data_migrations SET finished_at = UTC_TIMESTAMP(6) WHERE name = ?", name)
                .execute(&mut *tx)
                .await?;
            (row.position.max(end), row.changed)
        }
    };
    sqlx::query!("UPDATE data_migrations SET position = ?, changed = ? WHERE name = ?", place, changed, name)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Some(Progress { name, place, end, changed }))
}

/// What is known of these changes.
pub async fn status(
    conn: &mut Conn,
    migrations: &[&'static dyn DataMigration],
) -> sqlx::Result<Vec<(&'static str, State)>> {
    let mut sql = QueryBuilder::new("SELECT name, position, finished_at IS NOT NULL FROM data_migrations");
    let rows: Vec<(String, u64, bool)> = sql.build_query_as().fetch_all(conn).await?;
    let state = |name: &str| match rows.iter().find(|(of, ..)| of == name) {
        None => State::Pending,
        Some((_, _, true)) => State::Finished,
        Some((_, place, false)) => State::Begun(*place),
    };
    Ok(migrations.iter().map(|migration| (migration.name(), state(migration.name()))).collect())
}
