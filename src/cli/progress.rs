//! How far long work has come: a bar on a terminal, log lines elsewhere.

use std::{
    io::{IsTerminal, stderr},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Without a terminal the log hears of long work this often.
const LOG_EVERY: Duration = Duration::from_secs(15);

pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: u64,
    /// What is counted.
    unit: &'static str,
    logged: Instant,
}

impl Progress {
    /// `total` is what the position will reach, bytes or rows; `unit` is what the rows are.
    pub(super) fn new(total: u64, unit: &'static str) -> Self {
        let style = ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}  {eta_precise} left");
        let bar = stderr().is_terminal().then(|| ProgressBar::new(total));
        if let (Some(bar), Ok(style)) = (&bar, style) {
            bar.set_style(style);
            bar.enable_steady_tick(Duration::from_millis(250));
        }
        Self { bar, total, unit, logged: Instant::now() }
    }

    /// So far `position` of the total, and so many rows in so long.
    pub(super) fn at(&mut self, position: u64, rows: u64, since: Instant) {
        let rate = u128::from(rows) * 1_000 / since.elapsed().as_millis().max(1);
        if let Some(bar) = &self.bar {
            bar.set_position(position);
            bar.set_message(format!("{rows} {}, {rate}/s", self.unit));
        } else if self.logged.elapsed() >= LOG_EVERY {
            self.logged = Instant::now();
            tracing::info!("{rows} {}, {rate}/s, {} %", self.unit, position * 100 / self.total.max(1));
        }
    }

    /// Prints a line without tearing the bar.
    pub(super) fn print(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| println!("{line}")),
            None => println!("{line}"),
        }
    }

    pub(super) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
