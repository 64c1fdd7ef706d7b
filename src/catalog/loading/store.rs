//! Writing a chunk whose rows are decided and whose links are known.

use super::{
    plan::{EditionChange, FilmChange, NewFilm, Plan},
    resolve::Links,
};
use crate::{
    catalog::{
        REBUILD_TAG, film_tag,
        jobs::StockArrived,
        queries::{
            loading::{
                add::{self, Product},
                change,
            },
            refresh_products,
        },
        sample::editions,
    },
    platform::{clock, db::Tx},
};

/// Films whose columns one statement computes: few enough to be found by key while the tables are small, where a scan
/// would wait for the other writer's rows.
const REFRESHED: usize = 100;

/// What price history and stock ledger say of where an edition came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub reason: &'static str,
    pub actor: &'static str,
}

/// Plans with their links, and how they are to be written.
#[derive(Debug)]
pub struct Work {
    pub plans: Vec<(Plan, Links)>,
    pub origin: Origin,
    /// Announce that everything derived from films is to be built anew, instead of film by film.
    pub rebuild: bool,
}

impl Work {
    /// Whether another transaction may write it as well: what it does to stock follows from what its own has read.
    pub fn is_repeatable(&self) -> bool {
        self.plans.iter().all(|(plan, _)| !matches!(plan, Plan::Change(change) if !change.editions.is_empty()))
    }
}

/// Writes all of it.
pub async fn store(mut tx: Tx, work: &Work) -> Result<(), sqlx::Error> {
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for (plan, links) in &work.plans {
        match plan {
            Plan::Add(new) => added.push((new, links)),
            Plan::Change(film) => changed.push((film, links)),
            Plan::Keep => {}
        }
    }
    let mut ids: Vec<u64> = changed.iter().map(|(film, _)| film.id).collect();
    // It locks the films in the order of their ids, which the rows need not have.
    change::raise_versions(&mut tx, &ids).await?;
    for (film, links) in changed {
        change(&mut tx, film, links, work.origin).await?;
    }
    if !added.is_empty() {
        ids.extend(add(&mut tx, &added, work.origin).await?);
    }
    ids.sort_unstable();
    let now = clock::now();
    for ids in ids.chunks(REFRESHED) {
        refresh_products(&mut tx, ids, now).await?;
    }
    if work.rebuild && !ids.is_empty() {
        tx.touch(REBUILD_TAG);
    } else {
        for id in ids {
            tx.touch(film_tag(id));
        }
    }
    tx.commit().await
}

async fn add(tx: &mut Tx, added: &[(&NewFilm, &Links)], origin: Origin) -> Result<Vec<u64>, sqlx::Error> {
    let products: Vec<Product<'_>> = added
        .iter()
        .map(|(new, links)| Product { film: &new.film, studio: links.studio, category: links.category })
        .collect();
    let ids = add::products(tx, &products).await?;
    // Every film of the statement has got an id.
    let films: Vec<(u64, &NewFilm, &Links)> =
        added.iter().filter_map(|(new, links)| Some((*ids.get(&new.film.slug)?, *new, *links))).collect();
    let people: Vec<_> = films.iter().flat_map(|(id, _, links)| people(*id, links)).collect();
    add::people(tx, &people).await?;
    let genres: Vec<_> = films.iter().flat_map(|(id, _, links)| genres(*id, links)).collect();
    add::genres(tx, &genres).await?;
    let languages: Vec<_> = films.iter().map(|(id, new, _)| (*id, editions::languages(&new.film))).collect();
    add::languages(tx, &languages).await?;
    let editions: Vec<_> = films
        .iter()
        .flat_map(|(id, new, _)| (0..).zip(&new.editions).map(|(position, edition)| (*id, position, edition)))
        .collect();
    add::editions(tx, &editions).await?;
    let ids: Vec<u64> = films.iter().map(|(id, ..)| *id).collect();
    add::books(tx, &ids, origin).await?;
    Ok(ids)
}

async fn change(tx: &mut Tx, film: &FilmChange, links: &Links, origin: Origin) -> Result<(), sqlx::Error> {
    for edition in &film.editions {
        change::edition(tx, edition, origin.actor).await?;
    }
    let arrived: Vec<StockArrived> = film.editions.iter().filter_map(arrival).collect();
    tx.enqueue_all(&arrived).await?;
    if !film.added.is_empty() {
        let added: Vec<_> = film.added.iter().map(|(position, edition)| (film.id, *position, edition)).collect();
        add::editions(tx, &added).await?;
        add::books(tx, &[film.id], origin).await?;
    }
    let Some(facts) = &film.facts else { return Ok(()) };
    let category = links.category.filter(|_| film.genres);
    change::facts(tx, film.id, facts, links.studio, category).await?;
    if film.people {
        change::forget_people(tx, film.id).await?;
        add::people(tx, &people(film.id, links).collect::<Vec<_>>()).await?;
    }
    if film.genres {
        change::forget_genres(tx, film.id).await?;
        add::genres(tx, &genres(film.id, links).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

fn arrival(change: &EditionChange) -> Option<StockArrived> {
    let after = i32::try_from(change.edition.stock).ok()?;
    StockArrived::of(change.id, after - i32::try_from(change.delta).ok()?, after)
}

fn people(film: u64, links: &Links) -> impl Iterator<Item = (u64, &'static str, u8, u64)> {
    links.people.iter().map(move |(role, position, person)| (film, *role, *position, *person))
}

fn genres(
    film: u64,
    links: &Links,
) -> impl Iterator<Item = (u64, u8, crate::catalog::queries::loading::shelves::Place)> {
    links.genres.iter().map(move |(position, place)| (film, *position, *place))
}
