//! Searches, answers while somebody types, and what pages about a category, studio or person begin with.

use super::record::{Category, Genre, Person, Studio};
use super::search::{Mode, parse};
use super::state::State;
use super::{Credit, CreditKind, Filters, Found, Page, Search, Shelved, Sort, bits::Bits};
use std::cmp::Reverse;

const FILMS: usize = 8;
const PEOPLE: usize = 4;
const CATEGORIES: usize = 3;
/// Fewer letters than this suggest nothing.
const SHORTEST: usize = 2;

/// Films by id, best first, and the people and categories of that name; people with the number of their visible films.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    pub films: Vec<u64>,
    pub people: Vec<(Person, usize)>,
    pub categories: Vec<Category>,
}

impl State {
    pub(super) fn suggest(&self, typed: &str) -> Suggestions {
        let query = parse(typed);
        let letters: usize = query.iter().filter_map(|word| word.keys.first()).map(|key| key.chars().count()).sum();
        if letters < SHORTEST {
            return Suggestions::default();
        }
        let found = self.searcher().find(&query, Mode::Typing);
        let films = self.first_of(&found.tiers, FILMS);
        let beginnings: Vec<Vec<String>> = query.into_iter().map(|word| word.beginnings).collect();
        Suggestions { films, people: self.people_like(&beginnings), categories: self.categories_like(&beginnings) }
    }

    fn people_like(&self, beginnings: &[Vec<String>]) -> Vec<(Person, usize)> {
        let films = |code: &u32| self.people.films(*code);
        let mut codes = self.names.people_like(beginnings);
        codes.sort_unstable_by_key(|code| Reverse(films(code).len()));
        let mut best: Vec<(&Person, usize)> = Vec::new();
        for code in codes {
            // Whoever follows has no more films, visible or not.
            if best.get(PEOPLE - 1).is_some_and(|(_, last)| *last > films(&code).len()) {
                break;
            }
            let visible = self.visible(films(&code));
            best.extend(self.names.people.row(code).filter(|_| visible > 0).map(|person| (person, visible)));
            best.sort_by_key(|(person, films)| (Reverse(*films), person.id));
            best.truncate(PEOPLE);
        }
        best.into_iter().map(|(person, films)| (person.clone(), films)).collect()
    }

    fn categories_like(&self, beginnings: &[Vec<String>]) -> Vec<Category> {
        let mut categories: Vec<(usize, &Category)> = self
            .names
            .categories_like(beginnings)
            .into_iter()
            .filter(|code| self.names.is_open(*code))
            .filter_map(|code| Some((self.branch(code), self.names.categories.row(code)?)))
            .filter(|(films, _)| *films > 0)
            .collect();
        categories.sort_by_key(|(films, category)| (Reverse(*films), category.id));
        categories.into_iter().take(CATEGORIES).map(|(_, category)| category.clone()).collect()
    }

    fn visible(&self, films: &[u32]) -> usize {
        films.iter().filter(|doc| self.live.has(**doc)).count()
    }

    /// How many visible films a category has with all below it.
    fn branch(&self, code: u32) -> usize {
        self.categories.any(&self.names.below(code)).and_len(&self.live)
    }

    pub(super) fn shelved(&self, slug: &str) -> Option<Shelved> {
        let code = self.names.categories.code_of_slug(slug)?;
        let category = self.names.categories.row(code)?.clone();
        let mut above = self.category_path(category.id)?;
        above.pop();
        Some(Shelved { above, below: self.categories_under(Some(code)), category })
    }

    pub(super) fn category_path(&self, id: u64) -> Option<Vec<Category>> {
        let code = self.names.categories.code(id).filter(|code| self.names.is_open(*code))?;
        let path = self.names.path(code);
        Some(path.into_iter().filter_map(|at| self.names.categories.row(at).cloned()).collect())
    }

    pub(super) fn categories_under(&self, parent: Option<u32>) -> Vec<(Category, usize)> {
        self.names
            .children(parent)
            .into_iter()
            .filter_map(|code| Some((self.names.categories.row(code)?.clone(), self.branch(code))))
            .collect()
    }

    pub(super) fn genre(&self, slug: &str) -> Option<Genre> {
        let code = self.names.genres.code_of_slug(slug)?;
        self.names.genres.row(code).cloned()
    }

    pub(super) fn studio(&self, slug: &str) -> Option<Studio> {
        let code = self.names.studios.code_of_slug(slug)?;
        self.names.studios.row(code).cloned()
    }

    pub(super) fn person(&self, slug: &str) -> Option<Person> {
        let code = self.names.people.code_of_slug(slug)?;
        if self.visible(self.people.films(code)) == 0 {
            return None;
        }
        self.names.people.row(code).cloned()
    }

    pub(super) fn search(&self, search: Search<'_>, filters: &Filters, sort: Sort, page: Page) -> Found {
        let mode = if search.is_literal || search.first.is_some() { Mode::Literal } else { Mode::Whole };
        let mut found = self.searcher().find(&parse(search.words), mode);
        if let Some(doc) = search.first.and_then(|film| self.doc(film)).filter(|doc| self.live.has(*doc)) {
            for tier in &mut found.tiers {
                tier.unset(doc);
            }
            found.tiers.insert(0, Bits::from_docs(self.columns.len(), &[doc]));
        }
        let listing = self.list_tiers(&found.tiers, filters, sort, page);
        Found { listing, has_ratings: self.has_ratings(), corrected: found.corrected, keys: found.keys }
    }

    pub(super) fn credits(&self, film: u64) -> Vec<Credit> {
        let Some(doc) = self.doc(film) else { return Vec::new() };
        let directors = self.directors.of(doc);
        let people = self.people.of(doc).iter().filter_map(|code| {
            let kind = if directors.contains(code) { CreditKind::Director } else { CreditKind::Cast };
            Some(Credit { kind, name: self.names.people.row(*code)?.name.to_string() })
        });
        let studios = self.studios.of(doc).iter().filter_map(|code| {
            let name = self.names.studios.row(*code)?.name.to_string();
            Some(Credit { kind: CreditKind::Studio, name })
        });
        people.chain(studios).collect()
    }
}
