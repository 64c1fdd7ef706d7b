//! The first page inside: what waits, what was sold, what runs low.

pub mod handlers;
mod messages;
mod queries;
mod views;
