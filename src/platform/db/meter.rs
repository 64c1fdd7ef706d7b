//! What statements cost whoever asks for them.

use std::{
    mem,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{
    Execute, MySql, SqlStr,
    error::BoxDynError,
    mysql::{MySqlArguments, MySqlStatement},
};

use crate::platform::{
    slow,
    trace::Trace,
    work::{self, Work},
};

/// What a request has asked of the database so far.
#[derive(Debug, Default)]
pub struct Meter {
    statements: AtomicU32,
    micros: AtomicU64,
    /// The route, or the kind of job, once it is known.
    origin: OnceLock<Arc<str>>,
    /// Where somebody watches.
    trace: Option<Box<Trace>>,
}

impl Meter {
    /// One that writes down what it counts.
    pub fn watched() -> Self {
        Self { trace: Some(Box::default()), ..Self::default() }
    }

    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_deref()
    }

    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    pub fn time(&self) -> Duration {
        Duration::from_micros(self.micros.load(Ordering::Relaxed))
    }

    /// Tells by which route, or what else, it is that somebody asks. Said once.
    pub fn asked_by(&self, origin: &str) {
        self.origin.get_or_init(|| origin.into());
    }

    pub fn origin(&self) -> Option<&str> {
        self.origin.get().map(|origin| &**origin)
    }
}

/// Runs while a statement does, and tells how long that was when it is over, also when it was given up.
pub(super) struct Stopwatch {
    meter: Arc<Meter>,
    slow: Arc<slow::Watch>,
    sql: SqlStr,
    rows: u64,
    start: Instant,
}

impl Stopwatch {
    pub fn start(meter: &Arc<Meter>, slow: &Arc<slow::Watch>, sql: SqlStr) -> Self {
        meter.statements.fetch_add(1, Ordering::Relaxed);
        Self { meter: Arc::clone(meter), slow: Arc::clone(slow), sql, rows: 0, start: Instant::now() }
    }

    /// Rows that came, or were changed.
    pub fn saw(&mut self, rows: u64) {
        self.rows += rows;
    }

    fn note_slow(&self, took: Duration) {
        let work = work::current();
        let origin = self.meter.origin().or_else(|| work.as_ref().map(Work::origin));
        let origin = origin.unwrap_or_else(|| work::process());
        self.slow.note(self.sql.as_str(), origin, took, self.rows);
    }
}

impl Drop for Stopwatch {
    fn drop(&mut self) {
        let took = self.start.elapsed();
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.meter.micros.fetch_add(micros, Ordering::Relaxed);
        if let Some(trace) = self.meter.trace() {
            trace.ran(self.sql.as_str(), took, self.rows);
        }
        if self.slow.is_slow(took) {
            self.note_slow(took);
        }
    }
}

/// A statement whose text can be looked at before it runs.
pub(super) struct Asked {
    sql: SqlStr,
    arguments: Result<Option<MySqlArguments>, BoxDynError>,
    is_persistent: bool,
}

impl Asked {
    pub fn of<'q>(mut query: impl Execute<'q, MySql>) -> Self {
        let (arguments, is_persistent) = (query.take_arguments(), query.persistent());
        Self { sql: query.sql(), arguments, is_persistent }
    }

    /// The text, which most statements share with the program.
    pub fn sql(&self) -> SqlStr {
        self.sql.clone()
    }
}

impl Execute<'_, MySql> for Asked {
    fn sql(self) -> SqlStr {
        self.sql
    }

    /// The server's statements are found by their text.
    fn statement(&self) -> Option<&MySqlStatement> {
        None
    }

    fn take_arguments(&mut self) -> Result<Option<MySqlArguments>, BoxDynError> {
        mem::replace(&mut self.arguments, Ok(None))
    }

    fn persistent(&self) -> bool {
        self.is_persistent
    }
}
