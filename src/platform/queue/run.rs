//! One attempt at a job.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::task::{AbortHandle, JoinError};

use super::{backoff, handlers::Handlers, leases::Hold, queries::Claimed};
use crate::platform::{
    db::Tx,
    error_reports, scrub,
    work::{self, Work},
};

/// What a handler is told about the attempt that it makes.
#[derive(Debug)]
pub struct Run {
    hold: Hold,
    attempt: u32,
    attempts: u32,
    is_done: Arc<AtomicBool>,
}

/// An error that further attempts will not mend: the job is parked at once.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Park(pub String);

/// How the error of a job that panicked begins.
const PANICKED: &str = "panicked";

/// Somebody else has the job by now.
#[derive(Debug, thiserror::Error)]
#[error("the lease was lost")]
struct LeaseLost;

/// While a new release is rolled out, old workers meet its jobs: they wait for the others to come.
#[derive(Debug, thiserror::Error)]
#[error("this release cannot read it: {0}")]
struct Unfit(serde_json::Error);

impl Run {
    /// The job's number, the same at each attempt: others can tell by it that they were asked before.
    pub const fn id(&self) -> u64 {
        self.hold.id
    }

    /// The first attempt is 1.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Whether the job is parked when this attempt fails.
    pub const fn is_last_attempt(&self) -> bool {
        self.attempt >= self.attempts
    }

    /// Ends the job in this transaction: what the transaction does and the end of the job happen together or not at all.
    /// An error says that the job is somebody else's by now; the transaction must be dropped then.
    pub async fn done_in(&self, tx: &mut Tx) -> anyhow::Result<()> {
        let deleted = super::queries::delete(tx, &[self.hold]).await?;
        anyhow::ensure!(deleted == 1, LeaseLost);
        self.is_done.store(true, Ordering::Release);
        Ok(())
    }
}

/// What became of an attempt.
#[derive(Debug)]
pub(super) enum Outcome {
    Done,
    /// The handler has deleted the row, or has lost the lease.
    Gone,
    Failed {
        error: String,
        pause: Duration,
    },
    Parked {
        error: String,
    },
    /// Nothing was done; somebody else may have it at once.
    HandedBack,
}

/// Ends the task when whoever waits for it is ended.
struct EndedWithMe(AbortHandle);

impl Drop for EndedWithMe {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs the handler in a task of its own, so that a panic is a failure of this job only. `began` gets what ends it.
pub(super) async fn run<C: Send + 'static>(
    handlers: &Handlers<C>,
    context: C,
    claimed: &Claimed,
    began: impl FnOnce(AbortHandle),
) -> Outcome {
    let Some(handler) = handlers.of(&claimed.kind) else {
        return failed(claimed, "this release has no handler for it".to_owned(), backoff::UNFIT);
    };
    let is_done = Arc::new(AtomicBool::new(false));
    let Claimed { hold, attempt, max_attempts: attempts, .. } = *claimed;
    let run = Run { hold, attempt, attempts, is_done: Arc::clone(&is_done) };
    let (start, payload) = (Arc::clone(&handler), claimed.payload.clone());
    let work = Work::job(hold.id, &claimed.kind);
    let mut task = tokio::spawn(work::doing(work, async move {
        let running = (start.start)(context, &payload, run).map_err(Unfit)?;
        running.await
    }));
    let _guard = EndedWithMe(task.abort_handle());
    began(task.abort_handle());
    match tokio::time::timeout(handler.time_limit, &mut task).await {
        Ok(Ok(Ok(()))) if is_done.load(Ordering::Acquire) => Outcome::Gone,
        Ok(Ok(Ok(()))) => Outcome::Done,
        Ok(Ok(Err(error))) => {
            let outcome = after_error(claimed, &error, handler.backoff);
            if matches!(outcome, Outcome::Parked { .. }) {
                error_reports::tell(&error, &Work::job(hold.id, &claimed.kind));
            }
            outcome
        }
        Ok(Err(ended)) if ended.is_cancelled() => Outcome::HandedBack,
        Ok(Err(panic)) => failed(claimed, panic_words(panic), handler.backoff),
        Err(_) => failed(claimed, format!("no end within {:?}", handler.time_limit), handler.backoff),
    }
}

fn after_error(claimed: &Claimed, error: &anyhow::Error, backoff: Duration) -> Outcome {
    let words = format!("{error:#}");
    if error.is::<LeaseLost>() {
        return Outcome::Gone;
    }
    if error.is::<Park>() {
        return Outcome::Parked { error: words };
    }
    failed(claimed, words, if error.is::<Unfit>() { backoff::UNFIT } else { backoff })
}

fn failed(claimed: &Claimed, error: String, backoff: Duration) -> Outcome {
    if claimed.attempt >= claimed.max_attempts {
        return Outcome::Parked { error };
    }
    Outcome::Failed { error, pause: backoff::pause(backoff, claimed.attempt) }
}

impl Outcome {
    /// Why it was not done, for the log. Words of a panic may hold anything, and whoever looks finds its place in the line
    /// before.
    pub fn reason(error: &str) -> String {
        if error.starts_with(PANICKED) { PANICKED.to_owned() } else { scrub::text(error) }
    }
}

fn panic_words(panic: JoinError) -> String {
    let words = |panic: Box<dyn Any + Send>| match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic.downcast_ref::<&str>().map_or_else(String::new, |words| (*words).to_owned()),
    };
    panic.try_into_panic().map_or_else(|error| error.to_string(), |panic| format!("{PANICKED}: {}", words(panic)))
}
