//! Films that a customer wants: one list that everybody has, and some with names of their own.
//!
//! Owns `wishlists` and `wishlist_items`. A list is private until its owner shares it: whoever has the link sees the films
//! and nothing about the owner, until the link is withdrawn. What is sold out or withdrawn stays on a list.

mod actions;
pub mod handlers;
mod messages;
mod queries;
mod views;

pub use queries::forget;

/// Lists with names, beside the one that everybody has.
const MOST_NAMED: usize = 10;
/// Films on a list.
const MOST_FILMS: i64 = 200;
/// Characters of a name.
const MAX_NAME: u16 = 60;
