//! What the pages made of several features show.

mod film;
mod home;
mod pages;
#[cfg(test)]
mod tests;

pub use film::{Billing, ChosenEdition, Edition, Fact, FilmPage, Promise};
pub use home::{GenreLink, Hero, HomePage};
pub use pages::{Content, ContentPage, Section};
