//! `marquee config print|check`

use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand};

use super::EXIT_CONFIG;
use crate::platform::config::Config;

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Print every setting in force, secrets masked
    Print,
    /// Say what is wrong with the configuration, all at once
    Check,
}

pub(super) fn run(args: &Args) -> ExitCode {
    if matches!(args.action, Action::Print) {
        for (name, value) in Config::printable(&Config::vars()) {
            println!("{name}={value}");
        }
    }
    match Config::from_env() {
        Ok(_) => {
            if matches!(args.action, Action::Check) {
                println!("The configuration is sound.");
            }
            ExitCode::SUCCESS
        }
        Err(errors) => {
            eprintln!("{errors}");
            ExitCode::from(EXIT_CONFIG)
        }
    }
}
