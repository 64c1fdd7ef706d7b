//! Films for the tests that render templates: the longest and the shortest title, everything known and nothing.

use super::{FilmCard, PriceView, RatingView, RelatedShelf, Shelf};
use crate::{
    catalog::{ProductStatus, queries::FilmRow},
    platform::{
        http::Link,
        i18n::{Lang, Localized},
    },
};

pub const LONGEST: &str = "Night of the Day of the Dawn of the Son of the Bride of the Return of the Revenge of the Terror \
                           of the Attack of the Evil, Mutant, Hellbound, Flesh-Eating Subhumanoid Zombified Living Dead";

pub fn text(text: &str, lang: Lang) -> Localized {
    Localized { text: text.to_owned(), lang }
}

/// A film without editions.
pub fn film_row() -> FilmRow {
    FilmRow {
        id: 1,
        slug: "m-1931".to_owned(),
        status: ProductStatus::Active,
        publish_at: None,
        unpublish_at: None,
        title_en: Some(LONGEST.to_owned()),
        title_ru: None,
        title_uz: None,
        original_title: None,
        year: 1931,
        poster_take: 1,
        price_min_minor: None,
        price_max_minor: None,
        in_stock: false,
        on_sale: false,
        director: None,
        genre: None,
        editions: Vec::new(),
        rating_hundredths: None,
        rating_count: 0,
    }
}

/// A film of which everything is known, in a sale.
pub fn full_card() -> FilmCard {
    FilmCard {
        href: "/films/in-the-mood-for-love-2000?a=1&b=2".to_owned().into(),
        title: text("In the Mood for “Love” & <Gʻalaba>", Lang::En),
        byline: "2000 · Wong Kar-wai".to_owned(),
        poster: "/media/posters/in-the-mood-for-love-2000-1.svg".to_owned().into(),
        price: Some(PriceView { now: "$9.99".to_owned(), was: Some("$14.99".to_owned()) }),
        formats: "4K UHD + 2".to_owned(),
        badge: Some("New"),
        is_sold_out: false,
        rating: RatingView::new(470, 318, Lang::En),
    }
}

/// A film of which next to nothing is known, and nothing is left.
pub fn bare_card(title: &str) -> FilmCard {
    FilmCard {
        href: "/films/m-1931".to_owned().into(),
        title: text(title, Lang::Ru),
        byline: String::new(),
        poster: "/media/posters/m-1931-1.svg".to_owned().into(),
        price: None,
        formats: String::new(),
        badge: None,
        is_sold_out: true,
        rating: None,
    }
}

pub fn cards() -> Vec<FilmCard> {
    vec![full_card(), bare_card("M"), bare_card(LONGEST)]
}

pub fn shelf(id: &'static str) -> Shelf {
    let more = Some(Link { href: "/films?sort=newest".to_owned(), label: "All of them".to_owned() });
    Shelf { id, title: "A shelf".to_owned(), more, films: cards() }
}

pub fn related(id: &'static str) -> RelatedShelf {
    let films = cards().into_iter().map(|card| (card, "Also by <Wong> & Kar Wai".to_owned()));
    RelatedShelf { id, title: "Related films", films: films.collect() }
}
