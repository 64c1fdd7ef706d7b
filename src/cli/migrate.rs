//! `marquee migrate [status]`

use std::{process::ExitCode, time::Instant};

use clap::{Args as ClapArgs, Subcommand};

use super::progress::Progress;
use crate::platform::{
    config::Config,
    db::Database,
    migrations::{
        self,
        data::{self, DataMigration, State},
    },
};

/// Changes of rows that this release needs, oldest first. Each is its feature's; one that is no longer needed by any release
/// that people upgrade from leaves the list.
pub(super) const DATA: &[&dyn DataMigration] = &[];

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
    let db = Database::connect_lazy(url, 1)?;
    match args.action {
        None => {
            let taken = migrations::run(url).await?;
            println!("{taken} of {} migrations applied now, the rest before.", migrations::count());
            change_rows(&db).await?;
        }
        Some(Action::Status) => status(url, &db).await?,
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn change_rows(db: &Database) -> anyhow::Result<()> {
    let mut shown: Option<(&str, Instant, Progress)> = None;
    let tell = |now: data::Progress| {
        if shown.as_ref().is_none_or(|(name, ..)| *name != now.name) {
            if let Some((.., progress)) = shown.take() {
                progress.finish();
            }
            tracing::info!("data migration {}", now.name);
            shown = Some((now.name, Instant::now(), Progress::new(now.end, "rows")));
        }
        if let Some((_, since, progress)) = &mut shown {
            progress.at(now.place, now.changed, *since);
        }
    };
    let taken = data::run(db, DATA, tell).await?;
    if let Some((.., progress)) = shown {
        progress.finish();
    }
    if !DATA.is_empty() {
        println!("{taken} of {} data migrations applied now, the rest before.", DATA.len());
    }
    Ok(())
}

async fn status(url: &str, db: &Database) -> anyhow::Result<()> {
    let steps = migrations::status(url).await?;
    for step in &steps {
        println!("{} {} {}", step.version, if step.applied { "applied" } else { "pending" }, step.description);
    }
    // Their table is one of the steps.
    if steps.iter().all(|step| step.applied) {
        for (name, state) in data::status(&mut db.conn().await?, DATA).await? {
            match state {
                State::Pending => println!("data pending {name}"),
                State::Begun(place) => println!("data begun, at {place} {name}"),
                State::Finished => println!("data applied {name}"),
            }
        }
    }
    Ok(())
}
