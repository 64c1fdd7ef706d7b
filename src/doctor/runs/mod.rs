//! The doctor's runs beside the pages: each night, and when somebody of the shop asks. What was found is kept in
//! `doctor_runs`, and the shop's people hear of a night's findings.

mod actions;
mod messages;
mod queries;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use actions::{ask, run};
pub use queries::{last, wrong_in_books};

use super::{Check, Finding, Outcome};
use crate::platform::queue::{Job, Queue};

/// How the clock is named where people are.
pub const BY_CLOCK: &str = "schedule";
/// A run that takes longer has died, and is made again by the queue.
const LONGEST: Duration = Duration::from_hours(1);

/// Makes every check, the books among them, and keeps what was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VerifyBooks {
    /// Who wants it: [`BY_CLOCK`], or somebody as the audit log names them.
    pub asked_by: String,
}

impl Job for VerifyBooks {
    const KIND: &'static str = "verify_books";
    const QUEUE: Queue = Queue::Maintenance;
    const ATTEMPTS: u32 = 3;
    const TIME_LIMIT: Duration = LONGEST;

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub name: String,
    pub is_book: bool,
    pub outcome: Outcome,
}

impl Look {
    fn new(check: Check, outcome: Outcome) -> Self {
        Self { name: check.name().to_owned(), is_book: matches!(check, Check::Book(_)), outcome }
    }

    pub fn findings(&self) -> &[Finding] {
        match &self.outcome {
            Outcome::Found(findings) => findings,
            Outcome::Fine(_) | Outcome::Skipped => &[],
        }
    }

    /// Findings that are more than advice.
    fn wrong(&self) -> usize {
        self.findings().iter().filter(|finding| !finding.is_advice).count()
    }
}

/// A run of the doctor, over or under way.
#[derive(Clone, Debug)]
pub struct DoctorRun {
    pub asked_by: String,
    pub started_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub wrong: u32,
    /// Of those, rows of a book that do not agree.
    pub wrong_in_books: u32,
    /// In the order in which they were made.
    pub looks: Vec<Look>,
}

impl DoctorRun {
    /// How many checks there are in all.
    pub fn checks() -> usize {
        Check::all().count()
    }
}
