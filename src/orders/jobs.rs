//! Work that is due by the clock, and what the orders tell those above them, as jobs.

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

/// Whoever placed an order has what is in it from now on, or has it no longer: it was delivered, paid, claimed, or refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossessionChanged {
    pub order_id: u64,
}

impl Job for PossessionChanged {
    const KIND: &'static str = "possession_changed";
    const QUEUE: Queue = Queue::Default;
}

/// A week has passed since an order came. What it holds may have been given back by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredAWeekAgo {
    pub order_id: u64,
}

impl Job for DeliveredAWeekAgo {
    const KIND: &'static str = "delivered_a_week_ago";
    const QUEUE: Queue = Queue::Notifications;
}
