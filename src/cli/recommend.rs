//! `marquee recommend`

use std::{process::ExitCode, thread::available_parallelism, time::Instant};

use super::progress::Progress;
use crate::{
    platform::{clock, config::Config, db::Database},
    recommendations::{self, Catalogue, Report, Stretch},
};

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let at_once = available_parallelism()?.get();
    let db = Database::connect_lazy(config.database_url.expose(), u32::try_from(at_once)? + 1)?;
    let report = recommend(recommendations::load(&db, clock::now()), at_once).await?;
    println!("{} films compared; {} of them go with others than before.", report.films, report.changed);
    let report = recommend(recommendations::load_orders(&db), at_once).await?;
    println!("{} films ordered; {} of them are bought with others than before.", report.films, report.changed);
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn recommend(load: impl Future<Output = anyhow::Result<Catalogue>>, at_once: usize) -> anyhow::Result<Report> {
    let start = Instant::now();
    let catalogue = load.await?;
    let total = catalogue.count() as u64;
    tracing::info!("{total} films were read in {} ms", start.elapsed().as_millis());
    let (start, mut progress) = (Instant::now(), Progress::new(total, "films"));
    let done = |done: Report| progress.at(done.films as u64, done.films as u64, start);
    let report = catalogue.recommend(Stretch::ALL, at_once, done).await?;
    progress.finish();
    tracing::info!("{total} films were compared and stored in {} ms", start.elapsed().as_millis());
    Ok(report)
}
