//! What the shop's people are told of a day, of a week, of what runs low, and of jobs that were given up.
//!
//! Owns no table: it reads orders, editions, messages and the queue. A report is made as of one moment and sent as it was
//! made; the same one is sent to nobody twice.

pub mod actions;
pub mod jobs;
pub mod mails;
mod messages;
mod period;
mod queries;
mod report;
mod running;

pub use period::{Period, Span};
pub use report::{Report, Section};

use std::time::Duration;

/// Films in the list of those that sold best.
const BEST: u32 = 10;
/// Categories in the list of those whose films sold best.
const BEST_CATEGORIES: u32 = 5;
/// Routes in the list of those that failed.
const FAILING: u32 = 10;
/// Statements in the list of those that took most time, and letters of each.
const SLOW: u32 = 5;
const SLOW_LETTERS: usize = 100;
/// Editions that a list of what runs low names; it says how many more there are.
const LOW_IN_REPORT: u32 = 20;
const LOW_IN_DIGEST: u32 = 100;
/// Jobs that were given up are told of for so long, and so many of them at once.
const PARKED_LATELY: Duration = Duration::from_hours(24);
const PARKED_AT_ONCE: u32 = 10;
