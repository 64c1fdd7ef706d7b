//! `marquee optimize-db [--analyze] [--rebuild] [--clear-cache] [--cleanup] [--dry-run]`

use std::{process::ExitCode, time::Instant};

use clap::Args as ClapArgs;

use super::progress::Progress;
use crate::{
    app::App,
    maintenance::{self, News, Place, Step},
    platform::{clock, config::Config},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// Renew the statistics by which the server plans its queries
    #[arg(long)]
    analyze: bool,
    /// Rebuild the tables that are more than a fifth empty
    #[arg(long)]
    rebuild: bool,
    /// Forget every kept page of this shop
    #[arg(long)]
    clear_cache: bool,
    /// Delete expired carts and what else is no longer kept; never orders, payments or audit
    #[arg(long)]
    cleanup: bool,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Args {
    /// The steps that are named; statistics and cleanup when none is.
    fn steps(&self) -> Vec<Step> {
        let named = [
            (self.analyze, Step::Analyze),
            (self.rebuild, Step::Rebuild),
            (self.clear_cache, Step::ClearCache),
            (self.cleanup, Step::CleanUp),
        ];
        let steps: Vec<_> = named.into_iter().filter(|(is_named, _)| *is_named).map(|(_, step)| step).collect();
        if steps.is_empty() { vec![Step::Analyze, Step::CleanUp] } else { steps }
    }
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let place = Place { db: app.db.clone(), pages: app.pages.clone(), dry_run: args.dry_run };
    let mut shown: Option<(Step, Instant, Progress)> = None;
    let mut tell = |news| match news {
        News::At(step, at, of) => {
            if shown.as_ref().is_none_or(|(current, ..)| *current != step) {
                let unit = if step == Step::CleanUp { "rows" } else { "tables" };
                shown = Some((step, Instant::now(), Progress::new(of, unit)));
            }
            if let Some((_, since, progress)) = &mut shown {
                progress.at(at, at, *since);
            }
        }
        News::Done(step, outcome, took) => {
            if let Some((.., progress)) = shown.take() {
                progress.finish();
            }
            println!("{:<12} {:>8.2} s  {outcome}", step.word(), took.as_secs_f64());
        }
    };
    maintenance::optimize(&place, &args.steps(), clock::now(), &mut tell).await?;
    if args.dry_run {
        println!("This was a dry run: nothing was changed.");
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}
