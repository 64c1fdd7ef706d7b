//! Work that is left for later.

use serde::{Deserialize, Serialize};

use crate::platform::{
    queue::{Job, Queue},
    signing::sha256_hex,
};

/// Somebody asks to be told. The form only writes this down, so that its answer takes the same time whether the address is
/// on the list or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskForAlert {
    pub edition_id: u64,
    pub email: String,
    pub language: String,
}

impl Job for AskForAlert {
    const KIND: &'static str = "ask_for_alert";
    const QUEUE: Queue = Queue::Notifications;

    fn dedup_key(&self) -> Option<String> {
        Some(sha256_hex(&format!("alert {} {}", self.edition_id, self.email)))
    }
}

/// Telling people about an edition, from where the last batch has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellMore {
    pub edition_id: u64,
    /// So many may still be told of the units that came in.
    pub left: u32,
}

impl Job for TellMore {
    const KIND: &'static str = "back_in_stock_more";
    const QUEUE: Queue = Queue::Notifications;
}
