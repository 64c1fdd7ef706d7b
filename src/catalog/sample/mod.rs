//! The catalogue that a new shop opens with: facts of real films embedded in the program
//! (credits in `CREDITS.md` beside the data), the rule that gives a film its editions, the
//! genres with their shelves, and a generator of invented films for growth tests.
//!
//! Everything here is pure and the same on every machine.

mod dice;
pub mod editions;
pub mod genres;
pub mod invent;
mod languages;
mod words;

/// Facts of real films, best known first, in the columns that [`super::import`] reads.
pub const FILMS_CSV: &str = include_str!("films.csv");
/// `slug,title_ru,title_uz`: release titles of the best known of them.
pub const TITLES_CSV: &str = include_str!("titles.csv");

/// Sold out in every edition, so that anybody can see how the shop says so.
pub const SOLD_OUT_FILM: &str = "rififi-1955";
/// The film one of whose editions has exactly [`DEMO_STOCK`] units…
pub const DEMO_FILM: &str = "some-like-it-hot-1959";
/// …and carries this SKU, so that anybody can try what happens to the last unit.
pub const DEMO_SKU: &str = "DEMO-10";
pub const DEMO_STOCK: u32 = 10;
