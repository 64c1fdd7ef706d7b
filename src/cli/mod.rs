//! The commands of the one binary.

mod assets;
mod backup;
mod cache;
mod config;
mod create_staff;
mod doctor;
mod import;
mod jobs;
mod maintenance;
mod messages;
mod migrate;
mod optimize_db;
mod orders;
mod progress;
mod proof;
mod recommend;
mod report;
mod restore;
mod seed;
mod serve;
mod staff;
mod version;
mod worker;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use crate::platform::{config::Config, error_reports, queue::Queue, telemetry, work};

/// `EX_CONFIG` of sysexits.h: something is wrong with the configuration.
const EXIT_CONFIG: u8 = 78;

#[derive(Parser)]
#[command(name = "marquee", about = "An online film shop", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the shop
    Serve(serve::Args),
    /// Do the work that is left in the queue, and serve nothing
    Worker(worker::Args),
    /// Bring the database's schema up to date
    Migrate(migrate::Args),
    /// Stock an empty shop: the sample catalogue, or invented films
    Seed(seed::Args),
    /// Take films from a CSV file
    Import(import::Args),
    /// Show an order, or move it
    Orders(orders::Args),
    /// Tell what happened in a day or a week
    Report(report::Args),
    /// Find the films that go with each film
    Recommend,
    /// Look after the database: statistics, space, and rows that are no longer kept
    OptimizeDb(optimize_db::Args),
    /// Look after the work in the queue
    Jobs(jobs::Args),
    /// Look at what was sent, and send it again
    Messages(messages::Args),
    /// Make an account for somebody who works in the shop; the password is asked for, or read from the input
    CreateStaff(create_staff::Args),
    /// Look after the people who work in the shop
    Staff(staff::Args),
    /// Look after the kept pages
    Cache(cache::Args),
    /// Close the shop to shoppers while its people work on it
    Maintenance(maintenance::Args),
    /// Tell what is wrong with the shop, and what to do about it
    Doctor(doctor::Args),
    /// Write the static files for a web server that gives them out itself
    Assets(assets::Args),
    /// Write a copy of the shop that can be put back
    Backup(backup::Args),
    /// Put a backup into an empty database
    Restore(restore::Args),
    /// Show or check the configuration
    Config(config::Args),
    /// Tell version, commit and time
    Version,
}

/// Parses the command line and runs what it asks for.
pub fn run() -> ExitCode {
    let told = Cli::command().get_matches();
    work::begin(told.subcommand_name().unwrap_or_default());
    let command = Cli::from_arg_matches(&told).unwrap_or_else(|error| error.exit()).command;
    match command {
        Command::Version => version::run(),
        Command::Config(args) => config::run(&args),
        command => with_config(command),
    }
}

fn with_config(command: Command) -> ExitCode {
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(errors) => {
            eprintln!("{errors}");
            return ExitCode::from(EXIT_CONFIG);
        }
    };
    match execute(command, config) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("marquee: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    if let Command::Assets(args) = &command {
        return assets::run(args, &config);
    }
    let _log = telemetry::start(&config)?;
    let _reports = error_reports::start(&config);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        match command {
            Command::Serve(args) => serve::run(&args, config).await,
            Command::Worker(args) => worker::run(&args, config).await,
            Command::Migrate(args) => migrate::run(&args, &config).await,
            Command::Seed(args) => seed::run(&args, &config).await,
            Command::Import(args) => import::run(&args, &config).await,
            Command::Orders(args) => orders::run(&args, config).await,
            Command::Report(args) => report::run(&args, config).await,
            Command::Recommend => recommend::run(&config).await,
            Command::OptimizeDb(args) => optimize_db::run(&args, config).await,
            Command::Jobs(args) => jobs::run(&args, &config).await,
            Command::Messages(args) => messages::run(&args, config).await,
            Command::CreateStaff(args) => create_staff::run(&args, config).await,
            Command::Staff(args) => staff::run(&args, config).await,
            Command::Cache(args) => cache::run(&args, config).await,
            Command::Maintenance(args) => maintenance::run(&args, config).await,
            Command::Doctor(args) => doctor::run(&args, config).await,
            Command::Backup(args) => backup::run(args, config).await,
            Command::Restore(args) => restore::run(args, config).await,
            Command::Assets(_) | Command::Config(_) | Command::Version => Ok(ExitCode::SUCCESS),
        }
    })
}

fn queue_word(word: &str) -> Result<Queue, String> {
    let known = || Queue::ALL.iter().map(|queue| queue.word()).collect::<Vec<_>>().join(", ");
    Queue::from_word(word).ok_or_else(|| format!("there are {}", known()))
}

/// Until somebody asks the process to end.
async fn stop_signal() {
    let wait = |kind| async move {
        match signal(kind) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = wait(SignalKind::terminate()) => {}
        () = wait(SignalKind::interrupt()) => {}
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
