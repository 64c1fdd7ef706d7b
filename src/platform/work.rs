//! What is under way, for those who tell of it: a slow statement, an error, a panic.
//!
//! A request has a number and a route, a job a number and a kind; whatever else runs goes by the command of the process.
//! It is known to everything that runs in the same task.

use std::sync::{Arc, OnceLock};

use super::{db::Meter, trace::Trace};

static PROCESS: OnceLock<String> = OnceLock::new();

tokio::task_local! {
    static WORK: Work;
}

/// A request or a job.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: Arc<str>,
    pub meter: Arc<Meter>,
}

impl Work {
    /// A job of this kind.
    pub fn job(id: u64, kind: &str) -> Self {
        let meter = Arc::<Meter>::default();
        meter.asked_by(&format!("job {kind}"));
        Self { id: format!("job {id}").into(), meter }
    }

    /// The route or the kind of job.
    pub fn origin(&self) -> &str {
        self.meter.origin().unwrap_or("none")
    }
}

/// Names the process by its command.
pub fn begin(command: &str) {
    PROCESS.get_or_init(|| command.to_owned());
}

/// The command of the process.
pub fn process() -> &'static str {
    PROCESS.get().map_or("none", String::as_str)
}

/// Does the work so that all of it is known as such.
pub async fn doing<F: Future>(work: Work, task: F) -> F::Output {
    WORK.scope(work, task).await
}

/// Notes something for whoever watches this task's request.
pub fn trace(note: impl FnOnce(&Trace)) {
    // Nobody does where nothing is under way.
    WORK.try_with(|work| work.meter.trace().map(note)).ok();
}

/// What is under way in this task.
pub fn current() -> Option<Work> {
    WORK.try_with(Work::clone).ok()
}
