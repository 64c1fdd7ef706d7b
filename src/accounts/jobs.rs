//! Work that is left for later.

use serde::{Deserialize, Serialize};

use crate::platform::{
    queue::{Job, Queue},
    signing::sha256_hex,
};

/// Somebody has forgotten a password. The form only writes this down, so that its answer takes the same time whether the
/// address is a customer's or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskForReset {
    pub email: String,
}

impl Job for AskForReset {
    const KIND: &'static str = "ask_for_reset";
    const QUEUE: Queue = Queue::Notifications;

    fn dedup_key(&self) -> Option<String> {
        Some(sha256_hex(&format!("reset {}", self.email)))
    }
}

/// A customer has shown that an address is theirs: what was bought with it before is theirs too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressConfirmed {
    pub client_id: u64,
    pub email: String,
}

impl Job for AddressConfirmed {
    const KIND: &'static str = "address_confirmed";
    const QUEUE: Queue = Queue::Default;
}
