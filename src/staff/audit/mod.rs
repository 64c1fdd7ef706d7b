//! The log of what the shop's people did: found by who, what, of what and when, and taken along as CSV.

mod actions;
mod changes;
mod export;
mod filters;
pub mod handlers;
mod messages;
mod views;
