//! Cancelling by the customer: a question, and its answer.

pub mod handlers;
mod views;

/// The longest reason, in characters.
const MAX_REASON: u16 = 500;
