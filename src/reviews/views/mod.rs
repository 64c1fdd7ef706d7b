//! What pages show of reviews, ready for the templates.

mod featured;
mod film;
mod form;
mod list;
mod own;
mod review;
#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;

pub use featured::PickView;
pub use film::{BarView, FilmReviews, SummaryView};
pub use form::{FormPage, Target};
pub use list::{ReviewsPage, SortLink};
pub use own::{OwnPage, OwnView, state};
pub use review::{ReviewView, StarsView, paragraphs, signature};
