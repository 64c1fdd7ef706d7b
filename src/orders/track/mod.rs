//! The way back to an order for somebody who has lost its link: number and e-mail bring the link to that e-mail.
//!
//! Neither the answer nor the time that it takes tells whether there is such an order. Every question is only written
//! down; a job looks for the order.

mod actions;
pub mod handlers;
mod views;

pub use actions::{FindOrder, answer};
