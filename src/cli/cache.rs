//! `marquee cache stats|clear|warm`

use std::{process::ExitCode, time::Instant};

use anyhow::Context as _;
use clap::{Args as ClapArgs, Subcommand};

use super::progress::Progress;
use crate::{
    app::App,
    maintenance::{
        self,
        nodes::{self, Node},
    },
    platform::{config::Config, page_cache::NodeCounters},
    worker,
};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Tell what each running node keeps, and what Redis does
    Stats,
    /// Forget every kept page of this shop, on all nodes and in Redis
    Clear,
    /// Make the pages that most people open, and keep them in Redis for all nodes
    Warm,
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    if matches!(args.action, Action::Warm) {
        return warm(config).await;
    }
    let app = App::connect(config).await?;
    if matches!(args.action, Action::Stats) {
        stats(&app).await?;
    } else {
        clear(&app).await?;
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn warm(config: Config) -> anyhow::Result<ExitCode> {
    let (start, mut progress) = (Instant::now(), None);
    let count = Box::pin(worker::warm_apart(config, |done, all| {
        let (done, all) = (done as u64, all as u64);
        progress.get_or_insert_with(|| Progress::new(all, "pages")).at(done, done, start);
    }))
    .await?;
    if let Some(progress) = progress {
        progress.finish();
    }
    println!("{count} pages are warm.");
    Ok(ExitCode::SUCCESS)
}

async fn stats(app: &App) -> anyhow::Result<()> {
    let nodes = nodes::all(&app.redis).await.context("Redis does not answer")?;
    println!(
        "{:<18} {:>7} {:>11} {:>10} {:>7} {:>10} {:>8}",
        "node", "pages", "bytes", "hits", "stale", "from Redis", "made"
    );
    for Node { name, pages: NodeCounters { pages, bytes, hits, stale, from_redis, made }, .. } in nodes {
        println!("{name:<18} {pages:>7} {bytes:>11} {hits:>10} {stale:>7} {from_redis:>10} {made:>8}");
    }
    let (pages, bytes) = app.pages.shared().size().await.context("Redis does not answer")?;
    println!("{:<18} {pages:>7} {bytes:>11}", "Redis");
    Ok(())
}

async fn clear(app: &App) -> anyhow::Result<()> {
    match maintenance::clear_pages(&app.db, &app.pages).await? {
        Some(count) => println!("Every node forgets its pages; {count} were taken out of Redis."),
        None => println!("Every node forgets its pages; Redis did not answer and keeps what nobody reads any more."),
    }
    Ok(())
}
