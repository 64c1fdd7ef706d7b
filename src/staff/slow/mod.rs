//! The statements of the database that took long, of all processes, with who asked.

pub mod handlers;
mod messages;
mod views;
