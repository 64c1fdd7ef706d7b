//! The jobs that a process holds, and the renewal of their leases while it does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::task::AbortHandle;

use super::queries;
use crate::platform::db::Database;

/// A job and the token of its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hold {
    pub id: u64,
    pub lease: u64,
}

/// Leases that one statement renews.
const BATCH: usize = 100;

/// What this process holds, with what ends the handler once it runs.
#[derive(Debug, Default)]
pub(super) struct Holds {
    by_hold: Mutex<HashMap<Hold, Option<AbortHandle>>>,
}

impl Holds {
    fn lock(&self) -> MutexGuard<'_, HashMap<Hold, Option<AbortHandle>>> {
        self.by_hold.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, hold: Hold) {
        self.lock().insert(hold, None);
    }

    pub(super) fn began(&self, hold: Hold, handler: AbortHandle) {
        self.lock().insert(hold, Some(handler));
    }

    pub(super) fn remove(&self, hold: Hold) {
        self.lock().remove(&hold);
    }

    /// Ends the handlers of these, or of all.
    pub(super) fn end(&self, holds: Option<&[Hold]>) {
        let held = self.lock();
        let is_meant = |hold: &Hold| holds.is_none_or(|holds| holds.contains(hold));
        held.iter().filter(|(hold, _)| is_meant(hold)).filter_map(|(_, handler)| handler.as_ref()).for_each(
            |handler| {
                handler.abort();
            },
        );
    }

    fn all(&self) -> Vec<Hold> {
        self.lock().keys().copied().collect()
    }
}

/// Renews what is held, three times in the length of a lease, and ends the handlers of jobs that somebody else has by
/// now. Ends with the task that it runs in.
pub(super) async fn keep(db: Database, holds: Arc<Holds>, lease: Duration) {
    loop {
        tokio::time::sleep(lease / 3).await;
        for held in holds.all().chunks(BATCH) {
            match queries::renew(&db, held, lease).await {
                Ok(lost) if lost.is_empty() => {}
                Ok(lost) => {
                    tracing::warn!(count = lost.len(), "leases were lost: their jobs run elsewhere");
                    holds.end(Some(&lost));
                }
                Err(error) => tracing::warn!("leases could not be renewed: {error}"),
            }
        }
    }
}
