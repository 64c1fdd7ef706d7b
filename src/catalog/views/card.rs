//! From rows to cards.

use time::OffsetDateTime;

use super::{FilmCard, FormatMessages, PriceView};
use crate::{
    catalog::{
        Format,
        posters::Rendering,
        queries::{CardEdition, FilmRow},
    },
    platform::http::Shell,
};

impl FilmCard {
    /// The card of a film with those of `editions` that are its own.
    pub fn new(shell: &Shell, film: &FilmRow, editions: &[CardEdition], now: OffsetDateTime) -> Self {
        let formats: Vec<Format> = own(film, editions).map(|edition| edition.format).collect();
        Self {
            href: shell.href(&format!("/films/{}", film.slug)),
            title: film.title(shell.lang),
            byline: byline(film),
            poster: shell.media(&Rendering::Svg.path(&film.slug, &film.poster(shell.lang))),
            price: lowest_price(shell, film, editions, now),
            formats: FormatMessages(shell.lang).summary(&formats),
            badge: None,
            is_sold_out: !film.in_stock,
            rating: None,
        }
    }

    /// The cards of films in their order.
    pub fn all(shell: &Shell, films: &[FilmRow], editions: &[CardEdition], now: OffsetDateTime) -> Vec<Self> {
        films.iter().map(|film| Self::new(shell, film, editions, now)).collect()
    }
}

fn own<'a>(film: &'a FilmRow, editions: &'a [CardEdition]) -> impl Iterator<Item = &'a CardEdition> {
    editions.iter().filter(|edition| edition.product_id == film.id)
}

/// `1994 · Wong Kar Wai`.
pub fn byline(film: &FilmRow) -> String {
    match &film.director {
        Some(director) => format!("{} · {director}", film.year),
        None => film.year.to_string(),
    }
}

/// The price that lists are sorted by: the lowest of all editions, with the old one while that one is in a sale.
fn lowest_price(shell: &Shell, film: &FilmRow, editions: &[CardEdition], now: OffsetDateTime) -> Option<PriceView> {
    let offers = own(film, editions).filter(|_| film.in_stock).map(|edition| edition.offer(now));
    let offer = offers.min_by_key(|offer| offer.price_minor)?;
    Some(PriceView::new(shell, &offer))
}
