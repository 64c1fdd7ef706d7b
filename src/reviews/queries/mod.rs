//! Every statement on the tables of the reviews.

pub(in crate::reviews) mod badge;
pub mod desk;
pub(super) mod farewell;
mod featured;
pub(super) mod moderate;
mod own;
mod shown;
pub(super) mod write;

pub use featured::{FeaturedReview, featured};
pub use own::{OwnReview, own_of_film, own_review, own_reviews};
pub use shown::{Asked, Histogram, ShownReview, Sort, shown};
