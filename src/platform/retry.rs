//! Running a transaction again that lost against another one.

use std::time::Duration;

use rand::RngExt;

/// A lost race is run again until so many attempts were made.
const ATTEMPTS: u32 = 12;

/// Counts the attempts at something that may be lost to somebody else.
#[derive(Debug)]
pub struct Attempts {
    made: u32,
}

impl Attempts {
    /// The first one is under way.
    pub const fn first() -> Self {
        Self { made: 1 }
    }

    /// Pauses before another attempt, a little longer each time; false when there have been enough.
    pub async fn again(&mut self) -> bool {
        if self.made >= ATTEMPTS {
            return false;
        }
        let most = 5 << self.made.min(6);
        let pause = rand::rng().random_range(most / 2..=most);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        self.made += 1;
        true
    }
}
