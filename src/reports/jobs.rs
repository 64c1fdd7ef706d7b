//! Reports that are due by the clock.

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// Sends the report of the last day that is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct DailyReport {}

impl Job for DailyReport {
    const KIND: &'static str = "daily_report";
    const QUEUE: Queue = Queue::Maintenance;
}

/// Sends the report of the last week that is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct WeeklyReport {}

impl Job for WeeklyReport {
    const KIND: &'static str = "weekly_report";
    const QUEUE: Queue = Queue::Maintenance;
}

/// Tells of jobs that were given up, each once.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellOfParkedJobs {}

impl Job for TellOfParkedJobs {
    const KIND: &'static str = "tell_of_parked_jobs";
    const QUEUE: Queue = Queue::Notifications;

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// Tells which editions run low, if any do.
#[derive(Debug, Serialize, Deserialize)]
pub struct LowStockDigest {}

impl Job for LowStockDigest {
    const KIND: &'static str = "low_stock_digest";
    const QUEUE: Queue = Queue::Notifications;
}
