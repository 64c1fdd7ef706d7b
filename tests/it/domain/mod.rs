//! Rules that only a database can keep.

mod audit;
mod cancelling;
mod catalog;
mod connections;
mod data_migrations;
mod desk;
mod index;
mod moves;
mod outage;
mod personnel;
mod placement;
mod reviews;
mod schedule;
pub mod schema;
