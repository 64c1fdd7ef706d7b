//! `marquee maintenance on [--until TIME | --minutes N] [--message TEXT] | off | status`

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args as ClapArgs, Subcommand};
use time::{
    Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset, format_description::well_known::Rfc3339,
    macros::format_description,
};

use crate::{
    app::App,
    audit::Author,
    maintenance::mode::{self, Closure, MOST_MESSAGE},
    platform::{changes, clock, config::Config},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Close the shop: shoppers get a page that says so, its people and /admin pass. It stays closed until `off`
    On {
        /// When it is to open again, by the shop's clock: 14:30, or 2026-11-26T14:30
        #[arg(long)]
        until: Option<String>,
        /// In how many minutes it is to open again
        #[arg(long, conflicts_with = "until", value_parser = clap::value_parser!(u32).range(1..=10_080))]
        minutes: Option<u32>,
        /// What shoppers are told besides, as it is
        #[arg(long, default_value = "", value_parser = message)]
        message: String,
    },
    /// Open the shop again
    Off,
    /// Tell whether it is closed
    Status,
}

fn message(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_short = text.chars().count() <= MOST_MESSAGE.into();
    is_short.then(|| text.to_owned()).ok_or_else(|| format!("takes {MOST_MESSAGE} characters at most"))
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let done = execute(&args.action, &app).await;
    app.db.close().await;
    done?;
    Ok(ExitCode::SUCCESS)
}

async fn execute(action: &Action, app: &App) -> anyhow::Result<()> {
    let (author, now, zone) = (Author::system("command"), clock::now(), app.settings.zone);
    match action {
        Action::On { until, minutes, message } => {
            let until = match (until, minutes) {
                (Some(text), _) => Some(moment(text, now, zone).context("--until: a time to come, such as 14:30")?),
                (None, minutes) => minutes.map(|minutes| now + Duration::minutes(minutes.into())),
            };
            let closure = mode::close(&app.db, (until, message), &author, now).await?;
            changes::tell(&app.redis).await;
            print(Some(&closure), zone)?;
        }
        Action::Off => {
            mode::open(&app.db, &author).await?;
            changes::tell(&app.redis).await;
            print(None, zone)?;
        }
        Action::Status => print(mode::read(&mut app.db.conn().await?).await?.as_ref(), zone)?,
    }
    Ok(())
}

fn print(closure: Option<&Closure>, zone: UtcOffset) -> anyhow::Result<()> {
    let Some(Closure { since, until, message, by }) = closure else {
        println!("The shop is open.");
        return Ok(());
    };
    let told =
        |at: OffsetDateTime| at.to_offset(zone).replace_nanosecond(0)?.format(&Rfc3339).map_err(anyhow::Error::from);
    println!("The shop is closed since {} by {by}.", told(*since)?);
    if let Some(until) = until {
        println!("Shoppers are told that it opens at {}.", told(*until)?);
    }
    if !message.is_empty() {
        println!("They are told: {message}");
    }
    println!("next: marquee maintenance off");
    Ok(())
}

/// The next moment with this time by the shop's clock, or the moment itself when it is to come.
fn moment(text: &str, now: OffsetDateTime, zone: UtcOffset) -> Option<OffsetDateTime> {
    if let Ok(time) = Time::parse(text, format_description!("[hour]:[minute]")) {
        let today = now.to_offset(zone).replace_time(time);
        return Some(if today > now { today } else { today + Duration::DAY });
    }
    let at = PrimitiveDateTime::parse(text, format_description!("[year]-[month]-[day]T[hour]:[minute]")).ok()?;
    Some(at.assume_offset(zone)).filter(|at| *at > now)
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::moment;

    #[test]
    fn times_are_by_the_shops_clock_and_to_come() {
        let now = datetime!(2026-11-26 03:00 UTC);
        let told = |text| moment(text, now, offset!(+5));
        assert_eq!(told("08:30"), Some(datetime!(2026-11-26 08:30 +5)));
        assert_eq!(told("07:30"), Some(datetime!(2026-11-27 07:30 +5)), "tomorrow");
        assert_eq!(told("2026-11-26T09:00"), Some(datetime!(2026-11-26 09:00 +5)));
        for bad in ["2026-11-26T07:59", "soon", "25:00", ""] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }
}
