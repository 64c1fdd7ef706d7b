//! `marquee jobs list|retry|purge`

use std::{process::ExitCode, sync::Arc};

use clap::{ArgGroup, Args as ClapArgs, Subcommand};

use super::queue_word;
use crate::platform::{
    config::Config,
    db::{Conn, Database},
    queue::{
        self, JobState, Queue,
        overview::{self, Filter, Listed},
    },
    redis::Redis,
};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List what waits, runs or is parked
    List {
        /// ready, leased or parked
        #[arg(long, value_parser = state_word)]
        state: Option<JobState>,
        /// default, notifications, maintenance or recommendations
        #[arg(long, value_parser = queue_word)]
        queue: Option<Queue>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Let jobs run at once, with all their attempts before them
    #[command(group = ArgGroup::new("which").required(true).args(["ids", "all_parked"]))]
    Retry {
        /// Numbers of jobs
        #[arg(value_name = "ID")]
        ids: Vec<u64>,
        /// Every job that failed for good
        #[arg(long)]
        all_parked: bool,
        /// Of this queue only
        #[arg(long, value_parser = queue_word, requires = "all_parked")]
        queue: Option<Queue>,
    },
    /// Forget jobs
    Purge {
        /// Every job that failed for good
        #[arg(long, required = true)]
        parked: bool,
        /// Of this queue only
        #[arg(long, value_parser = queue_word)]
        queue: Option<Queue>,
    },
}

fn state_word(word: &str) -> Result<JobState, String> {
    JobState::from_word(word).ok_or_else(|| "there are ready, leased, parked".to_owned())
}

pub(super) async fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    let db = Database::connect_lazy(config.database_url.expose(), 1)?;
    let conn = &mut db.conn().await?;
    match &args.action {
        Action::List { state, queue, limit } => list(conn, Filter { state: *state, queue: *queue }, *limit).await,
        Action::Retry { ids, all_parked: false, .. } => {
            let count = overview::retry(conn, ids).await?;
            tell_workers(config).await?;
            println!("{count} of {} jobs will run now.", ids.len());
            if count == ids.len() as u64 {
                return Ok(ExitCode::SUCCESS);
            }
            println!("The others are done, or under way.");
            Ok(ExitCode::FAILURE)
        }
        Action::Retry { queue, .. } => {
            let count = overview::retry_parked(conn, *queue).await?;
            tell_workers(config).await?;
            println!("{count} parked jobs will run now.");
            Ok(ExitCode::SUCCESS)
        }
        Action::Purge { queue, .. } => {
            println!("{} parked jobs are forgotten.", overview::purge_parked(conn, *queue).await?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn tell_workers(config: &Config) -> anyhow::Result<()> {
    queue::tell(&Arc::new(Redis::new(config.redis_url.expose(), &config.redis_prefix)?)).await;
    Ok(())
}

async fn list(conn: &mut Conn, filter: Filter, limit: u32) -> anyhow::Result<ExitCode> {
    let (jobs, count) = overview::list(conn, filter, limit).await?;
    if !jobs.is_empty() {
        println!(
            "{:>10}  {:<15} {:<26} {:<7} {:>5}  {:<14} last error",
            "id", "queue", "kind", "state", "tries", "when"
        );
    }
    for job in &jobs {
        let Listed { id, queue, kind, state, attempts, max_attempts, due_in, worker, last_error } = job;
        let (queue, tries) = (queue.word(), format!("{attempts}/{max_attempts}"));
        let (when, error) = (when(*state, *due_in), last_error.as_deref().unwrap_or_default());
        let by = worker.as_ref().map_or_else(String::new, |worker| format!("by {worker} "));
        let error = error.lines().next().unwrap_or_default();
        println!("{id:>10}  {queue:<15} {kind:<26} {:<7} {tries:>5}  {when:<14} {by}{error}", state.word());
    }
    let shown = if jobs.len() as u64 == count { String::new() } else { format!("{} of ", jobs.len()) };
    println!("{shown}{count} jobs.");
    Ok(ExitCode::SUCCESS)
}

/// When it is due, when its lease runs out, or when it was parked.
fn when(state: JobState, due_in: i64) -> String {
    let words = span(due_in.unsigned_abs());
    match (state, due_in) {
        (JobState::Ready, ..=0) => format!("due for {words}"),
        (JobState::Parked, _) | (JobState::Leased, ..=0) => format!("{words} ago"),
        (_, _) => format!("in {words}"),
    }
}

fn span(seconds: u64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_say_them() {
        for (state, due_in, words) in [
            (JobState::Ready, -5, "due for 5 s"),
            (JobState::Ready, 150, "in 2 min"),
            (JobState::Leased, 40, "in 40 s"),
            (JobState::Leased, -40, "40 s ago"),
            (JobState::Parked, -10_000, "2 h ago"),
            (JobState::Parked, -400_000, "4 days ago"),
        ] {
            assert_eq!(when(state, due_in), words);
        }
    }
}
