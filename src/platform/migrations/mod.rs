//! The schema's steps, embedded in the binary, and changes of rows that follow them.

pub mod data;

use std::time::Duration;

use sqlx::{
    Connection, Executor,
    migrate::{Migrate, Migrator},
    mysql::MySqlConnection,
};

use super::db::connect_options;

static MIGRATOR: Migrator = sqlx::migrate!();

/// How long a node waits for another one that is migrating.
const LOCK_WAIT: Duration = Duration::from_mins(10);

/// A step and whether it has been taken.
pub struct Step {
    pub version: i64,
    pub description: String,
    pub applied: bool,
}

/// Applies what is missing, one node at a time, and returns how many steps that were. A changed step is an error, a step of
/// a later release is none, not even one that failed.
pub async fn run(url: &str) -> anyhow::Result<usize> {
    let mut conn = connect(url).await?;
    lock(&mut conn).await?;
    let before = own_steps(&mut conn).await?;
    if before == count() && later_step_failed(&mut conn).await? {
        hang_up(conn).await;
        return Ok(0);
    }
    let mut migrator = Migrator::DEFAULT;
    migrator.migrations.clone_from(&MIGRATOR.migrations);
    // The named lock above already keeps others out, and it works alike on every server.
    migrator.set_locking(false);
    // A later release has been here: this one takes its place back, or starts once more beside it.
    migrator.set_ignore_missing(true);
    migrator.run_direct(None, &mut conn, false).await?;
    let after = own_steps(&mut conn).await?;
    hang_up(conn).await;
    Ok(after - before)
}

/// Every step of this release, oldest first.
pub async fn status(url: &str) -> anyhow::Result<Vec<Step>> {
    let mut conn = connect(url).await?;
    conn.ensure_migrations_table("_sqlx_migrations").await?;
    let applied = conn.list_applied_migrations("_sqlx_migrations").await?;
    hang_up(conn).await;
    Ok(MIGRATOR
        .iter()
        .map(|step| Step {
            version: step.version,
            description: step.description.to_string(),
            applied: applied.iter().any(|done| done.version == step.version),
        })
        .collect())
}

/// What was to be done is done. MySQL may close the connection before the goodbye is all written, which is no failure.
async fn hang_up(conn: MySqlConnection) {
    if let Err(error) = conn.close().await {
        tracing::debug!("the database hung up first: {error}");
    }
}

/// Number of steps of this release.
pub fn count() -> usize {
    MIGRATOR.iter().count()
}

/// A connection of its own: a named lock belongs to the connection that took it, and ends with it.
async fn connect(url: &str) -> anyhow::Result<MySqlConnection> {
    let mut conn = MySqlConnection::connect_with(&connect_options(url)?).await?;
    // As in the pool. What a step reads, it would lock otherwise, and the release before is selling.
    conn.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
    Ok(conn)
}

async fn lock(conn: &mut MySqlConnection) -> anyhow::Result<()> {
    let got: Option<i64> =
        sqlx::query_scalar("SELECT GET_LOCK(CONCAT('marquee_migrate_', LEFT(SHA2(DATABASE(), 256), 32)), ?)")
            .bind(LOCK_WAIT.as_secs())
            .fetch_one(conn)
            .await?;
    anyhow::ensure!(got == Some(1), "another node is still migrating after {} s", LOCK_WAIT.as_secs());
    Ok(())
}

/// Number of steps of this release that have been taken.
async fn own_steps(conn: &mut MySqlConnection) -> anyhow::Result<usize> {
    conn.ensure_migrations_table("_sqlx_migrations").await?;
    let applied = conn.list_applied_migrations("_sqlx_migrations").await?;
    Ok(applied.iter().filter(|step| MIGRATOR.version_exists(step.version)).count())
}

/// Whether a step stopped half way that only a later release knows: this one needs nothing of it.
async fn later_step_failed(conn: &mut MySqlConnection) -> anyhow::Result<bool> {
    let stopped = conn.dirty_version("_sqlx_migrations").await?;
    Ok(stopped.is_some_and(|version| !MIGRATOR.version_exists(version)))
}

/// Number of steps of this release that the database has taken.
pub async fn applied_count(db: &super::db::Database) -> sqlx::Result<usize> {
    Ok(standing(db).await?.0)
}

/// Number of steps of this release that the database has taken, and the server's version.
pub async fn standing(db: &super::db::Database) -> sqlx::Result<(usize, String)> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT version, CAST(VERSION() AS CHAR) FROM _sqlx_migrations WHERE success")
            .fetch_all(&mut db.conn().await?)
            .await?;
    let taken = rows.iter().filter(|(step, _)| MIGRATOR.version_exists(*step)).count();
    Ok((taken, rows.into_iter().next().map(|(_, version)| version).unwrap_or_default()))
}
