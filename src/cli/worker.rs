//! `marquee worker [--queues default,notifications,…]`: does what is left in the queue until told to stop.

use std::process::ExitCode;

use clap::Args as ClapArgs;
use tokio::sync::watch;

use super::{queue_word, stop_signal};
use crate::{
    app::App,
    exporter::{self, Exporter},
    platform::{config::Config, migrations, queue::Queue, slow},
    worker,
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// Queues to work on, with commas between them; all of them unless given
    #[arg(long, value_delimiter = ',', value_parser = queue_word)]
    queues: Vec<Queue>,
}

pub(super) async fn run(args: &Args, mut config: Config) -> anyhow::Result<ExitCode> {
    migrations::run(config.database_url.expose()).await?;
    // Nothing but jobs needs connections here.
    config.database_pool = worker::connections();
    let app = App::connect(config).await?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping: finishing jobs under way");
        stop.send_replace(true);
    });
    let queues = if args.queues.is_empty() { Queue::ALL } else { &args.queues };
    let words: Vec<_> = queues.iter().map(|queue| queue.word()).collect();
    tracing::info!("working on {}", words.join(", "));
    let exporter = Exporter::new(app.clone(), Vec::new());
    tokio::spawn(exporter::listen(app.config().metrics_bind, exporter, stopped.clone()));
    let keeping = tokio::spawn(slow::keep(app.db.clone(), stopped.clone()));
    worker::run(app.clone(), queues, stopped).await;
    keeping.await?;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
