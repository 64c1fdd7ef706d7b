//! The one in-process index behind lists, facets, search and suggestions.
//!
//! It knows films as numbers in bitsets, answers with ids whose rows the caller reads by primary key,
//! and is never the authority on a price or on stock. [`Index`] is shared by the whole process:
//! readers take a short read lock, a patch a short write lock, and a rebuilt state is swapped in.

mod bits;
mod columns;
mod counts;
mod digest;
mod docs;
mod facets;
pub mod fold;
mod follow;
mod listing;
mod load;
mod names;
mod order;
mod postings;
mod record;
mod rows;
mod search;
mod sitemap;
mod standing;
mod state;
mod suggest;
mod tail;
mod words;

#[cfg(test)]
mod tests;

pub use counts::{Choice, Counted, Counts, Label};
pub use follow::Follower;
pub use listing::{Base, Filters, Listing, Page, Shelf};
pub use order::Sort;
pub use record::{Category, Film, Genre, Person, Role, Studio, Title};
pub use search::Correction;
pub use sitemap::Place;
pub use standing::{Named, Standing, Unknown};
pub use state::{Builder, Change};
pub use suggest::Suggestions;

use state::State;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
};

/// The index as a handler gets it: one that holds the catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue(pub Arc<Index>);

impl std::ops::Deref for Catalogue {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.0
    }
}

/// What is searched for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// As it was typed.
    pub words: &'a str,
    /// Mend no typos.
    pub is_literal: bool,
    /// A film that stands before all others, as one whose code was typed.
    pub first: Option<u64>,
}

/// A page of a search, and what was taken for words that nobody knows.
#[derive(Debug)]
pub struct Found {
    pub listing: Listing,
    /// Whether an order by rating means something.
    pub has_ratings: bool,
    pub corrected: Vec<Correction>,
    /// The keys that stood for each word.
    pub keys: Vec<Vec<String>>,
}

/// A name by which a film is found besides its titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    pub kind: CreditKind,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditKind {
    Director,
    Cast,
    Studio,
}

/// A category with what a page about it shows.
#[derive(Debug)]
pub struct Shelved {
    pub category: Category,
    /// From the root down to the parent.
    pub above: Vec<Category>,
    /// The open categories right below, each with the number of visible films in its branch.
    pub below: Vec<(Category, usize)>,
}

/// Empty and not ready until the first state is swapped in.
#[derive(Debug, Default)]
pub struct Index {
    state: RwLock<State>,
    is_ready: AtomicBool,
}

impl Index {
    /// Whether it holds the catalogue yet. Before that an answer would be an empty one, which nobody should see.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::Acquire)
    }

    /// One that nobody reads yet.
    fn of(state: State) -> Self {
        Self { state: RwLock::new(state), is_ready: AtomicBool::new(true) }
    }

    fn into_state(self) -> State {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a rebuilt state in place of the present one, which comes back: no reader should wait for its end.
    pub fn swap(&self, state: State) -> State {
        let old = std::mem::replace(&mut *self.state.write().unwrap_or_else(PoisonError::into_inner), state);
        self.is_ready.store(true, Ordering::Release);
        old
    }

    /// Brings changed rows in and lets publish and unpublish times that have passed take effect. True if a list may
    /// differ now in more than the order of bestsellers.
    pub fn apply(&self, changes: Vec<Change>, now: i64) -> bool {
        self.state.write().unwrap_or_else(PoisonError::into_inner).apply(changes, now)
    }

    /// Whether a visibility time has passed that [`Index::apply`] has not seen yet.
    pub fn is_due(&self, now: i64) -> bool {
        self.read().is_due(now)
    }

    /// Whether so many words changed that a rebuild is better than further patches.
    pub fn is_worn(&self) -> bool {
        self.read().is_worn()
    }

    pub fn list(&self, filters: &Filters, sort: Sort, page: Page) -> Listing {
        self.read().list(filters, sort, page)
    }

    /// A page of a list, and how many films each further choice would leave.
    pub fn browse(&self, filters: &Filters, sort: Sort, page: Page) -> (Listing, Arc<Counted>) {
        self.read().browse(filters, sort, page)
    }

    pub fn search(&self, search: Search<'_>, filters: &Filters, sort: Sort, page: Page) -> Found {
        self.read().search(search, filters, sort, page)
    }

    pub fn suggest(&self, typed: &str) -> Suggestions {
        self.read().suggest(typed)
    }

    /// The first films of a shelf of the home page, those that can be bought first.
    pub fn shelf(&self, shelf: Shelf, count: usize) -> Vec<u64> {
        self.read().shelf(shelf, count)
    }

    /// The best-selling films of a genre, those that can be bought first.
    pub fn bestsellers_of(&self, genre: &str, count: usize) -> Vec<u64> {
        self.read().bestsellers_of(genre, count)
    }

    /// Leaves out of the filters every value that is not in the catalogue.
    pub fn keep_known(&self, filters: &mut Filters) {
        self.read().keep_known(filters);
    }

    /// The category of a slug, if it and everything above it is active.
    pub fn category(&self, slug: &str) -> Option<Shelved> {
        self.read().shelved(slug)
    }

    /// The path from the root to a category, if all of it is active.
    pub fn category_path(&self, id: u64) -> Option<Vec<Category>> {
        self.read().category_path(id)
    }

    /// The open top categories, each with the number of visible films in its branch.
    pub fn top_categories(&self) -> Vec<(Category, usize)> {
        self.read().categories_under(None)
    }

    pub fn genre(&self, slug: &str) -> Option<Genre> {
        self.read().genre(slug)
    }

    pub fn studio(&self, slug: &str) -> Option<Studio> {
        self.read().studio(slug)
    }

    /// The person of a slug, if a visible film has them.
    pub fn person(&self, slug: &str) -> Option<Person> {
        self.read().person(slug)
    }

    /// The stretches of `size` ids with visible films, by number from 0, each with the second of the last change.
    pub fn film_stretches(&self, size: u64) -> BTreeMap<u64, u32> {
        self.read().film_stretches(size)
    }

    /// The lists of a kind that hold a visible film, by slug, each with the second of the last change.
    pub fn places(&self, kind: Place) -> Vec<(String, u32)> {
        self.read().places(kind)
    }

    /// How each of these films stands; none of one that is not shown.
    pub fn standings(&self, films: impl IntoIterator<Item = u64>) -> Vec<Option<Standing>> {
        let state = self.read();
        films.into_iter().map(|film| state.standing(film)).collect()
    }

    /// What these films point to and the index does not know yet.
    pub fn unknown_to(&self, films: &[Film]) -> Unknown {
        self.read().unknown_to(films)
    }

    /// The name of something by its id.
    pub fn name(&self, of: Named, id: u64) -> Option<Title> {
        self.read().name(of, id)
    }

    pub fn credits(&self, film: u64) -> Vec<Credit> {
        self.read().credits(film)
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}
