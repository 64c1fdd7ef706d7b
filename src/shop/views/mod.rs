//! What the pages made of several features show.

mod film;
mod home;
mod pages;

pub use film::{Billing, Edition, Fact, FilmPage, Offer, Promise};
pub use home::{GenreLink, Hero, HomePage};
pub use pages::{Content, ContentPage};
