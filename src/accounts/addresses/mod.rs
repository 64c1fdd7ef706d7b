//! The address book of a customer: where things are sent, one of them by default.
//!
//! As long as there are addresses, exactly one is the default. An order keeps a copy of its own, so that nothing that
//! happens here changes where it went.

mod actions;
mod draft;
pub mod handlers;
mod messages;
mod queries;
mod views;

pub use actions::keep;
pub use draft::Draft;
pub use queries::{AddressRow, book, forget};

/// Addresses in a book.
const MOST: usize = 20;
