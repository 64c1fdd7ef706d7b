//! The orders desk: all orders, and what may be done with each.

mod filters;
pub mod handlers;
mod history;
mod messages;
mod parcels;
mod views;
