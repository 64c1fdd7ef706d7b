//! Every statement on the tables of the catalogue.

mod cards;

pub use cards::{EditionRow, FilmRow, editions_of, films, lock_editions};
