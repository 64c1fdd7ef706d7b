//! `marquee report daily|weekly`: what happened, compared with the time before.

use std::process::ExitCode;

use clap::Args as ClapArgs;
use time::{Date, macros::format_description};

use crate::{
    app::App,
    platform::{clock, config::Config},
    reports::{Period, Span, actions},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// Of the last day that is over, or of the last week
    #[arg(value_parser = span)]
    span: Span,
    /// Of this day instead, or of the week with this day, as 2026-11-24
    #[arg(long, value_parser = date)]
    of: Option<Date>,
}

fn span(word: &str) -> Result<Span, String> {
    Span::from_word(word).ok_or_else(|| "there are daily and weekly".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).map_err(|error| error.to_string())
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let period = match args.of {
        Some(day) => Period::of(args.span, day),
        None => Period::last(args.span, clock::now(), app.settings.zone),
    };
    let report = actions::report(&mut app.db.conn().await?, &app.settings, period).await?;
    app.db.close().await;
    print!("{}", report.to_text()?);
    Ok(ExitCode::SUCCESS)
}
