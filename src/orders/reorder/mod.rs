//! An order once more: what can still be had of it goes into the cart, at today's prices.

pub mod handlers;
mod messages;
