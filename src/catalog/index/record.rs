//! What the index is told about the catalogue: plain records, however they were read.

use super::digest::digest;
use crate::platform::i18n::{Lang, Localized, localized};

/// One film with all that lists, facets and search need of it. Times are microseconds since 1970.
#[derive(Clone, Debug, Default)]
pub struct Film {
    pub id: u64,
    pub active: bool,
    pub publish_at: Option<i64>,
    pub unpublish_at: Option<i64>,
    /// When it came to the shop, for the order by newest.
    pub arrived_at: i64,
    /// When anything that its page shows last changed.
    pub changed_at: i64,
    pub featured: bool,
    pub on_sale: bool,
    pub year: Option<u16>,
    pub runtime: Option<u16>,
    pub age: Option<Box<str>>,
    /// The lowest price, which is the one a card shows.
    pub price: Option<i64>,
    /// The mean of the reviews in hundredths; none without a review.
    pub rating: Option<u16>,
    pub sold: u64,
    pub title_sort: Box<str>,
    pub search_title: Box<str>,
    pub search_text: Box<str>,
    /// Bits in the order of [`Format::ALL`](crate::catalog::Format::ALL): what there is, and what of it can be bought.
    pub formats: u8,
    pub formats_in_stock: u8,
    pub studio: Option<u64>,
    pub genres: Vec<u64>,
    pub categories: Vec<u64>,
    pub people: Vec<(u64, Role)>,
    pub audio: Vec<Box<str>>,
    pub subtitles: Vec<Box<str>>,
}

impl Film {
    /// A digest of all that lists and counts show of it. How often it was sold is left out: the order of bestsellers may
    /// be some minutes old, while each sale would change it.
    pub fn listed(&self) -> u64 {
        digest(&(
            (self.active, self.publish_at, self.unpublish_at, self.arrived_at, self.featured, self.on_sale),
            (self.year, self.runtime, &self.age, self.price, self.rating),
            (&self.title_sort, &self.search_title, &self.search_text, self.formats, self.formats_in_stock),
            (self.studio, &self.genres, &self.categories, &self.people, &self.audio, &self.subtitles),
        ))
    }

    /// Shown to customers at `now`.
    pub fn is_visible(&self, now: i64) -> bool {
        self.active && self.publish_at.is_none_or(|at| at <= now) && self.unpublish_at.is_none_or(|at| now < at)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Director,
    Other,
}

/// A title in each language of the shop; one that is missing is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    pub uz: Box<str>,
    pub ru: Box<str>,
    pub en: Box<str>,
}

impl Title {
    /// A name that is the same in every language.
    pub fn of_name(name: &str) -> Self {
        Self { uz: name.into(), ru: name.into(), en: name.into() }
    }

    /// The title in a language, or in another one where it has none in that.
    pub fn localized(&self, lang: Lang) -> Localized {
        localized(lang, Some(&self.en), Some(&self.ru), Some(&self.uz))
            .unwrap_or_else(|| Localized { text: String::new(), lang })
    }
}

#[derive(Clone, Debug)]
pub struct Genre {
    pub id: u64,
    pub slug: Box<str>,
    pub title: Title,
}

#[derive(Clone, Debug)]
pub struct Studio {
    pub id: u64,
    pub slug: Box<str>,
    pub name: Box<str>,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: u64,
    pub slug: Box<str>,
    pub name: Box<str>,
    /// The name as [`super::fold::search_name`] folds it.
    pub search_name: Box<str>,
}

#[derive(Clone, Debug)]
pub struct Category {
    pub id: u64,
    pub parent: Option<u64>,
    pub slug: Box<str>,
    pub title: Title,
    pub position: i32,
    pub active: bool,
}
