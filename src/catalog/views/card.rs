//! From rows to cards.

use time::OffsetDateTime;

use super::{FilmCard, FormatMessages, PriceView};
use crate::{
    catalog::{Format, posters::Rendering, queries::FilmRow},
    platform::http::Shell,
};

impl FilmCard {
    pub fn new(shell: &Shell, film: &FilmRow, now: OffsetDateTime) -> Self {
        let formats: Vec<Format> = film.editions.iter().map(|edition| edition.format).collect();
        Self {
            href: shell.href(&format!("/films/{}", film.slug)),
            title: film.title(shell.lang),
            byline: byline(film),
            poster: shell.media(Rendering::Svg.path(&film.slug, &film.poster(shell.lang))),
            price: lowest_price(shell, film, now),
            formats: FormatMessages(shell.lang).summary(&formats),
            badge: None,
            is_sold_out: !film.in_stock,
            rating: None,
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
        Some(director) => format!("{} · {director}", film.year),
        None => film.year.to_string(),
    }
}

/// The price that lists are sorted by: the lowest of all editions, with the old one while that one is in a sale.
fn lowest_price(shell: &Shell, film: &FilmRow, now: OffsetDateTime) -> Option<PriceView> {
    let offers = film.editions.iter().filter(|_| film.in_stock).map(|edition| edition.offer(now));
    let offer = offers.min_by_key(|offer| offer.price_minor)?;
    Some(PriceView::new(shell, &offer))
}
