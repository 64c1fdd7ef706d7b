//! Checkout: from a cart to an order that is right to the cent, exactly once.
//!
//! Owns no table: it reads the cart and the catalogue, and writes the order through their modules.

pub mod form;
pub mod messages;
pub mod views;
