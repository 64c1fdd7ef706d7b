//! The index as a whole: its answers on known films, and the check that a patched index, a rebuilt
//! one and plain counting agree.

mod answers;
mod two_truths;

use super::fold::{self, Titles};
use super::record::{Category, Film, Genre, Person, Role, Studio, Title};
use super::state::{Builder, State};
use super::{Base, Filters, Found, Index, Page, Search, Sort};

/// The names that films of these tests point to.
#[derive(Clone, Default)]
struct World {
    genres: Vec<Genre>,
    studios: Vec<Studio>,
    people: Vec<Person>,
    categories: Vec<Category>,
    films: Vec<Film>,
}

impl World {
    fn new(genres: &[&str], studios: &[&str], people: &[&str]) -> Self {
        Self {
            genres: (1..).zip(genres).map(|(id, name)| Genre { id, slug: slug(name), title: title(name) }).collect(),
            studios: (1..)
                .zip(studios)
                .map(|(id, name)| Studio { id, slug: slug(name), name: (*name).into() })
                .collect(),
            people: (1..).zip(people).map(|(id, name)| person(id, name)).collect(),
            ..Self::default()
        }
    }

    fn state(&self, now: i64) -> State {
        let mut builder = Builder::new(now);
        self.genres.iter().cloned().for_each(|row| builder.genre(row));
        self.studios.iter().cloned().for_each(|row| builder.studio(row));
        self.people.iter().cloned().for_each(|row| builder.person(row));
        self.categories.iter().cloned().for_each(|row| builder.category(row));
        self.films.iter().for_each(|film| builder.film(film));
        builder.build().expect("the words of a test are in order")
    }

    fn index(&self, now: i64) -> Index {
        let index = Index::default();
        index.swap(self.state(now));
        index
    }
}

fn person(id: u64, name: &str) -> Person {
    Person { id, slug: slug(name), name: name.into(), search_name: fold::search_name(name).into() }
}

fn category(id: u64, parent: Option<u64>, name: &str) -> Category {
    Category { id, parent, slug: slug(name), title: title(name), position: 0, active: true }
}

fn title(name: &str) -> Title {
    Title { en: name.into(), ..Title::default() }
}

fn slug(name: &str) -> Box<str> {
    name.to_lowercase().replace(' ', "-").into()
}

/// A visible film that can be bought on DVD, with the words of its titles and names.
fn film(id: u64, titles: Titles<'_>, names: &[&str]) -> Film {
    Film {
        id,
        active: true,
        price: Some(1_999),
        formats: 1,
        formats_in_stock: 1,
        title_sort: titles.en.to_lowercase().into(),
        search_title: fold::search_title(titles).into(),
        search_text: fold::search_text(names.iter().copied()).into(),
        ..Film::default()
    }
}

fn first(size: usize) -> Page {
    Page { number: 1, size }
}

fn all(index: &Index, filters: &Filters, sort: Sort) -> Vec<u64> {
    index.list(filters, sort, first(100_000)).films
}

fn found(index: &Index, typed: &str) -> Vec<u64> {
    search(index, typed, false).listing.films
}

fn search(index: &Index, words: &str, is_literal: bool) -> Found {
    let search = Search { words, is_literal, first: None };
    index.search(search, &Filters::default(), Sort::Relevance, first(1_000))
}

fn of(base: Base) -> Filters {
    Filters { base, ..Filters::default() }
}

fn directed(id: u64) -> (u64, Role) {
    (id, Role::Director)
}
