//! What a backup says of itself.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The release that made it.
    pub version: String,
    pub commit: String,
    /// When its moment was.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Steps that the schema had taken.
    pub migrations: usize,
    /// Bytes of statements.
    pub statements: u64,
}
