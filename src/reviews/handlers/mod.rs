//! The pages and forms of the reviews.

mod list;

pub use list::list;
