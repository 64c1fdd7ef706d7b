//! A film's own page.

use askama::Template;

use crate::{
    alerts::{messages::AlertMessages, views::AlertForm},
    catalog::views::{PriceView, RatingView, RelatedShelf, Shelf, StockView},
    platform::{
        http::{Crumb, Link, Shell},
        i18n::{Lang, Localized},
    },
    reviews::views::FilmReviews,
    shop::messages::FilmMessages,
};

/// The page of a film. Without `chosen` nothing can be bought: the film is archived, or it has no edition.
#[derive(Template)]
#[template(path = "shop/film.html")]
pub struct FilmPage {
    pub shell: Shell,
    pub t: FilmMessages,
    pub alert_words: AlertMessages,
    pub crumbs: Vec<Crumb>,
    pub title: Localized,
    /// Year, running time, genres: what is known, in this order.
    pub lede: Vec<String>,
    pub rating: Option<RatingView>,
    pub billing: Billing,
    pub description: Option<Localized>,
    /// Address of the poster, in the chosen edition's format where one is chosen.
    pub poster: String,
    pub is_archived: bool,
    pub editions: Vec<Edition>,
    pub chosen: Option<ChosenEdition>,
    pub promises: Vec<Promise>,
    pub facts: Vec<Fact>,
    pub alternatives: Option<Shelf>,
    pub related: Option<RelatedShelf>,
    pub reviews: FilmReviews,
}

/// Who made the film and who plays in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Billing {
    pub directors: Vec<Link>,
    pub cast: Vec<Link>,
    pub studio: Option<Link>,
}

impl Billing {
    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.directors.is_empty() && self.cast.is_empty() && self.studio.is_none()
    }
}

/// An edition among the choices; its link chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The film's path with `?edition=SKU`.
    pub href: String,
    pub format: &'static str,
    /// Discs, region and the like; empty for nothing to say.
    pub note: String,
    pub price: PriceView,
    pub stock: StockView,
    pub is_chosen: bool,
    pub is_available: bool,
}

/// The chosen edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenEdition {
    pub sku: String,
    pub format: &'static str,
    pub price: PriceView,
    /// Whole percent that the sale saves, rounded down.
    pub saved_percent: Option<i64>,
    /// Lowest price of the 30 days before the sale.
    pub lowest_before: Option<String>,
    pub stock: StockView,
    /// The most that one order may take; 0 when it is sold out.
    pub most: i64,
    /// Asks to be told when it is back, while it is sold out.
    pub alert: Option<AlertForm>,
}

/// What the shop stands for, with the name of an icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub icon: &'static str,
    pub text: String,
}

/// A row of the facts; only what is known has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    /// Language of the value where it is known and not the page's.
    pub lang: Option<Lang>,
}
