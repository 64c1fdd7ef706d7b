//! Orders of a guest who has become a customer and shown that the address on them is theirs.

mod actions;

pub use actions::claim;
