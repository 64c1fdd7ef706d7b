//! What the shop sells, as far as a past of it goes: which editions there are, and which films people buy together.

use std::{collections::HashMap, ops::Range};

use time::OffsetDateTime;

use super::queries;
use crate::{
    catalog::{queries::EditionRow, sample::dice::Dice},
    platform::db::Conn,
};

/// Films whose editions are read at once.
const READ: usize = 2_000;
/// Who buys a film buys one that stands this near on its shelf.
const NEAR: u64 = 4;

/// A film: where its editions stand, and where it stands itself on the shelf of its category.
#[derive(Debug)]
struct Film {
    editions: Range<usize>,
    category: u64,
    place: usize,
}

/// All that is sold: about two hundred bytes an edition.
#[derive(Debug, Default)]
pub struct Shelf {
    editions: Vec<EditionRow>,
    films: Vec<Film>,
    /// The films of each category, the best known first.
    categories: HashMap<u64, Vec<usize>>,
}

impl Shelf {
    /// What is sold of the films up to an id.
    pub async fn read(conn: &mut Conn, last_film: u64, now: OffsetDateTime) -> sqlx::Result<Self> {
        let mut shelf = Self::default();
        for after in (0..last_film).step_by(READ) {
            for row in queries::editions_between(conn, (after, after + READ as u64), now).await? {
                shelf.add(row.edition, row.category_id.unwrap_or_default());
            }
        }
        Ok(shelf)
    }

    /// Takes the next edition in; those of a film follow each other.
    fn add(&mut self, edition: EditionRow, category: u64) {
        let at = self.editions.len();
        let is_of_last = self.editions.last().is_some_and(|last| last.product_id == edition.product_id);
        self.editions.push(edition);
        if let Some(film) = self.films.last_mut().filter(|_| is_of_last) {
            film.editions.end = at + 1;
            return;
        }
        let shelf = self.categories.entry(category).or_default();
        self.films.push(Film { editions: at..at + 1, category, place: shelf.len() });
        shelf.push(self.films.len() - 1);
    }

    pub const fn is_empty(&self) -> bool {
        self.films.is_empty()
    }

    /// The films, by id.
    pub fn products(&self) -> Vec<u64> {
        self.films.iter().map(|film| self.editions[film.editions.start].product_id).collect()
    }

    pub fn edition(&self, at: usize) -> &EditionRow {
        &self.editions[at]
    }

    /// Different films that somebody buys, as one edition each, in the order of the editions.
    pub fn basket(&self, dice: &mut Dice) -> Vec<usize> {
        let lines = dice.weighted(&[(1, 52), (2, 28), (3, 12), (4, 5), (6, 2), (9, 1)]);
        let mut films = vec![dice.skewed_index(self.films.len())];
        for _ in 1..lines {
            let first = films[0];
            let film = if dice.chance(60) { self.beside(first, dice) } else { dice.skewed_index(self.films.len()) };
            if !films.contains(&film) {
                films.push(film);
            }
        }
        let pick = |film: usize, dice: &mut Dice| {
            let Range { start, end } = self.films[film].editions;
            start + dice.skewed_index(end - start)
        };
        let mut editions: Vec<usize> = films.into_iter().map(|film| pick(film, dice)).collect();
        editions.sort_unstable();
        editions
    }

    /// One that stands near a film on its shelf, so that some are bought together more often than others.
    fn beside(&self, film: usize, dice: &mut Dice) -> usize {
        let Film { category, place, .. } = &self.films[film];
        let shelf = &self.categories[category];
        let steps = usize::try_from(dice.between(1, NEAR)).unwrap_or(1);
        let near = if dice.chance(50) { place.checked_sub(steps) } else { place.checked_add(steps) };
        near.and_then(|near| shelf.get(near)).copied().unwrap_or(film)
    }
}
