//! A week after an order has come, its customer is asked once what they thought of the films: those who want such mails,
//! of what they have not reviewed yet. Both are looked at when the mail is queued, and again when it is sent.

mod actions;
pub mod mails;
mod messages;
mod queries;

pub use actions::ask;
