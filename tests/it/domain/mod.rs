//! Rules that only a database can keep.

mod cancelling;
mod catalog;
mod data_migrations;
mod index;
mod moves;
mod outage;
mod placement;
mod reviews;
mod schedule;
pub mod schema;
