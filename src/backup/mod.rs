//! Copies of the shop that can be put back.
//!
//! A backup is a folder named by its moment, such as `20261125T213000Z`, for the eyes of its owner only:
//!
//! - `database.sql.zst`: the whole database as of one moment, as statements.
//! - `manifest.json`: what made it and when, see [`Manifest`].
//! - `SHA256SUMS`: checksums of both, as `sha256sum -c` reads them.
//!
//! It is written under another name, which begins with a dot, and gets its own when all of it is on the disk: whatever
//! dies meanwhile, a folder with such a name is whole.

mod checksums;
mod database;
mod manifest;
mod queries;
mod restoring;
mod writing;

pub use manifest::Manifest;
pub use queries::bytes;
pub use restoring::{Refused, is_empty, restore, verify};
pub use writing::{Written, claim, forget, write};

const DATABASE: &str = "database.sql.zst";
const MANIFEST: &str = "manifest.json";
const CHECKSUMS: &str = "SHA256SUMS";
