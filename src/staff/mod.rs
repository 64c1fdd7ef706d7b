//! The back office: the desks at which the shop's people work, behind a door of their own.
//!
//! To add a desk: write it as a folder here, with `handlers`, `views` (each has a field `shell` and a field `frame`, a
//! [`Frame`]), `messages`, and templates that extend `staff/layout.html` in `templates/staff/`; give it a row in
//! [`Desk`] if it belongs into the menu; and name each of its routes in `router.rs` with `Staff(permission)` for its rule.
//! A handler takes the [`Employee`] who asks as an argument. Whoever lacks the permission gets the 403 page, never the
//! handler, and does not see the desk in the menu. What a handler changes goes through an action that takes
//! [`Employee::author`] and leaves an entry of [`crate::audit`] in the same transaction.

mod actions;
pub mod audit;
pub mod customers;
pub mod dashboard;
pub mod door;
mod frame;
mod gate;
mod messages;
pub mod orders;
pub mod reviews;
pub mod slow;
pub mod stock;
pub mod system;

pub use frame::{Desk, Frame, MenuItem};
pub use gate::{Employee, pass};
