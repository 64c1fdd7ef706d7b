//! `marquee messages list|resend`: the ledger of what was sent, and sending again.

use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand};

use crate::{
    app::App,
    messages::{MessageStatus, actions},
    platform::{clock, config::Config, i18n},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show the newest messages
    List {
        /// Only those in this state: queued, sent, failed or parked
        #[arg(long, value_parser = status)]
        status: Option<MessageStatus>,
        /// How many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        most: u32,
    },
    /// Send messages again; one that was sent goes out as a new message
    Resend {
        /// Numbers of messages, as `list` shows them
        #[arg(required = true)]
        ids: Vec<u64>,
    },
}

fn status(word: &str) -> Result<MessageStatus, String> {
    let known = || MessageStatus::ALL.iter().map(|status| status.word()).collect::<Vec<_>>().join(", ");
    MessageStatus::from_word(word).ok_or_else(|| format!("there are {}", known()))
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let code = match &args.action {
        Action::List { status, most } => list(&app, *status, *most).await?,
        Action::Resend { ids } => resend(&app, ids).await?,
    };
    app.db.close().await;
    Ok(code)
}

async fn list(app: &App, status: Option<MessageStatus>, most: u32) -> anyhow::Result<ExitCode> {
    println!(
        "{:>8}  {:<20}  {:<7}  {:<8}  {:<20}  {:<30}  reason",
        "number", "queued", "status", "channel", "template", "to"
    );
    for message in actions::list(&app.db, status, most).await? {
        println!(
            "{:>8}  {:<20}  {:<7}  {:<8}  {:<20}  {:<30}  {}",
            message.id,
            i18n::machine_time(message.created_at),
            message.status.word(),
            message.channel.word(),
            message.template,
            message.to,
            message.last_error.unwrap_or_default()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A message that is not sent again does not keep the others from it.
async fn resend(app: &App, ids: &[u64]) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for &id in ids {
        match actions::resend(&app.db, id, clock::now()).await? {
            Ok(sent) if sent == id => println!("Message {id} is on its way."),
            Ok(sent) => println!("Message {id} is on its way again, as message {sent}."),
            Err(refused) => {
                eprintln!("Message {id} is not sent again: {refused}.");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
