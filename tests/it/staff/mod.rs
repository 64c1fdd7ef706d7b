//! The back office.

mod access;
mod audit;
mod customers;
mod dashboard;
mod door;
mod orders;
mod parcels;
mod reviews;
mod stock;
mod system;
