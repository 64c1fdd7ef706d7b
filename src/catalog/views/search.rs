//! The page of a search.

use askama::Template;

use super::{FilmCard, ListMessages, SearchMessages, Shelf, Sorting};
use crate::platform::http::{Link, Pagination, Shell, Step};

/// The page of a search, with or without words, with or without hits.
#[derive(Template)]
#[template(path = "catalog/search.html")]
pub struct SearchPage {
    pub shell: Shell,
    pub t: SearchMessages,
    pub list: ListMessages,
    /// What was asked, as it was typed.
    pub query: String,
    pub correction: Option<Correction>,
    pub total: i64,
    pub hits: Vec<SearchHit>,
    /// Where the sort form goes.
    pub action: String,
    pub sorting: Sorting,
    pub pages: Pagination,
    pub people: Vec<PersonPanel>,
    pub categories: Vec<Link>,
    /// What else there is when nothing was found.
    pub nearby: Option<Shelf>,
}

/// The search was mended: what was looked for, and the way to what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub used: String,
    pub literal_href: String,
}

/// A film that was found, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    pub film: FilmCard,
    /// Where the words stand when they do not stand in the title.
    pub reason: Option<HitReason>,
    /// Names of the formats that are on sale.
    pub formats: Vec<&'static str>,
}

/// A field of the film with the words that matched: `Directed by` and `Wong Kar Wai`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitReason {
    pub label: &'static str,
    pub matched: String,
}

/// A person beside the hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPanel {
    pub name: String,
    pub href: String,
    pub films: i64,
}
