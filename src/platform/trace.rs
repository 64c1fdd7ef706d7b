//! All that a request does, step by step, for whoever develops the shop. Nothing is written down unless somebody watches,
//! which the developers' panel does, and nobody where there is none.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Steps of each kind that are written down.
const MOST: usize = 500;

/// The steps of a request.
#[derive(Debug, Default)]
pub struct Trace {
    statements: Mutex<Vec<Ran>>,
    keys: Mutex<Vec<Key>>,
    /// Microseconds in templates.
    rendering: AtomicU64,
}

/// A statement as it ran.
#[derive(Clone, Debug)]
pub struct Ran {
    pub sql: String,
    pub took: Duration,
    pub rows: u64,
}

/// A key of a cache that was asked.
#[derive(Clone, Debug)]
pub struct Key {
    pub key: String,
    /// `hit`, `miss` and the like.
    pub result: &'static str,
}

impl Trace {
    pub fn ran(&self, sql: &str, took: Duration, rows: u64) {
        push(&self.statements, || Ran { sql: sql.to_owned(), took, rows });
    }

    pub fn asked(&self, key: impl Into<String>, result: &'static str) {
        push(&self.keys, || Key { key: key.into(), result });
    }

    pub fn rendered(&self, took: Duration) {
        self.rendering.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub fn statements(&self) -> Vec<Ran> {
        lock(&self.statements).clone()
    }

    pub fn keys(&self) -> Vec<Key> {
        lock(&self.keys).clone()
    }

    pub fn rendering(&self) -> Duration {
        Duration::from_micros(self.rendering.load(Ordering::Relaxed))
    }
}

fn push<T>(steps: &Mutex<Vec<T>>, step: impl FnOnce() -> T) {
    let mut steps = lock(steps);
    if steps.len() < MOST {
        steps.push(step());
    }
}

fn lock<T>(steps: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    steps.lock().unwrap_or_else(PoisonError::into_inner)
}
