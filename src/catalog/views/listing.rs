//! A list of films with its filters: all films, a category, a studio, a person.

use std::sync::Arc;

use askama::Template;

use super::{FilmCard, ListMessages, Shelf};
use crate::platform::{
    http::{Crumb, Pagination, Shell, Step},
    i18n::Localized,
};

/// The page of a list.
#[derive(Template)]
#[template(path = "catalog/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub t: ListMessages,
    pub crumbs: Vec<Crumb>,
    pub heading: Localized,
    /// One sentence under the heading; empty for none.
    pub intro: String,
    pub total: i64,
    /// A rendered [`FilterForm`].
    pub form: Arc<str>,
    pub chips: Vec<Chip>,
    /// The same list without filters.
    pub clear_href: String,
    pub sorting: Sorting,
    /// None where no film matches.
    pub groups: Vec<FilmGroup>,
    pub pages: Pagination,
    /// What else there is when no film matches.
    pub nearby: Option<Shelf>,
}

/// The filter form of a list: most of its page's text, and the same for every page and order of the list.
#[derive(Template)]
#[template(path = "catalog/filter_form.html")]
pub struct FilterForm<'a> {
    pub shell: &'a Shell,
    pub t: ListMessages,
    /// The list's own path.
    pub action: String,
    pub filters: Vec<FilterGroup>,
    /// Parameters that the form keeps though it shows no control for them.
    pub kept: Vec<(&'static str, String)>,
    /// The same list without filters.
    pub clear_href: String,
}

/// Films under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmGroup {
    pub heading: &'static str,
    /// Whether everybody sees the heading; otherwise it is for those who walk a page by its headings.
    pub is_shown: bool,
    pub films: Vec<FilmCard>,
}

/// One group of the filter form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterGroup {
    Facet(Facet),
    Range(RangeFacet),
}

/// Choices with the number of films behind each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    pub label: &'static str,
    pub kind: FacetKind,
    pub options: Vec<FacetOption>,
    pub is_open: bool,
}

/// Several choices or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetKind {
    Check,
    Radio,
}

impl FacetKind {
    /// The `type` of the inputs.
    pub const fn input(self) -> &'static str {
        match self {
            Self::Check => "checkbox",
            Self::Radio => "radio",
        }
    }
}

/// One choice; without films it is shown, but cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetOption {
    pub name: &'static str,
    pub value: String,
    pub label: Localized,
    /// Number of films; `None` where a number says nothing (as for "any").
    pub count: Option<i64>,
    pub is_chosen: bool,
    pub is_empty: bool,
}

/// A lowest and a highest value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeFacet {
    pub label: &'static str,
    pub from_name: &'static str,
    pub to_name: &'static str,
    pub from_label: String,
    pub to_label: String,
    pub from: String,
    pub to: String,
    pub is_open: bool,
}

/// An active filter; its link takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub label: Localized,
    pub href: String,
}

/// The orders that a list can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    pub options: Vec<Choice>,
}

/// One option of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
    pub is_chosen: bool,
}
