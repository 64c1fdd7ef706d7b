//! How long jobs took, for whoever watches the process.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::run::Outcome;
use crate::platform::metrics::{Histogram, JOB_TIMES, Kind, Text, seconds};

/// By kind and by what became of them.
type Times = BTreeMap<(String, &'static str), Histogram>;

static TIMES: Mutex<Times> = Mutex::new(BTreeMap::new());

/// Counts an attempt at a job of a kind that this release knows: kinds of others could be any words.
pub(super) fn record(kind: &str, outcome: &Outcome, took: Duration) {
    let result = match outcome {
        Outcome::Done | Outcome::Gone => "done",
        Outcome::Failed { .. } => "failed",
        Outcome::Parked { .. } => "parked",
        Outcome::HandedBack => "handed back",
    };
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    times.entry((kind.to_owned(), result)).or_insert_with(|| Histogram::new(&JOB_TIMES)).record(micros);
}

/// Writes down what this process has run.
pub fn write(text: &mut Text) {
    const NAME: &str = "marquee_job_duration_seconds";
    text.family(NAME, Kind::Histogram, "Time of attempts at jobs, by kind and result.");
    for ((kind, result), times) in &*TIMES.lock().unwrap_or_else(PoisonError::into_inner) {
        text.spread(NAME, &[("kind", kind), ("result", result)], &times.read(), seconds);
    }
}
