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

/// Tells which editions run low, if any do.
#[derive(Debug, Serialize, Deserialize)]
pub struct LowStockDigest {}

impl Job for LowStockDigest {
    const KIND: &'static str = "low_stock_digest";
    const QUEUE: Queue = Queue::Notifications;
}
