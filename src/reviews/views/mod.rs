//! What pages show of reviews, ready for the templates.

mod film;
mod list;
mod review;
#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;

pub use film::{BarView, FilmReviews, SummaryView};
pub use list::{ReviewsPage, SortLink};
pub use review::{ReviewView, StarsView, paragraphs, signature};
