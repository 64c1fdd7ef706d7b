//! What a process counts of itself, for whoever watches it.
//!
//! Counts are statics beside what they count, and of the process, as the process is what is asked for them. They are
//! plain atomics and not handles of a registry: a kept page goes out in a few microseconds, of which a registry's look-up
//! by name and labels would take a tenth, and histograms that store each value until somebody fetches them would grow
//! where nobody does. What is counted for every request, [`Requests`], is kept apart for each thread, so that no two of
//! them write to the same memory; a request costs less than a tenth of a microsecond there.
//!
//! Labels are words of the program: routes as the URL map has them, kinds of jobs that it knows, statuses by their class.
//! Nothing that comes from outside can become one, so that the number of series is bounded whatever is asked for.

mod requests;
mod text;

use std::sync::atomic::{AtomicU64, Ordering};

pub use requests::{Answered, CACHE_RESULTS, REQUESTS, Requests};
pub use text::{Kind, Text, seconds};

/// How often something happened since the process began.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub fn one(&self) {
        self.add(1);
    }

    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Upper ends of a histogram's parts; what lies above them all has a part of its own.
pub type Bounds = [u64; 12];

/// Microseconds of an answer: from a kept page to one that nobody waits for.
pub const ANSWER_TIMES: Bounds =
    [100, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];

/// Microseconds of a job.
pub const JOB_TIMES: Bounds = [
    1_000,
    5_000,
    25_000,
    100_000,
    500_000,
    1_000_000,
    5_000_000,
    15_000_000,
    60_000_000,
    300_000_000,
    900_000_000,
    3_600_000_000,
];

/// Statements of a request.
pub const STATEMENTS: Bounds = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 50];

const PARTS: usize = 13;

/// How values are spread.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static Bounds,
    parts: [AtomicU64; PARTS],
    sum: AtomicU64,
}

impl Histogram {
    pub const fn new(bounds: &'static Bounds) -> Self {
        Self { bounds, parts: [const { AtomicU64::new(0) }; PARTS], sum: AtomicU64::new(0) }
    }

    pub fn record(&self, value: u64) {
        let part = self.bounds.iter().position(|bound| value <= *bound).unwrap_or(PARTS - 1);
        self.parts[part].fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(value, Ordering::Relaxed);
    }

    pub fn read(&self) -> Spread {
        let parts = std::array::from_fn(|part| self.parts[part].load(Ordering::Relaxed));
        Spread { bounds: self.bounds, parts, sum: self.sum.load(Ordering::Relaxed) }
    }
}

/// What a histogram holds.
#[derive(Clone, Debug)]
pub struct Spread {
    bounds: &'static Bounds,
    parts: [u64; PARTS],
    sum: u64,
}

impl Spread {
    pub fn count(&self) -> u64 {
        self.parts.iter().sum()
    }

    /// Together with another of the same bounds.
    fn join(&mut self, other: &Self) {
        for (part, more) in self.parts.iter_mut().zip(other.parts) {
            *part += more;
        }
        self.sum += other.sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_counts_below_the_first_bound_that_it_does_not_pass() {
        let histogram = Histogram::new(&STATEMENTS);
        for value in [0, 1, 7, 8, 51, 1_000] {
            histogram.record(value);
        }
        let mut spread = histogram.read();
        assert_eq!(spread.parts, [1, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2]);
        assert_eq!((spread.count(), spread.sum), (6, 1_067));
        spread.join(&histogram.read());
        assert_eq!((spread.count(), spread.sum), (12, 2_134));
    }
}
