//! Work that is due by the clock.

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// Cancels the orders whose time to pay is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExpireUnpaidOrders {}

impl Job for ExpireUnpaidOrders {
    const KIND: &'static str = "expire_unpaid_orders";
    const QUEUE: Queue = Queue::Default;

    /// The next minute's does what this one leaves.
    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}
