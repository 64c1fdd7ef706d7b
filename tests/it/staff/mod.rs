//! The back office.

mod access;
mod audit;
mod dashboard;
mod door;
mod orders;
mod parcels;
mod reviews;
mod stock;
