//! What a shop for show has and a new shop has not: a past, and people to try it as.
//!
//! Writes into the tables of other modules in bulk, as nobody else does, and by their rules: what it stores could have
//! come about by itself.

pub mod history;
pub mod people;
