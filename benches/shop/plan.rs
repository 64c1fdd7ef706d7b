//! How long and how often things are measured.

/// Pairs and times of a run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Rounds in which every case runs once.
    pub rounds: u32,
    /// Seconds of load by case and round.
    pub seconds: u32,
    /// Starts of the shop.
    pub starts: u32,
    /// Seconds for which shoppers buy.
    pub shopping_seconds: u32,
    /// Price changes whose way to every node is timed.
    pub changes: u32,
    /// Addresses that a crawler asks for.
    pub crawled: u32,
    /// Seconds for which visitors look for what is another's.
    pub hammer_seconds: u32,
    /// Requests by page kind, one after the other.
    pub visits: u32,
}

impl Plan {
    pub const fn full() -> Self {
        Self {
            rounds: 5,
            seconds: 4,
            starts: 5,
            shopping_seconds: 10,
            changes: 1_000,
            crawled: 200_000,
            hammer_seconds: 60,
            visits: 200,
        }
    }

    /// Under five minutes in all.
    pub const fn quick() -> Self {
        Self {
            rounds: 3,
            seconds: 2,
            starts: 3,
            shopping_seconds: 4,
            changes: 100,
            crawled: 10_000,
            hammer_seconds: 5,
            visits: 60,
        }
    }
}
