//! Work that is left for later.

use serde::{Deserialize, Serialize};

use crate::platform::queue::{Job, Queue};

/// Somebody has asked for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareExport {
    pub export_id: u64,
}

impl Job for PrepareExport {
    const KIND: &'static str = "prepare_export";
    const QUEUE: Queue = Queue::Default;
    const ATTEMPTS: u32 = 5;
}
