//! The page of a customer, to which an order of theirs leads.

pub mod handlers;
mod messages;
mod views;
