//! The index as it is at one moment: how records get in, change and leave.

use super::bits::Bits;
use super::columns::Columns;
use super::counts::CountedLists;
use super::docs::Docs;
use super::facets::{Large, Small, SmallFacets};
use super::names::Names;
use super::order::Orders;
use super::record::{Category, Film, Genre, Person, Role, Studio};
use super::search::Searcher;
use super::words::{Words, WordsBuilder};
use crate::catalog::Format;
use std::collections::{BTreeSet, HashMap};

/// Past this many films with changed words the dictionary is built anew.
const WORN: usize = 5_000;

/// The first decade that a film can be of, for numbering decades.
pub const FIRST_DECADE: u16 = 1880;
/// "This many stars and up".
pub const RATINGS: [u16; 3] = [4, 3, 2];
/// "At most this many minutes".
pub const RUNTIMES: [u16; 4] = [90, 120, 150, 180];

/// One changed row. Films come after the names that they point to.
#[derive(Clone, Debug)]
pub enum Change {
    Film(Box<Film>),
    Gone(u64),
    Genre(Genre),
    Studio(Studio),
    Person(Person),
    /// The whole tree.
    Categories(Vec<Category>),
}

#[derive(Debug, Default)]
pub struct State {
    pub(super) columns: Columns,
    pub(super) orders: Orders,
    pub(super) live: Bits,
    pub(super) small: SmallFacets,
    pub(super) studios: Large,
    pub(super) people: Large,
    pub(super) directors: Large,
    pub(super) categories: Large,
    pub(super) names: Names,
    pub(super) words: Words,
    docs: Docs,
    /// The windows that open or close some day. What the others do shows in `live`.
    windows: HashMap<u32, Window>,
    /// See [`Film::listed`].
    listed: Vec<u64>,
    /// Moments at which a film appears or disappears by itself.
    due: BTreeSet<(i64, u32)>,
    pub(super) counted: CountedLists,
}

/// When a film is shown.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    active: bool,
    from: Option<i64>,
    to: Option<i64>,
}

impl Window {
    fn is_open(self, now: i64) -> bool {
        self.active && self.from.is_none_or(|at| at <= now) && self.to.is_none_or(|at| now < at)
    }

    fn moments(self) -> impl Iterator<Item = i64> {
        self.from.into_iter().chain(self.to)
    }
}

impl State {
    pub(super) fn doc(&self, film: u64) -> Option<u32> {
        self.docs.find(&self.columns.id, film)
    }

    pub(super) fn searcher(&self) -> Searcher<'_> {
        Searcher { words: &self.words, live: &self.live, years: &self.columns.year }
    }

    pub(super) fn is_worn(&self) -> bool {
        self.words.changed() > WORN
    }

    pub(super) fn is_due(&self, now: i64) -> bool {
        self.due.first().is_some_and(|(at, _)| *at <= now)
    }

    /// True if a list may differ now in more than the order of bestsellers.
    pub(super) fn apply(&mut self, changes: Vec<Change>, now: i64) -> bool {
        let changed = !changes.is_empty();
        let (mut lists_differ, mut names_differ) = (false, false);
        for change in changes {
            names_differ |= !matches!(change, Change::Film(_) | Change::Gone(_));
            match change {
                Change::Film(film) => lists_differ |= self.upsert(&film, now),
                Change::Gone(id) => lists_differ |= self.remove(id),
                Change::Genre(genre) => self.names.genre(genre),
                Change::Studio(studio) => self.names.studio(studio),
                Change::Person(person) => self.names.person(person),
                Change::Categories(tree) => self.names.replace_categories(tree),
            }
        }
        if changed {
            self.settle();
        }
        while let Some((at, doc)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, doc));
            if let Some(window) = self.windows.get(&doc).copied() {
                self.open(doc, window, now);
            }
            lists_differ = true;
        }
        if lists_differ || names_differ {
            self.counted.forget();
        }
        lists_differ
    }

    fn upsert(&mut self, film: &Film, now: i64) -> bool {
        let known = self.doc(film.id);
        let places = known.map(|doc| self.orders.places(&self.columns, doc));
        let doc = known.unwrap_or_else(|| {
            let doc = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
            self.docs.add(film.id, doc);
            self.listed.push(0);
            doc
        });
        self.small.clear(doc);
        self.place(doc, film, now);
        let [studios, people, directors, categories] = self.large_values(film);
        self.studios.write(doc, studios);
        self.people.write(doc, people);
        self.directors.write(doc, directors);
        self.categories.write(doc, categories);
        match places {
            Some(places) => self.orders.shift(&self.columns, doc, places),
            None => self.orders.insert(&self.columns, doc),
        }
        if self.words.differ(doc, &film.search_title, &film.search_text) {
            self.words.write(doc, &film.search_title, &film.search_text);
        }
        let listed = film.listed();
        std::mem::replace(&mut self.listed[doc as usize], listed) != listed
    }

    fn remove(&mut self, id: u64) -> bool {
        let Some(doc) = self.doc(id) else { return false };
        self.docs.remove(id, doc);
        self.orders.remove(&self.columns, doc);
        self.small.clear(doc);
        for facet in [&mut self.studios, &mut self.people, &mut self.directors, &mut self.categories] {
            facet.write(doc, Vec::new());
        }
        self.words.remove(doc);
        self.open(doc, Window::default(), 0);
        true
    }

    /// Everything about a film but its large facets, its place in the orders and its words.
    fn place(&mut self, doc: u32, film: &Film, now: i64) {
        self.columns.write(doc, film);
        for (facet, value) in self.small_values(film) {
            self.small.set(facet, value, doc);
        }
        let window = Window { active: film.active, from: film.publish_at, to: film.unpublish_at };
        self.open(doc, window, now);
    }

    /// The studios, people, directors and categories of a film.
    fn large_values(&self, film: &Film) -> [Vec<u32>; 4] {
        let names = &self.names;
        let person = |id: &u64| names.people.code(*id);
        let directors = film.people.iter().filter(|(_, role)| *role == Role::Director);
        [
            film.studio.and_then(|id| names.studios.code(id)).into_iter().collect(),
            film.people.iter().filter_map(|(id, _)| person(id)).collect(),
            directors.filter_map(|(id, _)| person(id)).collect(),
            names.categories.codes(&film.categories),
        ]
    }

    fn small_values(&mut self, film: &Film) -> Vec<(Small, usize)> {
        let mut values = Vec::with_capacity(24);
        for format in 0..Format::ALL.len() {
            if film.formats >> format & 1 == 1 {
                values.push((Small::Format, format));
            }
            if film.formats_in_stock >> format & 1 == 1 {
                values.push((Small::Stocked, format));
            }
        }
        let genres = self.names.genres.codes(&film.genres);
        values.extend(genres.into_iter().map(|genre| (Small::Genre, genre as usize)));
        values.extend(film.audio.iter().map(|code| (Small::Audio, self.names.languages.intern(code))));
        values.extend(film.subtitles.iter().map(|code| (Small::Subtitles, self.names.languages.intern(code))));
        values.extend(film.age.iter().map(|code| (Small::Age, self.names.ages.intern(code))));
        let decade = film.year.and_then(|year| year.checked_sub(FIRST_DECADE));
        values.extend(decade.map(|years| (Small::Decade, usize::from(years / 10))));
        let rating = film.rating.unwrap_or(0);
        let least = RATINGS.iter().map(|stars| rating >= stars * 100);
        values.extend(which(least).map(|at| (Small::Rating, at)));
        let most = RUNTIMES.iter().map(|minutes| film.runtime.is_some_and(|runtime| runtime <= *minutes));
        values.extend(which(most).map(|at| (Small::Runtime, at)));
        values.extend(film.on_sale.then_some((Small::OnSale, 0)));
        values.extend(film.featured.then_some((Small::Featured, 0)));
        values
    }

    fn open(&mut self, doc: u32, window: Window, now: i64) {
        for moment in self.windows.remove(&doc).into_iter().flat_map(Window::moments) {
            self.due.remove(&(moment, doc));
        }
        for moment in window.moments().filter(|moment| *moment > now) {
            self.due.insert((moment, doc));
            self.windows.insert(doc, window);
        }
        self.live.put(doc, window.is_open(now));
    }

    /// Makes what is made of all films at once, when the last has been placed.
    fn finish(&mut self) {
        self.columns.shrink();
        self.small.shrink();
        self.listed.shrink_to_fit();
        self.docs = Docs::ascending(self.columns.len());
        for facet in [&mut self.studios, &mut self.people, &mut self.directors, &mut self.categories] {
            facet.gather();
        }
        self.orders = Orders::build(&self.columns);
        self.settle();
    }

    /// What is cheaper to put in order once than after each change.
    fn settle(&mut self) {
        self.names.settle();
        self.studios.settle(|_| true);
        // Somebody's first film as a director, or last, changes whether they are ranked.
        let directors = &mut self.directors;
        if directors.take_unsettled() {
            self.people.unsettle();
        }
        self.people.settle(|person| !directors.films(person).is_empty());
    }
}

fn which(flags: impl Iterator<Item = bool>) -> impl Iterator<Item = usize> {
    flags.enumerate().filter(|(_, flag)| *flag).map(|(at, _)| at)
}

/// Makes a [`State`] of all rows: first the names, then the films by ascending id.
#[derive(Debug)]
pub struct Builder {
    state: State,
    words: WordsBuilder,
    now: i64,
}

impl Builder {
    /// Films are visible or not as of `now`, in microseconds since 1970.
    pub fn new(now: i64) -> Self {
        Self { state: State::default(), words: WordsBuilder::default(), now }
    }

    pub fn genre(&mut self, genre: Genre) {
        self.state.names.genre(genre);
    }

    pub fn studio(&mut self, studio: Studio) {
        self.state.names.studio(studio);
    }

    pub fn person(&mut self, person: Person) {
        self.state.names.person(person);
    }

    pub fn category(&mut self, category: Category) {
        self.state.names.category(category);
    }

    pub fn film(&mut self, film: &Film) {
        let doc = u32::try_from(self.state.columns.len()).unwrap_or(u32::MAX);
        self.state.listed.push(film.listed());
        self.state.place(doc, film, self.now);
        let [studios, people, directors, categories] = self.state.large_values(film);
        self.state.studios.push(studios);
        self.state.people.push(people);
        self.state.directors.push(directors);
        self.state.categories.push(categories);
        self.words.add(doc, &film.search_title, &film.search_text);
    }

    /// # Errors
    /// When the dictionary cannot be written, which memory alone could cause.
    pub fn build(self) -> Result<State, fst::Error> {
        let Self { mut state, words, .. } = self;
        let words = std::thread::scope(|scope| {
            let words = scope.spawn(|| words.build());
            state.finish();
            words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        state.words = words?;
        Ok(state)
    }
}
