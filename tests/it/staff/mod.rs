//! The back office.

mod access;
mod dashboard;
mod door;
mod orders;
mod parcels;
mod reviews;
mod stock;
