//! What films point to, as ids: people, studios, genres and their shelves.

use std::collections::HashMap;

use super::plan::Plan;
use crate::{
    catalog::{
        draft::FilmDraft,
        queries::loading::{
            names,
            shelves::{self, Place},
        },
        slug::slugify,
    },
    platform::db::Conn,
};

/// Ids kept from chunk to chunk, so that people of many films are looked up once.
const KNOWN_PEOPLE: usize = 50_000;

/// The ids that one film points to.
#[derive(Debug, Default)]
pub struct Links {
    pub studio: Option<u64>,
    /// The shelf of the first genre.
    pub category: Option<u64>,
    /// Role, position, person.
    pub people: Vec<(&'static str, u8, u64)>,
    /// Position and place.
    pub genres: Vec<(u8, Place)>,
}

/// Ids by slug, as far as they were asked for.
#[derive(Debug, Default)]
pub struct Directory {
    places: HashMap<String, Place>,
    studios: HashMap<String, u64>,
    people: HashMap<String, u64>,
}

impl Directory {
    /// Makes the genres and shelves that are missing, and knows them all.
    pub async fn open(conn: &mut Conn) -> Result<Self, sqlx::Error> {
        shelves::ensure(conn).await?;
        Ok(Self { places: shelves::places(conn).await?, ..Self::default() })
    }

    /// Finds the people and studios of these plans, and makes those that are missing.
    pub async fn learn(&mut self, conn: &mut Conn, plans: &[Plan]) -> Result<(), sqlx::Error> {
        if self.people.len() > KNOWN_PEOPLE {
            self.people.clear();
        }
        let films: Vec<&FilmDraft> = plans.iter().filter_map(facts).collect();
        let mut unknown: HashMap<String, &str> = HashMap::new();
        for name in films.iter().flat_map(|film| film.directors.iter().chain(&film.cast)) {
            let slug = slugify(name);
            if !self.people.contains_key(&slug) {
                unknown.insert(slug, name);
            }
        }
        self.people.extend(names::people(conn, &unknown).await?);
        for name in films.iter().filter_map(|film| film.studio.as_ref()) {
            if !self.studios.contains_key(name) {
                let id = names::studio(conn, name).await?;
                self.studios.insert(name.clone(), id);
            }
        }
        Ok(())
    }

    /// The links of a plan whose names were learned.
    pub fn links(&self, plan: &Plan) -> Links {
        let Some(film) = facts(plan) else { return Links::default() };
        let place = |(position, slug): (u8, &String)| Some((position, *self.places.get(slug)?));
        let genres: Vec<_> = (0..).zip(&film.genres).filter_map(place).collect();
        Links {
            studio: film.studio.as_ref().and_then(|name| self.studios.get(name)).copied(),
            category: genres.first().and_then(|(_, place)| place.category),
            people: [self.billing("director", &film.directors), self.billing("cast", &film.cast)].concat(),
            genres,
        }
    }

    fn billing(&self, role: &'static str, names: &[String]) -> Vec<(&'static str, u8, u64)> {
        let person = |(position, name): (u8, &String)| Some((role, position, *self.people.get(&slugify(name))?));
        (0..).zip(names).filter_map(person).collect()
    }
}

/// The facts that a plan writes, if any.
fn facts(plan: &Plan) -> Option<&FilmDraft> {
    match plan {
        Plan::Add(new) => Some(&new.film),
        Plan::Change(change) => change.facts.as_ref(),
        Plan::Keep => None,
    }
}
