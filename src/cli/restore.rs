//! `marquee restore`: a backup, put back into an empty database.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::ensure;
use clap::Args as ClapArgs;

use super::{doctor, progress::Progress};
use crate::{
    backup,
    platform::{config::Config, db::Database, migrations},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// The folder of the backup
    folder: PathBuf,
    /// Only tell whether the backup is whole
    #[arg(long)]
    verify: bool,
}

/// Fails without having changed anything when the backup is not whole or the database not empty.
pub(super) async fn run(args: Args, config: Config) -> anyhow::Result<ExitCode> {
    let folder = args.folder.clone();
    let manifest = tokio::task::spawn_blocking(move || {
        let (mut progress, since) = (None, Instant::now());
        let mut tell = |bytes: u64, all: u64| {
            progress.get_or_insert_with(|| Progress::new(all, "KiB")).at(bytes, bytes >> 10, since);
        };
        let verified = backup::verify(&folder, &mut tell);
        progress.into_iter().for_each(Progress::finish);
        verified
    });
    let manifest = manifest.await???;
    println!("whole: made by {} at {}, {} KiB of statements", manifest.version, manifest.at, manifest.statements >> 10);
    if args.verify {
        return Ok(ExitCode::SUCCESS);
    }
    let db = Database::connect_lazy(config.database_url.expose(), 2)?;
    backup::is_empty(&db).await??;
    let url = config.database_url.clone();
    let restored = tokio::task::spawn_blocking(move || {
        let (mut progress, since) = (Progress::new(manifest.statements, "KiB"), Instant::now());
        let mut tell = |bytes: u64| progress.at(bytes, bytes >> 10, since);
        backup::restore(url.expose(), &args.folder, &mut tell)?;
        progress.finish();
        anyhow::Ok(since.elapsed())
    });
    let took = restored.await??;
    let applied = migrations::applied_count(&db).await?;
    ensure!(applied >= manifest.migrations, "{applied} migrations came back, {} were backed up", manifest.migrations);
    println!("restored in {:.1} s", took.as_secs_f64());
    if applied < migrations::count() {
        println!("next: marquee migrate");
        return Ok(ExitCode::SUCCESS);
    }
    doctor::run(&doctor::Args::default(), config).await
}
