//! What the catalogue tells those above it, as jobs.

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// An edition that was sold out is to be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockArrived {
    pub edition_id: u64,
    pub units: u32,
}

impl Job for StockArrived {
    const KIND: &'static str = "back_in_stock";
    const QUEUE: Queue = Queue::Notifications;
}

impl StockArrived {
    /// What a change of stock comes to: something only where there was nothing.
    pub fn of(edition_id: u64, before: i32, after: i32) -> Option<Self> {
        let units = u32::try_from(after).ok().filter(|units| *units > 0 && before <= 0)?;
        Some(Self { edition_id, units })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_arrives_only_where_there_was_none() {
        assert_eq!(StockArrived::of(7, 0, 3), Some(StockArrived { edition_id: 7, units: 3 }));
        for (before, after) in [(1, 4), (0, 0), (3, 0), (0, -1)] {
            assert_eq!(StockArrived::of(7, before, after), None, "{before} to {after}");
        }
    }
}
