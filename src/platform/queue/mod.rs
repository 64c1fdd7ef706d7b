//! Work for later: a queue in the database, enqueued in the transaction that the work belongs to.
//!
//! Owns `jobs` and `schedules`. There is no way to enqueue but [`Tx::enqueue`](super::db::Tx::enqueue) and its siblings,
//! so that a job exists if, and only if, what it is about happened. Workers of any number of processes claim jobs for a
//! lease, which they renew while the job runs; each claim has a token, and whoever has lost the lease can no longer finish
//! the job. A finished job's row is deleted; one that fails comes back later and later, and is parked after its last
//! attempt, with the reason.
//!
//! Handlers run **at least once**: a process may die between what it did and the end of the job. A handler whose effects are
//! rows only runs **exactly once** when it ends the job in their transaction, with [`Run::done_in`]. Whatever else a handler
//! does must bear repeating; [`Run::id`] is the same at each attempt.
//!
//! The database's clock decides what is due and which leases have run out, so that clocks of nodes may differ. Redis only
//! hurries: workers look by themselves every second or two.

mod backoff;
pub mod counts;
mod dispatch;
mod enqueue;
mod handlers;
mod leases;
pub mod overview;
mod queries;
mod run;
mod schedule;
mod settle;
mod when;
mod worker;

use std::time::Duration;

pub use handlers::Handlers;
pub use run::{Park, Run};
pub use schedule::{Schedule, Scheduled, scheduled};
use serde::{Serialize, de::DeserializeOwned};
pub use when::When;
pub use worker::{Pace, Worker, tell};

crate::word_enum! {
    /// Where a job waits. Each queue has places of its own, so that none keeps another one waiting.
    pub Queue {
        Default = "default",
        Notifications = "notifications",
        Maintenance = "maintenance",
        Recommendations = "recommendations",
    }
}

crate::word_enum! {
    pub JobState {
        /// Waits for its time, or for a worker.
        Ready = "ready",
        /// A worker has it until its lease runs out.
        Leased = "leased",
        /// Has failed for good; kept until somebody retries or purges it.
        Parked = "parked",
    }
}

impl Queue {
    /// Jobs of this queue that one process runs at once.
    pub const fn places(self) -> u32 {
        match self {
            Self::Default | Self::Notifications => 4,
            Self::Maintenance | Self::Recommendations => 1,
        }
    }
}

/// Work that can be left in the queue: the fields are what it needs to know.
///
/// Another release may read what this one has written, and the other way round: a field that is added needs
/// `#[serde(default)]`. What does not fit waits for a release that it fits.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name under which it is stored, like `send_message`.
    const KIND: &'static str;
    const QUEUE: Queue;
    /// After so many failures it is parked. With the usual pauses twelve take some three hours.
    const ATTEMPTS: u32 = 12;
    /// Half of the first pause between attempts; each pause is twice as long as the one before, up to an hour.
    const BACKOFF: Duration = Duration::from_secs(5);
    /// A handler that takes longer has failed. It is ended at its next `await`, so what computes for long must do so in
    /// pieces or on a blocking thread.
    const TIME_LIMIT: Duration = Duration::from_mins(5);

    /// While a job with this key waits or runs, enqueuing another one in its queue does nothing. 128 characters of ASCII
    /// at most.
    fn dedup_key(&self) -> Option<String> {
        None
    }
}
