//! The catalogue that a new shop opens with: facts of real films embedded in the program
//! (credits in `CREDITS.md` beside the data), the rule that gives a film its editions, the
//! genres with their shelves, and a generator of invented films for growth tests.
//!
//! Everything here is pure and the same on every machine, but for the moment at which the films come to the shop.

pub mod dice;
pub mod editions;
pub mod genres;
pub mod invent;
pub mod languages;
pub mod words;

use std::collections::HashMap;

use time::{Duration, OffsetDateTime};

use super::{
    draft::FilmDraft,
    import::{Problem, Rows},
};

/// Facts of real films, best known first, in the columns that [`super::import`] reads.
pub(in crate::catalog) const FILMS_CSV: &str = include_str!("films.csv");
/// `slug,title_ru,title_uz`: release titles of the best known of them.
const TITLES_CSV: &str = include_str!("titles.csv");

/// Sold out in every edition, so that anybody can see how the shop says so.
pub const SOLD_OUT_FILM: &str = "rififi-1955";
/// The film one of whose editions has exactly [`DEMO_STOCK`] units…
pub const DEMO_FILM: &str = "some-like-it-hot-1959";
/// …and carries this SKU, so that anybody can try what happens to the last unit.
pub const DEMO_SKU: &str = "DEMO-10";
pub const DEMO_STOCK: u32 = 10;

/// So many of the best known films stand on the home page's shelf of the shop's own choice.
const FEATURED: usize = 12;

/// The sample's films, best known first. Those of later years came to the shop later, the latest now.
pub fn films(now: OffsetDateTime) -> anyhow::Result<Vec<FilmDraft>> {
    let mut titles = Titles::read()?;
    let mut rows = Rows::open(FILMS_CSV.as_bytes())?.map_err(flaw)?;
    let mut films = Vec::new();
    while let Some(row) = rows.next_row()? {
        let mut film = row.map_err(flaw)?.film;
        (film.title_ru, film.title_uz) = titles.take(&film.slug);
        film.featured = films.len() < FEATURED;
        films.push(film);
    }
    anyhow::ensure!(titles.0.is_empty(), "titles of films that are not in the sample: {:?}", titles.0.keys());
    let latest = films.iter().map(|film| film.year).max().unwrap_or_default();
    for film in &mut films {
        film.arrived_at = Some(now - Duration::days(i64::from(latest - film.year)));
    }
    Ok(films)
}

/// Release titles in Russian and Uzbek by slug.
struct Titles(HashMap<String, (Option<String>, Option<String>)>);

impl Titles {
    fn read() -> anyhow::Result<Self> {
        let filled = |title: &str| (!title.is_empty()).then(|| title.to_owned());
        let mut titles = HashMap::new();
        for row in csv::Reader::from_reader(TITLES_CSV.as_bytes()).deserialize() {
            let (slug, ru, uz): (String, String, String) = row?;
            titles.insert(slug, (filled(&ru), filled(&uz)));
        }
        Ok(Self(titles))
    }

    fn take(&mut self, slug: &str) -> (Option<String>, Option<String>) {
        self.0.remove(slug).unwrap_or_default()
    }
}

fn flaw(problems: Vec<Problem>) -> anyhow::Error {
    anyhow::anyhow!("the sample has a flaw: {problems:?}")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    #[test]
    fn the_sample_is_whole() {
        let now = datetime!(2026-11-22 12:00 UTC);
        let films = super::films(now).expect("the embedded files are sound");
        assert!(films.len() >= 3_000);
        assert!(films.iter().filter(|film| film.title_ru.is_some()).count() >= 150);
        let matrix = films.iter().find(|film| film.slug == "the-matrix-1999").expect("the film is there");
        assert_eq!(matrix.title_ru.as_deref(), Some("Матрица"));
        assert!(films.iter().all(|film| film.arrived_at.is_some_and(|at| at <= now)));
    }
}
