//! Every statement on the tables of the reviews.

pub(super) mod badge;
pub(super) mod moderate;
mod own;
mod shown;
pub(super) mod write;

pub use own::{OwnReview, own_of_film};
pub use shown::{Asked, Histogram, ShownReview, Sort, shown};
