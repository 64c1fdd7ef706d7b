//! The home page.

use askama::Template;

use crate::{
    catalog::views::Shelf,
    platform::{http::Shell, i18n::Localized},
    reviews::views::PickView,
    shop::messages::HomeMessages,
};

/// The home page; in an empty shop it has no hero, no shelves and no genres.
#[derive(Template)]
#[template(path = "shop/home.html")]
pub struct HomePage {
    pub shell: Shell,
    pub t: HomeMessages,
    pub hero: Option<Hero>,
    pub newest: Option<Shelf>,
    /// Shown as a numbered chart.
    pub bestsellers: Option<Shelf>,
    /// Further shelves, such as films on sale and featured ones.
    pub shelves: Vec<Shelf>,
    /// Featured reviews.
    pub picks: Vec<PickView>,
    pub genres: Vec<GenreLink>,
    /// Films in the shop.
    pub total: i64,
}

/// The film of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hero {
    pub href: String,
    pub title: Localized,
    /// Director, year, running time.
    pub credits: String,
    /// Address of a picture without type, 1434 × 600.
    pub still: String,
    /// What the film is about.
    pub pitch: Option<Localized>,
    /// An edition and its price: `4K UHD, $29.99`.
    pub offer: Option<String>,
}

/// A genre on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenreLink {
    pub label: Localized,
    pub href: String,
    pub films: i64,
}
