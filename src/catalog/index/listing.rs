//! A list of films: what narrows it and how it is paged.

use super::bits::Bits;
use super::columns::{Fact, Facts};
use super::counts::Counted;
use super::facets::Small;
use super::order::{Slice, Sort};
use super::state::State;
use crate::catalog::Format;
use std::{ops::RangeInclusive, sync::Arc};

/// Which films a list is of before any filter, by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Base {
    #[default]
    All,
    /// With all categories below it.
    Category(u64),
    Studio(u64),
    /// In any role; by relevance the films they directed come first.
    Person(u64),
}

/// What a visitor has chosen: any of the values of one facet, all of the facets. Names are those of
/// URLs; an unknown one narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    pub base: Base,
    pub formats: Vec<Format>,
    pub genres: Vec<String>,
    pub year_min: Option<u16>,
    pub year_max: Option<u16>,
    pub studios: Vec<String>,
    pub people: Vec<String>,
    pub audio: Vec<String>,
    pub subtitles: Vec<String>,
    /// Whole stars.
    pub rating_min: Option<u16>,
    pub ages: Vec<String>,
    pub runtime_max: Option<u16>,
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    pub in_stock: bool,
    pub on_sale: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: usize,
    pub size: usize,
}

impl Page {
    /// How many films stand on the pages before.
    pub const fn skip(self) -> usize {
        self.number.saturating_sub(1).saturating_mul(self.size)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The films of the page in order; none past the last page.
    pub films: Vec<u64>,
    pub total: usize,
    /// How many films each tier has, where the list goes tier by tier: a person's by role, a search's by match.
    pub tiers: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    New,
    Bestsellers,
    Featured,
    OnSale,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Format,
    Genre,
    Year,
    Studio,
    Person,
    Audio,
    Subtitles,
    Rating,
    Age,
    Runtime,
    Price,
    InStock,
    OnSale,
}

/// The films of each facet that narrows a list, and the films they narrow.
pub(super) struct Narrowed {
    base: Bits,
    facets: Vec<(Facet, Bits)>,
    pub(super) all: Bits,
}

impl Narrowed {
    fn new(base: Bits, facets: Vec<(Facet, Bits)>) -> Self {
        let mut narrowed = Self { all: Bits::default(), base, facets };
        narrowed.all = narrowed.without(None);
        narrowed
    }

    fn without(&self, released: Option<Facet>) -> Bits {
        let mut films = self.base.clone();
        for (_, facet) in self.facets.iter().filter(|(facet, _)| Some(*facet) != released) {
            films.and(facet);
        }
        films
    }

    /// The films left with one facet released.
    pub(super) fn released(&self, facet: Facet) -> Bits {
        if self.facets.iter().any(|(chosen, _)| *chosen == facet) {
            self.without(Some(facet))
        } else {
            self.all.clone()
        }
    }
}

impl State {
    pub(super) fn list(&self, filters: &Filters, sort: Sort, page: Page) -> Listing {
        self.slice(self.tiers(filters.base).as_deref(), &self.narrowed(filters), sort, page)
    }

    /// A page of a list, and what each further choice would leave of it.
    pub(super) fn browse(&self, filters: &Filters, sort: Sort, page: Page) -> (Listing, Arc<Counted>) {
        let narrowed = self.narrowed(filters);
        let counts = self.counted.get(filters, || self.counts(filters, &narrowed));
        (self.slice(self.tiers(filters.base).as_deref(), &narrowed, sort, page), counts)
    }

    fn narrowed(&self, filters: &Filters) -> Narrowed {
        Narrowed::new(self.base(filters.base), self.facets(filters))
    }

    fn tiers(&self, base: Base) -> Option<Vec<Bits>> {
        match base {
            Base::Person(id) => self.names.people.code(id).map(|person| self.by_role(person)),
            _ => None,
        }
    }

    /// A list of the films in `tiers`, which by relevance come tier by tier.
    pub(super) fn list_tiers(&self, tiers: &[Bits], filters: &Filters, sort: Sort, page: Page) -> Listing {
        let mut matched = Bits::default();
        for tier in tiers {
            matched.or(tier);
        }
        matched.and(&self.base(filters.base));
        self.slice(Some(tiers), &Narrowed::new(matched, self.facets(filters)), sort, page)
    }

    fn slice(&self, tiers: Option<&[Bits]>, narrowed: &Narrowed, sort: Sort, page: Page) -> Listing {
        let total = narrowed.all.len();
        let slice = Slice { skip: page.skip(), take: page.size };
        let tiers = tiers.filter(|_| sort == Sort::Relevance).map(|tiers| within_each(tiers, &narrowed.all));
        let docs = match &tiers {
            Some(tiers) => self.tiered(tiers, slice),
            None => self.orders.page(&self.columns, sort, &narrowed.all, total, slice),
        };
        let tiers = tiers.unwrap_or_default().iter().map(Bits::len).collect();
        Listing { films: self.ids(&docs), total, tiers }
    }

    /// The first films of the tiers without what a page shows around them.
    pub(super) fn first_of(&self, tiers: &[Bits], count: usize) -> Vec<u64> {
        self.ids(&self.tiered(&within_each(tiers, &self.live), Slice { skip: 0, take: count }))
    }

    /// The films somebody directed, then the others they are in.
    fn by_role(&self, person: u32) -> Vec<Bits> {
        let directed = self.directors.any(&[person]);
        let mut others = self.people.any(&[person]);
        others.and_not(&directed);
        vec![directed, others]
    }

    fn tiered(&self, tiers: &[Bits], slice: Slice) -> Vec<u32> {
        let Slice { mut skip, take } = slice;
        let mut docs = Vec::new();
        for tier in tiers {
            let total = tier.len();
            let slice = Slice { skip, take: take - docs.len() };
            docs.extend(self.orders.page(&self.columns, Sort::Bestselling, tier, total, slice));
            skip = skip.saturating_sub(total);
        }
        docs
    }

    pub(super) fn ids(&self, docs: &[u32]) -> Vec<u64> {
        docs.iter().map(|doc| self.columns.id[*doc as usize]).collect()
    }

    /// The visible films of a base; those of an unknown one are none.
    fn base(&self, base: Base) -> Bits {
        let mut films = match base {
            Base::All => return self.live.clone(),
            Base::Category(id) => {
                self.names.categories.code(id).map(|code| self.categories.any(&self.names.below(code)))
            }
            Base::Studio(id) => self.names.studios.code(id).map(|code| self.studios.any(&[code])),
            Base::Person(id) => self.names.people.code(id).map(|code| self.people.any(&[code])),
        }
        .unwrap_or_default();
        films.and(&self.live);
        films
    }

    fn facets(&self, filters: &Filters) -> Vec<(Facet, Bits)> {
        let mut facets = Vec::new();
        let formats = codes_of_formats(&filters.formats);
        let stocked = if filters.in_stock { Small::Stocked } else { Small::Format };
        let small = [
            (Facet::Format, stocked, formats),
            (Facet::Genre, Small::Genre, self.genres(filters)),
            (Facet::Audio, Small::Audio, self.names.languages.find_all(&filters.audio)),
            (Facet::Subtitles, Small::Subtitles, self.names.languages.find_all(&filters.subtitles)),
            (Facet::Age, Small::Age, self.names.ages.find_all(&filters.ages)),
        ];
        for (facet, values, chosen) in small.into_iter().filter(|(_, _, chosen)| !chosen.is_empty()) {
            facets.push((facet, self.small.any(values, &chosen)));
        }
        let studios = self.names.studios.codes_of_slugs(&filters.studios);
        let people = self.names.people.codes_of_slugs(&filters.people);
        if !studios.is_empty() {
            facets.push((Facet::Studio, self.studios.any(&studios)));
        }
        if !people.is_empty() {
            facets.push((Facet::Person, self.people.any(&people)));
        }
        if filters.in_stock {
            facets.push((Facet::InStock, self.small.all_values(Small::Stocked)));
        }
        if filters.on_sale {
            facets.push((Facet::OnSale, self.small.all_values(Small::OnSale)));
        }
        facets.extend(self.ranges(filters));
        facets
    }

    pub(super) fn genres(&self, filters: &Filters) -> Vec<usize> {
        let codes = self.names.genres.codes_of_slugs(&filters.genres);
        codes.into_iter().map(|code| code as usize).collect()
    }

    fn ranges(&self, filters: &Filters) -> impl Iterator<Item = (Facet, Bits)> {
        let columns = &self.columns;
        let year = range(filters.year_min, filters.year_max, u16::MIN, u16::MAX);
        let price = range(filters.price_min, filters.price_max, i64::MIN, i64::MAX);
        let runtime = range(None, filters.runtime_max, u16::MIN, u16::MAX);
        let rating = filters.rating_min.map(|stars| stars.saturating_mul(100)..=u16::MAX);
        [
            year.map(|range| (Facet::Year, within(&columns.year, &range))),
            price.map(|range| (Facet::Price, within(&columns.price, &range))),
            runtime.map(|range| (Facet::Runtime, within(&columns.runtime, &range))),
            rating.map(|range| (Facet::Rating, within(&columns.rating, &range))),
        ]
        .into_iter()
        .flatten()
    }

    pub(super) fn shelf(&self, shelf: Shelf, count: usize) -> Vec<u64> {
        let (sort, only) = match shelf {
            Shelf::New => (Sort::Newest, None),
            Shelf::Bestsellers => (Sort::Bestselling, None),
            Shelf::Featured => (Sort::Relevance, Some(Small::Featured)),
            Shelf::OnSale => (Sort::Bestselling, Some(Small::OnSale)),
        };
        let mut films = self.live.clone();
        if let Some(only) = only {
            films.and(&self.small.all_values(only));
        }
        self.stocked_first(films, sort, count)
    }

    /// The best-selling films of a genre, those that can be bought first.
    pub(super) fn bestsellers_of(&self, genre: &str, count: usize) -> Vec<u64> {
        let Some(code) = self.names.genres.code_of_slug(genre) else { return Vec::new() };
        let mut films = self.small.any(Small::Genre, &[code as usize]);
        films.and(&self.live);
        self.stocked_first(films, Sort::Bestselling, count)
    }

    fn stocked_first(&self, mut films: Bits, sort: Sort, count: usize) -> Vec<u64> {
        let stocked = self.small.all_values(Small::Stocked);
        let mut sold_out = films.clone();
        sold_out.and_not(&stocked);
        films.and(&stocked);
        let mut docs = Vec::new();
        for set in [films, sold_out] {
            let slice = Slice { skip: 0, take: count - docs.len() };
            docs.extend(self.orders.page(&self.columns, sort, &set, set.len(), slice));
        }
        self.ids(&docs)
    }

    pub(super) fn keep_known(&self, filters: &mut Filters) {
        let names = &self.names;
        filters.genres.retain(|slug| names.genres.code_of_slug(slug).is_some());
        filters.studios.retain(|slug| names.studios.code_of_slug(slug).is_some());
        filters.people.retain(|slug| names.people.code_of_slug(slug).is_some());
        filters.audio.retain(|code| names.languages.find(code).is_some());
        filters.subtitles.retain(|code| names.languages.find(code).is_some());
        filters.ages.retain(|code| names.ages.find(code).is_some());
    }
}

/// What each tier has of these films.
fn within_each(tiers: &[Bits], films: &Bits) -> Vec<Bits> {
    let mut tiers = tiers.to_vec();
    for tier in &mut tiers {
        tier.and(films);
    }
    tiers
}

pub(super) fn codes_of_formats(formats: &[Format]) -> Vec<usize> {
    formats.iter().map(|format| *format as usize).collect()
}

fn range<T: Copy + Ord>(min: Option<T>, max: Option<T>, least: T, most: T) -> Option<RangeInclusive<T>> {
    (min.is_some() || max.is_some()).then(|| min.unwrap_or(least)..=max.unwrap_or(most))
}

fn within<T: Fact>(column: &Facts<T>, range: &RangeInclusive<T>) -> Bits {
    let mut films = Bits::with_room(column.len());
    for (doc, value) in (0u32..).zip(column.each()) {
        if value.is_some_and(|value| range.contains(&value)) {
            films.set(doc);
        }
    }
    films
}
