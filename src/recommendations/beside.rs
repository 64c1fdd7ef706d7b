//! The films that stand beside some: found by the database, ranked by what the index knows of them, and shown as they
//! are in the database.

use std::cmp::Reverse;

use time::OffsetDateTime;

use super::{
    Likeness,
    queries::{COMPUTED, Candidate, candidates},
};
use crate::{
    catalog::{
        index::{Index, Named, Shelf, Standing, Title},
        queries::{FilmRow, films},
    },
    platform::db::Conn,
};

/// A film that goes with others, as a card shows it.
#[derive(Clone, Debug)]
pub struct Related {
    pub film: FilmRow,
    pub reason: Reason,
}

/// Why a film is shown beside another.
#[derive(Clone, Debug)]
pub enum Reason {
    /// The shop picked it.
    Picked,
    /// What they share, with the name of the person, genre, studio or film.
    Alike(Likeness, Option<Title>),
    /// It is in the shop too.
    None,
}

/// What stands where picks and computed films are too few.
#[derive(Clone, Copy, Debug)]
pub enum FillUp<'a> {
    Nothing,
    /// The best-selling of a genre, by its slug, then of all.
    Bestsellers(Option<&'a str>),
}

/// What is asked of [`beside`].
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// These films, each once; none of them is among the answers.
    pub films: &'a [&'a FilmRow],
    pub fill_up: FillUp<'a>,
    /// Only what can be bought.
    pub in_stock: bool,
    pub most: usize,
    pub now: OffsetDateTime,
}

/// The films that go with some, with their cards and reasons: picks in their order, then what is bought with them, then
/// the most alike to all of them together. Two statements, or one when nothing is found.
pub async fn beside(conn: &mut Conn, index: &Index, asked: &Beside<'_>) -> sqlx::Result<Vec<Related>> {
    let ids: Vec<u64> = asked.films.iter().map(|film| film.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = candidates(conn, &ids).await?;
    let mut best = best(standing(index, found, asked));
    best.truncate(asked.most);
    let mut chosen: Vec<_> = best.iter().map(|found| (found.film, reason(index, found, asked.films))).collect();
    fill_up(index, asked, &mut chosen);
    let ids: Vec<u64> = chosen.iter().map(|(film, _)| *film).collect();
    let rows = films(conn, &ids).await?;
    // The index may be a moment behind: one fewer is shown then.
    let is_wanted = |film: &FilmRow| film.is_visible(asked.now) && (film.in_stock || !asked.in_stock);
    let related = rows.into_iter().filter(is_wanted).filter_map(|film| {
        let at = chosen.iter().position(|(id, _)| *id == film.id)?;
        Some(Related { film, reason: chosen.swap_remove(at).1 })
    });
    Ok(related.collect())
}

/// Those that may be shown, with how they stand in the shop.
fn standing(index: &Index, found: Vec<Candidate>, asked: &Beside<'_>) -> Vec<(Candidate, Standing)> {
    let standings = index.standings(found.iter().map(|candidate| candidate.film));
    let is_wanted = |(candidate, standing): &(Candidate, Standing)| {
        (standing.is_in_stock || !asked.in_stock) && asked.films.iter().all(|film| film.id != candidate.film)
    };
    found
        .into_iter()
        .zip(standings)
        .filter_map(|(found, standing)| Some((found, standing?)))
        .filter(is_wanted)
        .collect()
}

/// Each film once, by its best reason, the best film first.
fn best(mut found: Vec<(Candidate, Standing)>) -> Vec<Candidate> {
    found.sort_unstable_by_key(|(candidate, _)| (candidate.film, candidate.place, Reverse(candidate.score)));
    found.dedup_by(|(next, _), (best, _)| {
        let is_same = next.film == best.film;
        if is_same && next.place == best.place {
            best.score += next.score;
        }
        is_same
    });
    found.sort_unstable_by_key(|(candidate, standing)| {
        let Candidate { film, place, score, .. } = *candidate;
        (place, Reverse(standing.is_in_stock), Reverse(score), Reverse(standing.sold), film)
    });
    found.into_iter().map(|(candidate, _)| candidate).collect()
}

fn reason(index: &Index, candidate: &Candidate, asked: &[&FilmRow]) -> Reason {
    match candidate.likeness {
        _ if candidate.place < COMPUTED => Reason::Picked,
        Some(likeness) => Reason::Alike(likeness, candidate.subject.and_then(|id| name(index, likeness, id, asked))),
        None => Reason::None,
    }
}

/// What the likeness speaks of; a film is bought together with one of those that are asked for.
fn name(index: &Index, likeness: Likeness, id: u64, asked: &[&FilmRow]) -> Option<Title> {
    match likeness {
        Likeness::Director | Likeness::Cast => index.name(Named::Person, id),
        Likeness::Genre | Likeness::GenreDecade => index.name(Named::Genre, id),
        Likeness::Studio => index.name(Named::Studio, id),
        Likeness::Bought => asked.iter().find(|film| film.id == id).map(|film| film.titles()),
        Likeness::Decade => None,
    }
}

fn fill_up(index: &Index, asked: &Beside<'_>, chosen: &mut Vec<(u64, Reason)>) {
    let FillUp::Bestsellers(genre) = asked.fill_up else { return };
    if chosen.len() >= asked.most {
        return;
    }
    // The films themselves may be among them, and what is chosen already.
    let enough = asked.most + asked.films.len();
    let mut add = |films: Vec<u64>, reason: Reason| {
        for film in films {
            let is_new = asked.films.iter().all(|asked| asked.id != film) && chosen.iter().all(|(id, _)| *id != film);
            if is_new && chosen.len() < asked.most {
                chosen.push((film, reason.clone()));
            }
        }
    };
    if let Some(slug) = genre {
        add(
            index.bestsellers_of(slug, enough),
            Reason::Alike(Likeness::Genre, index.genre(slug).map(|genre| genre.title)),
        );
    }
    add(index.shelf(Shelf::Bestsellers, enough), Reason::None);
}
