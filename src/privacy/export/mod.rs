//! One file with all that is kept of a customer, for the customer alone.
//!
//! Owns `data_exports`, a row for each customer who asked. A job makes the file, which waits for a day; asking while it is
//! being made changes nothing. It opens to its signed-in owner, so that a link in a mail or a history is no key to it.

pub mod actions;
mod document;
pub mod handlers;
pub mod jobs;
mod packed;
mod queries;
mod standing;

use std::time::Duration;

/// For so long a file waits for its owner.
pub(super) use crate::maintenance::DATA_EXPORT_LIFE as LIFE;
pub(super) use queries::{delete, find};
pub(super) use standing::Standing;
pub use standing::Status;

use crate::platform::limiter::Limit;

/// A file that is not made by then will not be: it may be asked for again.
const PATIENCE: time::Duration = time::Duration::hours(1);
/// How often somebody may ask.
const ASKS: Limit = Limit { name: "own-data", most: 5, per: Duration::from_hours(24) };
