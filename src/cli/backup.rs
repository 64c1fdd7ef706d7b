//! `marquee backup`: a copy of the shop, whole or not at all.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::Args as ClapArgs;

use super::progress::Progress;
use crate::{
    backup::{self, Manifest},
    platform::{clock, config::Config, db::Database, migrations, version},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// The folder that holds the backups, each in a folder of its own
    #[arg(long, value_name = "FOLDER", default_value = "backups")]
    to: PathBuf,
    /// So many of the newest are kept; older ones are deleted once the new one is whole
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..))]
    keep: u16,
}

pub(super) async fn run(args: Args, config: Config) -> anyhow::Result<ExitCode> {
    let db = Database::connect_lazy(config.database_url.expose(), 1)?;
    let expected = backup::bytes(&mut db.conn().await?).await?;
    let about = Manifest {
        version: version::VERSION.to_owned(),
        commit: version::COMMIT.to_owned(),
        at: clock::now(),
        migrations: migrations::applied_count(&db).await?,
        statements: 0,
    };
    db.close().await;
    let written = tokio::task::spawn_blocking(move || {
        let (mut progress, since) = (Progress::new(expected, "KiB"), Instant::now());
        let mut tell = |bytes: u64| progress.at(bytes.min(expected), bytes >> 10, since);
        let _mine = backup::claim(&args.to)?;
        let written = backup::write(config.database_url.expose(), &args.to, about, &mut tell)?;
        progress.finish();
        let forgotten = backup::forget(&args.to, args.keep.into())?;
        anyhow::Ok((written, forgotten, since.elapsed()))
    });
    let (written, forgotten, took) = written.await??;
    let (size, seconds) = (written.bytes >> 10, took.as_secs_f64());
    println!("{}: {size} KiB in {seconds:.1} s", written.folder.display());
    for folder in forgotten {
        println!("deleted {}", folder.display());
    }
    Ok(ExitCode::SUCCESS)
}
