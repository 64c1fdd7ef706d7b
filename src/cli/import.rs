//! `marquee import FILE [--dry-run]`

use std::{fs::File, path::PathBuf, process::ExitCode, sync::Arc, time::Instant};

use anyhow::Context as _;
use clap::Args as ClapArgs;

use super::progress::Progress;
use crate::{
    catalog::{
        import::Problem,
        loading::{self, Loader, Report},
    },
    platform::{changes, config::Config, db::Database, migrations, redis::Redis},
    recommendations,
};

const COLUMNS: &str = "\
Columns: slug, title, year; and where known original_title, director, cast, genres, studio, runtime_min, certificate,
country, title_ru, title_uz, description_en, description_ru, description_uz. rating and votes are ignored. Several
people or genres stand in one cell, separated by bars. An empty cell means \"not said\" and never empties anything.

Editions: <format>_<value>, where the format is dvd, blu_ray, uhd_4k, box_set, digital_hd or digital_4k and the value
sku, barcode, price, sale_price, sale_from, sale_to, stock, low_stock_at, region, discs, max_per_order or release_date.
Prices are written 19.99, dates 2026-11-27. A filled price sets the whole offer: without a sale price beside it a sale
ends. A film without edition cells gets editions by rule if it has none, and keeps those that it has.

A row with anything wrong is named by line, column and reason, and nothing of it is stored; the other rows are taken.
The command succeeds only if every row was taken.";

#[derive(ClapArgs)]
#[command(after_long_help = COLUMNS)]
pub(super) struct Args {
    /// A CSV file in UTF-8 with a header row; --help lists the columns
    file: PathBuf,
    /// Report what would happen, and store nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    let name = args.file.display();
    let file = File::open(&args.file).with_context(|| format!("cannot open {name}"))?;
    let total = file.metadata().with_context(|| format!("cannot read {name}"))?.len();
    let mut chunks = match loading::read(file).with_context(|| format!("cannot read {name}"))? {
        Ok(chunks) => chunks,
        Err(problems) => {
            for problem in problems {
                println!("{problem}");
            }
            println!("Nothing was taken.");
            return Ok(ExitCode::FAILURE);
        }
    };
    let url = config.database_url.expose();
    migrations::run(url).await?;
    let db = Database::connect_lazy(url, loading::CONNECTIONS)?;
    let mut loader = Loader::import(db.clone(), args.dry_run).await?;
    tracing::info!("importing {name}");
    let (start, mut progress) = (Instant::now(), Progress::new(total, "films"));
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk.with_context(|| format!("cannot read {name}"))?;
        loader.refuse(chunk.refused.len() as u64);
        let mut problems: Vec<Problem> = chunk.refused.into_iter().flatten().collect();
        problems.extend(loader.take(chunk.rows).await?.into_iter().flatten());
        problems.sort_by_key(|problem| problem.line);
        for problem in problems {
            progress.print(&problem.to_string());
        }
        progress.at(chunk.bytes, loader.report().rows(), start);
    }
    let report = loader.finish().await?;
    if !args.dry_run && report.added + report.changed > 0 {
        recommendations::request(&db).await?;
    }
    changes::tell(&Arc::new(Redis::new(config.redis_url.expose(), &config.redis_prefix)?)).await;
    progress.finish();
    Ok(conclude(report, args.dry_run))
}

/// The same numbers whether or not they were stored.
fn conclude(report: Report, dry_run: bool) -> ExitCode {
    println!(
        "{} films added, {} changed, {} unchanged, {} rows refused.",
        report.added, report.changed, report.unchanged, report.refused
    );
    if dry_run {
        println!("This was a dry run: nothing was stored.");
    }
    if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
