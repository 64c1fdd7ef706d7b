//! Writes down what became of attempts: whatever has ended meanwhile in one go, and as often as it takes.

use std::{sync::Arc, time::Duration};

use tokio::sync::mpsc;

use super::{
    leases::{Hold, Holds},
    queries,
    run::Outcome,
};
use crate::platform::db::{Conn, Database};

/// Attempts that may wait to be written down.
pub(super) const MOST: usize = 64;
/// For so long more of them may come together: one statement deletes many rows as well as one.
const GATHER: Duration = Duration::from_millis(3);
/// While the database is away. A lease that runs out meanwhile is somebody else's, and nothing is written for it.
const PAUSE: Duration = Duration::from_secs(1);
/// Characters of `last_error`.
const WORDS: usize = 1_000;

pub(super) type Settled = (Hold, Outcome);

/// Ends when all senders have.
pub(super) async fn run(db: Database, holds: Arc<Holds>, mut outcomes: mpsc::Receiver<Settled>) {
    let mut batch = Vec::with_capacity(MOST);
    while outcomes.recv_many(&mut batch, MOST).await > 0 {
        tokio::time::sleep(GATHER).await;
        while batch.len() < MOST
            && let Ok(outcome) = outcomes.try_recv()
        {
            batch.push(outcome);
        }
        while let Err(error) = write(&db, &batch).await {
            tracing::warn!("what became of jobs could not be written down yet: {error}");
            tokio::time::sleep(PAUSE).await;
        }
        for (hold, _) in batch.drain(..) {
            holds.remove(hold);
        }
    }
}

/// Doing it twice changes nothing: whatever is settled is no longer held.
async fn write(db: &Database, batch: &[Settled]) -> sqlx::Result<()> {
    let those = |is_meant: fn(&Outcome) -> bool| -> Vec<Hold> {
        batch.iter().filter(|(_, outcome)| is_meant(outcome)).map(|(hold, _)| *hold).collect()
    };
    let done = those(|outcome| matches!(outcome, Outcome::Done));
    let back = those(|outcome| matches!(outcome, Outcome::HandedBack));
    let conn = &mut db.conn().await?;
    if !done.is_empty() {
        queries::delete(conn, &done).await?;
    }
    if !back.is_empty() {
        queries::hand_back(conn, &back).await?;
    }
    for (hold, outcome) in batch {
        write_failure(conn, *hold, outcome).await?;
    }
    Ok(())
}

async fn write_failure(conn: &mut Conn, hold: Hold, outcome: &Outcome) -> sqlx::Result<()> {
    match outcome {
        Outcome::Failed { error, pause } => queries::put_off(conn, hold, *pause, &shortened(error)).await,
        Outcome::Parked { error } => queries::park(conn, hold, &shortened(error)).await,
        Outcome::Done | Outcome::Gone | Outcome::HandedBack => Ok(()),
    }
}

fn shortened(error: &str) -> String {
    error.chars().take(WORDS).collect()
}
