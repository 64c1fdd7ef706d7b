//! What the catalogue shows of a film, ready for the templates: texts are in the page's language, prices are written.

mod card;
mod facets;
mod hits;
mod listing;
mod related;
#[cfg(test)]
pub mod samples;
mod search;
#[cfg(test)]
mod tests;

pub use super::messages::{
    BrowseMessages, CardMessages, FacetMessages, FormatMessages, LanguageMessages, ListMessages, SearchMessages,
};
pub use card::byline;
pub use facets::{chips, groups, kept, sorting};
pub use hits::{correction, hits};
pub use listing::{
    Chip, Choice, Facet, FacetKind, FacetOption, FilmGroup, FilterForm, FilterGroup, ListPage, RangeFacet, Sorting,
};
pub use related::RelatedShelf;
pub use search::{Correction, HitReason, PersonPanel, SearchHit, SearchPage};

use super::{Availability, Offer, queries::FilmRow};
use crate::platform::{
    http::{Escaped, Link, Shell},
    i18n::{Lang, Localized},
};

/// A price as it is written; `was` stands beside it struck out while a sale is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceView {
    pub now: String,
    pub was: Option<String>,
}

impl PriceView {
    pub fn new(shell: &Shell, offer: &Offer) -> Self {
        Self { now: shell.money(offer.price_minor), was: offer.old_minor().map(|old| shell.money(old)) }
    }
}

/// The mean of a film's reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingView {
    /// Such as `4.7`.
    pub mean: String,
    /// Width of the filled stars, of 80.
    pub width: String,
    pub count: i64,
}

impl RatingView {
    /// The rating of a film as its row has it.
    pub fn of(shell: &Shell, film: &FilmRow) -> Option<Self> {
        let hundredths = film.rating_hundredths.and_then(|hundredths| u32::try_from(hundredths).ok())?;
        Self::new(hundredths, film.rating_count.into(), shell.lang)
    }

    /// From hundredths of a star; `None` while nobody has rated.
    pub fn new(hundredths: u32, count: i64, lang: Lang) -> Option<Self> {
        let decimal_point = if lang == Lang::En { '.' } else { ',' };
        let hundredths = hundredths.min(500);
        let tenths = (hundredths + 5) / 10;
        // 5 stars are 80 units wide, so one hundredth is 0.16.
        let width = hundredths * 16;
        (count > 0).then(|| Self {
            mean: format!("{}{decimal_point}{}", tenths / 10, tenths % 10),
            width: format!("{}.{}", width / 100, width % 100 / 10),
            count,
        })
    }
}

/// Whether an edition can be had, in words and with its dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockView {
    /// `stock--in`, `stock--low` or `stock--out`.
    pub class: &'static str,
    pub text: String,
}

impl StockView {
    pub fn new(t: FormatMessages, availability: Availability) -> Self {
        let (class, text) = match availability {
            Availability::InStock => ("stock--in", t.in_stock().to_owned()),
            Availability::Low(left) => ("stock--low", t.only_left(left.into())),
            Availability::Out => ("stock--out", t.out_of_stock().to_owned()),
            Availability::Digital => ("stock--in", t.always().to_owned()),
        };
        Self { class, text }
    }
}

/// A film on a shelf or in a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmCard {
    pub href: Escaped,
    pub title: Localized,
    /// Year and director.
    pub byline: String,
    /// Address of the poster.
    pub poster: Escaped,
    /// `None` when no edition can be bought.
    pub price: Option<PriceView>,
    /// The best format and how many others there are: `4K UHD + 2`.
    pub formats: String,
    /// One word on the poster.
    pub badge: Option<&'static str>,
    pub is_sold_out: bool,
    pub rating: Option<RatingView>,
}

/// A heading with a row of films under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    pub id: &'static str,
    pub title: String,
    pub more: Option<Link>,
    pub films: Vec<FilmCard>,
}
