//! From rows to cards.

use time::OffsetDateTime;

use super::{FilmCard, FormatMessages, PriceView, RatingView};
use crate::{
    catalog::{Format, posters::Rendering, queries::FilmRow},
    platform::http::Shell,
};

impl FilmCard {
    pub fn new(shell: &Shell, film: &FilmRow, now: OffsetDateTime) -> Self {
        let formats: Vec<Format> = film.editions.iter().map(|edition| edition.format).collect();
        Self {
            href: shell.href(&["/films/", &film.slug].concat()).into(),
            title: film.title(shell.lang),
            byline: byline(film),
            poster: shell.media(Rendering::Svg.path(&film.slug, &film.poster(shell.lang))).into(),
            price: lowest_price(shell, film, now),
            formats: FormatMessages(shell.lang).summary(&formats),
            badge: None,
            is_sold_out: !film.in_stock,
            rating: RatingView::of(shell, film),
        }
    }

    /// The cards of films in their order.
    pub fn all(shell: &Shell, films: &[FilmRow], now: OffsetDateTime) -> Vec<Self> {
        films.iter().map(|film| Self::new(shell, film, now)).collect()
    }
}

/// `1994 · Wong Kar Wai`.
pub fn byline(film: &FilmRow) -> String {
    match &film.director {
        Some(director) => [&film.year.to_string(), " · ", director].concat(),
        None => film.year.to_string(),
    }
}

/// The price that lists are sorted by: the lowest of all editions, with the old one while that one is in a sale. Of a film
/// whose card is not filled yet the lowest price is known all the same.
fn lowest_price(shell: &Shell, film: &FilmRow, now: OffsetDateTime) -> Option<PriceView> {
    if !film.in_stock {
        return None;
    }
    let lowest = film.editions.iter().map(|edition| edition.offer(now)).min_by_key(|offer| offer.price_minor);
    let unfilled = || film.price_min_minor.map(|minor| PriceView { now: shell.money(minor), was: None });
    lowest.map(|offer| PriceView::new(shell, &offer)).or_else(unfilled)
}
