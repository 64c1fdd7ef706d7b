//! Rules that only a database can keep.

mod catalog;
mod data_migrations;
mod index;
mod outage;
mod placement;
mod schedule;
mod schema;
