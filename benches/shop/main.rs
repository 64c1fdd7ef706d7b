//! The benchmark of the shop: `./deploy.sh bench` runs it with database servers of its own.
//!
//! Every figure is a ratio against a control in the same run, or a number that holds on any machine of two cores: the
//! load generator shares the cores with the servers, so requests a second move with the machine's other work, and the
//! processor time of a server process by request hardly does. Cases run in turn, round after round; ratios are taken
//! inside a round, and the median of the rounds is judged.

mod addresses;
mod changes;
mod control;
mod crawl;
mod encodings;
mod hammer;
mod http;
mod load;
mod nginx;
mod pages;
mod plan;
mod process;
mod purchases;
mod queue;
mod render;
mod report;
mod rounds;
mod session;
mod shop;
mod starts;
mod statistics;
mod targets;
mod throughput;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use tikv_jemallocator::Jemalloc;
use tokio::signal::unix::{SignalKind, signal};

use crate::{plan::Plan, report::Report, session::Session};

/// The control is served with what the shop is served with.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

#[derive(Parser)]
#[command(name = "shop", about = "The benchmark of the shop")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// What cargo adds for every benchmark.
    #[arg(long = "bench", global = true, hide = true)]
    _bench: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Measure a shop on databases that are filled already
    Measure(Options),
    /// Answer equal bytes, or a page's main query alone, without a shop around it
    Control(control::Options),
}

#[derive(clap::Args)]
struct Options {
    /// The `marquee` program
    #[arg(long)]
    program: PathBuf,
    /// Folder for logs, scripts and pages kept as files
    #[arg(long)]
    folder: PathBuf,
    /// A shop with films
    #[arg(long)]
    database_url: String,
    /// A shop without films, for the memory that the catalogue does not need
    #[arg(long)]
    empty_database_url: String,
    /// A shop with fewer films, for the growth from its size to the full one
    #[arg(long)]
    small_database_url: Option<String>,
    #[arg(long)]
    redis_url: String,
    #[arg(long)]
    mariadb_pid: u32,
    #[arg(long)]
    redis_pid: u32,
    /// Films in the full shop
    #[arg(long)]
    films: u64,
    #[arg(long)]
    seed: u64,
    /// Fewer and shorter rounds
    #[arg(long)]
    quick: bool,
    /// Where the figures go
    #[arg(long)]
    json: PathBuf,
    /// A text whose table of figures is replaced
    #[arg(long)]
    write_readme: Option<PathBuf>,
}

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<ExitCode> {
    let command = Cli::parse().command;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        match command {
            Command::Control(options) => control::serve(options).await.map(|()| ExitCode::SUCCESS),
            Command::Measure(options) => measure_until_told_to_stop(options).await,
        }
    })
}

/// Measures; on a signal to stop, and when a measurement fails or panics, whatever was started is ended first.
async fn measure_until_told_to_stop(options: Options) -> anyhow::Result<ExitCode> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let measuring = tokio::spawn(measure(options));
    tokio::select! {
        outcome = measuring => {
            outcome??;
            Ok(ExitCode::SUCCESS)
        }
        _ = terminate.recv() => Ok(stopped()),
        _ = interrupt.recv() => Ok(stopped()),
    }
}

fn stopped() -> ExitCode {
    process::stop_all();
    eprintln!("bench: stopped");
    ExitCode::from(130)
}

async fn measure(options: Options) -> anyhow::Result<()> {
    let plan = if options.quick { Plan::quick() } else { Plan::full() };
    let mut report = Report::new(options.films, options.seed, options.quick, process::other_work().await?);
    let session = Session::open(&options, plan).await?;
    throughput::measure(&session, &mut report).await?;
    purchases::measure(&session, &mut report).await?;
    changes::measure(&session, &mut report).await?;
    queue::finish(&session).await?;
    hammer::measure(&session, &mut report).await?;
    crawl::measure(&session, &mut report).await?;
    queue::measure(&session, &mut report).await?;
    starts::measure(&session, &mut report).await?;
    pages::measure(&session, &mut report).await?;
    drop(session);
    report.print();
    report.save(&options.json)?;
    if let Some(readme) = &options.write_readme {
        report.write_into(readme)?;
    }
    Ok(())
}
