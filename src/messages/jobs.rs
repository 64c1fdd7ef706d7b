//! The job that sends a message.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// Sends the message of this key, unless it has been sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendMessage {
    pub key: String,
    /// Counts the times that somebody had it sent again.
    #[serde(default)]
    pub round: u64,
}

impl Job for SendMessage {
    const KIND: &'static str = "send_message";
    const QUEUE: Queue = Queue::Notifications;
    /// Five tries over about an hour.
    const ATTEMPTS: u32 = 5;
    const BACKOFF: Duration = Duration::from_secs(150);

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}#{}", self.key, self.round))
    }
}
