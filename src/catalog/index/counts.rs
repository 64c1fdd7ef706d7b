//! What each further choice would leave of a list.

use super::bits::Bits;
use super::facets::{Large, Small};
use super::listing::{Facet, Filters, Narrowed, codes_of_formats};
use super::names::{Codes, Row, Table};
use super::record::Title;
use super::state::{FIRST_DECADE, RATINGS, RUNTIMES, State};
use crate::{
    catalog::Format,
    platform::i18n::{Lang, Localized},
};
use moka::sync::Cache;
use std::{
    cmp::Reverse,
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// How many films each choice would leave, its own facet released. A value that no visible film
/// has is absent, one that none of these films has is there with 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub formats: Vec<Choice>,
    pub genres: Vec<Choice>,
    pub decades: Vec<Choice>,
    pub studios: Vec<Choice>,
    pub directors: Vec<Choice>,
    pub audio: Vec<Choice>,
    pub subtitles: Vec<Choice>,
    pub ages: Vec<Choice>,
    pub ratings: Vec<Choice>,
    pub runtimes: Vec<Choice>,
    pub in_stock: usize,
    pub on_sale: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As in the URL; a decade by its first year.
    pub value: Box<str>,
    pub label: Label,
    pub films: usize,
    pub chosen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The value speaks for itself, or the catalogue of messages has a word for it.
    Value,
    Name(Box<str>),
    Title(Title),
}

impl Choice {
    /// What stands beside the box. Values that speak for themselves are worded by the page.
    pub fn label(&self, lang: Lang) -> Localized {
        match &self.label {
            Label::Value => Localized { text: self.value.to_string(), lang },
            Label::Name(name) => Localized { text: name.to_string(), lang },
            Label::Title(title) => title.localized(lang),
        }
    }
}

/// Counts with what a page has drawn of them, once for each language.
#[derive(Debug, Default)]
pub struct Counted {
    counts: Counts,
    drawn: [OnceLock<Arc<str>>; 3],
}

impl Counted {
    /// The drawing in this language, made by `draw` when there is none yet.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn drawn<E>(&self, lang: Lang, draw: impl FnOnce() -> Result<String, E>) -> Result<Arc<str>, E> {
        let place = &self.drawn[lang as usize];
        match place.get() {
            Some(drawn) => Ok(Arc::clone(drawn)),
            None => Ok(Arc::clone(place.get_or_init({
                let drawn = draw()?.into();
                move || drawn
            }))),
        }
    }
}

impl Deref for Counted {
    type Target = Counts;

    fn deref(&self) -> &Counts {
        &self.counts
    }
}

/// Lists whose counts are remembered until something that is counted changes.
const REMEMBERED: u64 = 256;

/// The counts of the lists that were asked for lately: all pages of a list, in whatever order, show the same ones.
pub struct CountedLists(Cache<Filters, Arc<Counted>>);

impl Default for CountedLists {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl fmt::Debug for CountedLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CountedLists").field(&self.0.entry_count()).finish()
    }
}

impl CountedLists {
    pub(super) fn get(&self, filters: &Filters, count: impl FnOnce() -> Counts) -> Arc<Counted> {
        self.0.get(filters).unwrap_or_else(|| {
            let counted = Arc::new(Counted { counts: count(), ..Counted::default() });
            self.0.insert(filters.clone(), Arc::clone(&counted));
            counted
        })
    }

    pub(super) fn forget(&self) {
        self.0.invalidate_all();
    }
}

impl State {
    /// Whether a visible film was rated.
    pub(super) fn has_ratings(&self) -> bool {
        self.small.values(Small::Rating).iter().any(|films| films.meets(&self.live))
    }

    pub(super) fn counts(&self, filters: &Filters, narrowed: &Narrowed) -> Counts {
        let count = |facet, values| self.small_counts(&narrowed.released(facet), values);
        let stocked = if filters.in_stock { Small::Stocked } else { Small::Format };
        let genres = self.genres(filters);
        Counts {
            formats: format_choices(count(Facet::Format, stocked), &filters.formats),
            genres: self.genre_choices(count(Facet::Genre, Small::Genre), &genres),
            decades: decade_choices(count(Facet::Year, Small::Decade), filters),
            studios: self.studio_choices(filters, narrowed),
            directors: self.director_choices(filters, narrowed),
            audio: coded(count(Facet::Audio, Small::Audio), &self.names.languages, &filters.audio),
            subtitles: coded(count(Facet::Subtitles, Small::Subtitles), &self.names.languages, &filters.subtitles),
            ages: coded(count(Facet::Age, Small::Age), &self.names.ages, &filters.ages),
            ratings: steps(count(Facet::Rating, Small::Rating), RATINGS, filters.rating_min),
            runtimes: steps(count(Facet::Runtime, Small::Runtime), RUNTIMES, filters.runtime_max),
            in_stock: self.in_stock_count(filters, narrowed),
            on_sale: narrowed.all.and_len(&self.small.all_values(Small::OnSale)),
        }
    }

    /// Of each value, how many films of a set have it; none where no visible film has it.
    fn small_counts(&self, set: &Bits, facet: Small) -> Vec<Option<usize>> {
        let exists = match facet {
            Small::Stocked => self.small.values(Small::Format),
            _ => self.small.values(facet),
        };
        let values = self.small.values(facet);
        exists
            .iter()
            .enumerate()
            .map(|(at, films)| films.meets(&self.live).then(|| values.get(at).map_or(0, |films| films.and_len(set))))
            .collect()
    }

    /// With formats chosen, the films that have one of those very formats in stock.
    fn in_stock_count(&self, filters: &Filters, narrowed: &Narrowed) -> usize {
        let formats = codes_of_formats(&filters.formats);
        if formats.is_empty() {
            narrowed.all.and_len(&self.small.all_values(Small::Stocked))
        } else {
            narrowed.all.and_len(&self.small.any(Small::Stocked, &formats))
        }
    }

    fn genre_choices(&self, counts: Vec<Option<usize>>, chosen: &[usize]) -> Vec<Choice> {
        let mut choices: Vec<(u64, Choice)> = counts
            .into_iter()
            .zip(self.names.genres.rows())
            .enumerate()
            .filter_map(|(at, (count, genre))| {
                let chosen = chosen.contains(&at);
                let films = count.or(chosen.then_some(0))?;
                let label = Label::Title(genre.title.clone());
                Some((genre.id, Choice { value: genre.slug.clone(), label, films, chosen }))
            })
            .collect();
        choices.sort_by_key(|(id, choice)| (Reverse(choice.films), *id));
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    fn studio_choices(&self, filters: &Filters, narrowed: &Narrowed) -> Vec<Choice> {
        let table = &self.names.studios;
        named(table, &self.studios, &filters.studios, &narrowed.released(Facet::Studio), |studio| &studio.name)
    }

    /// People who direct, with the films they have in any role, as that is what choosing one lists.
    fn director_choices(&self, filters: &Filters, narrowed: &Narrowed) -> Vec<Choice> {
        let table = &self.names.people;
        named(table, &self.people, &filters.people, &narrowed.released(Facet::Person), |person| &person.name)
    }
}

/// A choice that exists, or was chosen all the same.
fn choice(value: &str, count: Option<usize>, chosen: bool) -> Option<Choice> {
    let films = count.or(chosen.then_some(0))?;
    Some(Choice { value: value.into(), label: Label::Value, films, chosen })
}

fn format_choices(counts: Vec<Option<usize>>, chosen: &[Format]) -> Vec<Choice> {
    let counts = counts.into_iter().chain(std::iter::repeat(None));
    let formats = Format::ALL.iter().zip(counts);
    formats.filter_map(|(format, count)| choice(format.word(), count, chosen.contains(format))).collect()
}

fn named<T: Row>(
    table: &Table<T>,
    facet: &Large,
    chosen: &[String],
    set: &Bits,
    name: impl Fn(&T) -> &str,
) -> Vec<Choice> {
    let chosen = table.codes_of_slugs(chosen);
    let counts = facet.counts(set, set.len(), &chosen, |code| table.row(code).map_or(0, Row::id));
    let choice = |(code, films)| {
        let row = table.row(code)?;
        let label = Label::Name(name(row).into());
        Some(Choice { value: row.slug().into(), label, films, chosen: chosen.contains(&code) })
    };
    counts.into_iter().filter_map(choice).collect()
}

/// Choices with the fullest first.
fn coded(counts: Vec<Option<usize>>, codes: &Codes, chosen: &[String]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = counts
        .into_iter()
        .enumerate()
        .filter_map(|(at, count)| {
            let value = codes.get(at);
            choice(value, count, chosen.iter().any(|word| word == value))
        })
        .collect();
    choices.sort_by(|a, b| b.films.cmp(&a.films).then_with(|| a.value.cmp(&b.value)));
    choices
}

fn steps<const N: usize>(counts: Vec<Option<usize>>, steps: [u16; N], chosen: Option<u16>) -> Vec<Choice> {
    let counts = counts.into_iter().chain(std::iter::repeat(None));
    let steps = steps.into_iter().zip(counts);
    steps.filter_map(|(step, count)| choice(&step.to_string(), count, chosen == Some(step))).collect()
}

/// The latest decade first. One is chosen when the years chosen are exactly its own.
fn decade_choices(counts: Vec<Option<usize>>, filters: &Filters) -> Vec<Choice> {
    let decades = (FIRST_DECADE..).step_by(10).zip(counts);
    let mut choices: Vec<Choice> = decades
        .filter_map(|(year, count)| {
            let chosen = filters.year_min == Some(year) && filters.year_max == Some(year + 9);
            choice(&year.to_string(), count, chosen)
        })
        .collect();
    choices.reverse();
    choices
}
