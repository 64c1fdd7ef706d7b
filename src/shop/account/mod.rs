//! Signing in and out, which brings carts together, and the first page of an account.

mod actions;
pub mod door;
pub mod for_you;
pub mod overview;
