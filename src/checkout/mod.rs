//! Checkout: from a cart to an order that is right to the cent, exactly once.
//!
//! Owns no table: it reads the cart and the catalogue, and writes the order through their modules.

pub mod form;
pub mod handlers;
mod limits;
pub mod messages;
mod place_order;
pub mod views;

pub use place_order::{PLACED, Placement, REFUSED, Refusal, place};

/// The version of the terms that are shown, stored with each order that accepts them.
pub const TERMS_VERSION: &str = "2026-11";
