//! Commands.

mod backup;
mod cache;
mod create_staff;
mod doctor;
mod history;
mod import;
mod migrate;
mod optimize_db;
mod orders;
mod people;
mod recommend;
mod seed;
mod staff;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::support::{TestDatabase, logs, redis_url};

/// What a command said and how it ended.
pub struct Outcome {
    pub is_success: bool,
    pub said: Vec<String>,
}

/// Runs the binary on this database, in a folder of its own.
pub fn marquee(database: &TestDatabase, args: &[&str]) -> Outcome {
    let output = output(database, args);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Outcome { is_success: output.status.success(), said: said.lines().map(str::to_owned).collect() }
}

/// The same with all that the command wrote.
pub fn output(database: &TestDatabase, args: &[&str]) -> Output {
    let folder = folder();
    let output = command(database, &folder).args(args).output().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    output
}

/// The binary on this database, whose logs go into `folder`.
fn command(database: &TestDatabase, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marquee"));
    command.current_dir(folder).env_clear();
    command.envs([("MARQUEE_ENV", "test"), ("DATABASE_URL", &database.url), ("REDIS_URL", &redis_url())]);
    command.env("MARQUEE_REDIS_PREFIX", &database.name);
    if let Some(kept) = logs::folder() {
        command.env("MARQUEE_LOG_DIR", kept.join(format!("command-{}", marquee::platform::ids::request_id())));
    }
    command
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("marquee-{}", marquee::platform::ids::request_id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Imports these bytes.
fn import(database: &TestDatabase, file: &[u8], dry_run: bool) -> Outcome {
    let folder = folder();
    let path = folder.join("films.csv");
    std::fs::write(&path, file).unwrap();
    let mut args = vec!["import", path.to_str().unwrap()];
    args.extend(dry_run.then_some("--dry-run"));
    let outcome = marquee(database, &args);
    std::fs::remove_dir_all(folder).unwrap();
    outcome
}

/// Everything in the catalogue that a second run might touch, as one number.
async fn fingerprint(database: &TestDatabase) -> i64 {
    let mut sum = 0;
    for (table, columns) in [
        ("products", "id, slug, version, updated_at, title_en, search_text"),
        ("editions", "id, sku, version, updated_at, stock, price_minor"),
        ("product_people", "product_id, role, position, person_id"),
        ("product_genres", "product_id, genre_id, position"),
        ("product_categories", "product_id, category_id"),
        ("product_audio", "product_id, language"),
        ("product_subtitles", "product_id, language"),
        ("people", "id, name"),
        ("studios", "id, name"),
        ("genres", "id, updated_at"),
        ("categories", "id, updated_at"),
        ("price_history", "id, price_minor"),
        ("stock_movements", "id, delta"),
        ("cache_invalidations", "id, tag"),
    ] {
        let sql = format!("SELECT CAST(COALESCE(SUM(CRC32(CONCAT_WS('|', {columns}))), 0) AS SIGNED) FROM {table}");
        sum = sum * 31 % 1_000_000_007 + database.number(&sql).await;
    }
    sum
}

/// Editions whose stock is not the sum of their ledger.
async fn editions_out_of_books(database: &TestDatabase) -> i64 {
    let sql = "SELECT COUNT(*) FROM editions e LEFT JOIN (SELECT edition_id, SUM(delta) AS units FROM stock_movements \
               GROUP BY edition_id) m ON m.edition_id = e.id WHERE COALESCE(m.units, 0) <> e.stock";
    database.number(sql).await
}

#[tokio::test]
async fn the_log_is_found_under_its_name_wherever_its_folder_is_told_from() {
    let (database, folder) = (TestDatabase::migrated().await, folder());
    let mut command = command(&database, &folder);
    let output = command.env("MARQUEE_LOG_DIR", "logs").args(["migrate"]).output().unwrap();
    assert!(output.status.success());
    let log = std::fs::read_to_string(folder.join("logs/marquee.log"));
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(log.unwrap(), String::from_utf8_lossy(&output.stderr), "what the console has said");
}
