//! What the shop keeps of a customer: told, handed out, and given up.
//!
//! The page is computed from the table by which the nightly job deletes, so that it cannot promise anything else.

pub mod export;
pub mod handlers;
mod kept;
mod messages;
pub mod removal;
mod views;
