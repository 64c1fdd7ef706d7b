//! Carts that were left alone: customers who want to hear from the shop are written about theirs, once.
//!
//! A cart is left alone when it has not changed for a day and its customer has ordered nothing since. The mail's link puts
//! what the cart held into the cart of whoever opens it, for a week, and so works on every device. `carts.reminded_at` says
//! that the mail was written; an order, or clearing the cart, begins a new one.

pub mod actions;
pub mod handlers;
mod jobs;
mod link;
pub mod mails;
mod messages;
mod queries;
mod views;

pub use jobs::RemindOfCarts;
use time::Duration;

/// So long a cart has not changed.
pub const IDLE: Duration = Duration::hours(24);
/// Nobody remembers a cart that is older.
const TOO_OLD: Duration = Duration::days(3);
/// So long the link of the mail works.
pub const LINK_LIFE: Duration = Duration::days(7);
