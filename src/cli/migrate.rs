//! `marquee migrate [status]`

use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand};

use crate::platform::{config::Config, migrations};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// List the steps and whether each was taken
    Status,
}

pub(super) async fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    let url = config.database_url.expose();
    match args.action {
        None => {
            let taken = migrations::run(url).await?;
            println!("{taken} of {} migrations applied now, the rest before.", migrations::count());
        }
        Some(Action::Status) => {
            for step in migrations::status(url).await? {
                println!("{} {} {}", step.version, if step.applied { "applied" } else { "pending" }, step.description);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
