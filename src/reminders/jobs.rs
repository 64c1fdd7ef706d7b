//! Work that comes every hour.

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// Writes to those whose carts were left alone.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindOfCarts {}

impl Job for RemindOfCarts {
    const KIND: &'static str = "abandoned_cart";
    const QUEUE: Queue = Queue::Notifications;

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}
