//! The cart of a visitor: kept in the database, found by an opaque token in a cookie.
//!
//! Owns `carts` and `cart_items`. Prices and stock are never stored in a cart; each line remembers only the price that
//! was seen last, so that a change can be told. Whoever changes a cart, or places it, locks its row first.

mod actions;
mod limits;
pub mod messages;
mod queries;
mod token;
pub mod views;

pub use actions::{
    AddRefused, Added, Changed, add, clear, load, load_lines, remove_unavailable, set_note, set_quantity,
};
pub use limits::{MAX_LINES, MAX_NOTE_CHARS, parse_quantity};
pub use queries::{SavedCheckout, count_units, empty, lock, save_checkout};
pub use token::CartToken;

use time::OffsetDateTime;

use crate::{
    catalog::{
        Availability, Offer, is_visible, purchasable,
        queries::{EditionRow, FilmRow},
    },
    platform::http::PageContext,
};

/// A cart with everything that its page shows.
#[derive(Clone, Debug)]
pub struct Cart {
    pub id: u64,
    pub note: String,
    pub saved: SavedCheckout,
    pub lines: Vec<CartLine>,
}

/// An edition in a cart.
#[derive(Clone, Debug)]
pub struct CartLine {
    pub item_id: u64,
    pub quantity: u32,
    pub seen_price_minor: i64,
    pub edition: EditionRow,
    pub film: FilmRow,
}

/// Why a line cannot be bought as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// No longer sold.
    Unavailable,
    SoldOut,
    /// Only this many can be had.
    TooMany(u32),
}

impl CartLine {
    pub fn offer(&self, now: OffsetDateTime) -> Offer {
        let edition = &self.edition;
        Offer::at(now, edition.price_minor, edition.sale_price_minor, edition.sale_from, edition.sale_to)
    }

    pub fn availability(&self) -> Availability {
        Availability::of(self.edition.format, self.edition.stock, self.edition.low_stock_at)
    }

    /// How many the customer may have.
    pub fn purchasable(&self) -> u32 {
        purchasable(self.edition.format, self.edition.stock, self.edition.max_per_order)
    }

    pub fn problem(&self, now: OffsetDateTime) -> Option<LineProblem> {
        let film = &self.film;
        if !self.edition.is_active || !is_visible(film.status, film.publish_at, film.unpublish_at, now) {
            return Some(LineProblem::Unavailable);
        }
        match self.purchasable() {
            0 => Some(LineProblem::SoldOut),
            most if self.quantity > most => Some(LineProblem::TooMany(most)),
            _ => None,
        }
    }

    /// Whether the line counts in the totals: what cannot be had at all does not.
    pub fn counts(&self, now: OffsetDateTime) -> bool {
        !matches!(self.problem(now), Some(LineProblem::Unavailable | LineProblem::SoldOut))
    }

    /// What the line comes to at today's price.
    pub fn total_minor(&self, now: OffsetDateTime) -> i64 {
        self.offer(now).price_minor.saturating_mul(i64::from(self.quantity))
    }

    /// The price seen last, where it differs from today's.
    pub fn changed_from(&self, now: OffsetDateTime) -> Option<i64> {
        (self.seen_price_minor != self.offer(now).price_minor).then_some(self.seen_price_minor)
    }

    /// The film's title as the page's language has it.
    pub fn title(&self, context: &PageContext) -> String {
        self.film.title(context.lang).text
    }
}

impl Cart {
    /// Units of every line.
    pub fn units(&self) -> i64 {
        self.lines.iter().map(|line| i64::from(line.quantity)).sum()
    }

    /// The lines that can be bought, at least in part.
    pub fn counted(&self, now: OffsetDateTime) -> impl Iterator<Item = &CartLine> {
        self.lines.iter().filter(move |line| line.counts(now))
    }

    /// Whether nothing has to be carried.
    pub fn is_digital_only(&self) -> bool {
        self.lines.iter().all(|line| line.edition.format.is_digital())
    }

    pub fn has_problem(&self, now: OffsetDateTime) -> bool {
        self.lines.iter().any(|line| line.problem(now).is_some())
    }
}
