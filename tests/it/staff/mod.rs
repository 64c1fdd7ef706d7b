//! The back office.

mod access;
mod dashboard;
mod door;
mod orders;
mod reviews;
mod stock;
