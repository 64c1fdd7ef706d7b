//! The cart of a visitor: kept in the database, found by an opaque token in a cookie.
//!
//! Owns `carts` and `cart_items`. Prices and stock are never stored in a cart; each line remembers only the price that
//! was seen last, so that a change can be told. Whoever changes a cart, or places it, locks its row first.

mod actions;
pub mod counts;
pub mod handlers;
mod limits;
mod merge;
pub mod messages;
mod page;
mod queries;
mod quote;
mod token;
pub mod views;

pub use actions::{
    AddRefused, Added, Changed, Cut, REFUSED, add, clear, fill, load, remove_unavailable, set_note, set_quantity,
};
pub use limits::{MAX_LINES, MAX_NOTE_CHARS, MAX_QUANTITY, parse_quantity};
pub use merge::{Merged, merge};
pub use page::{free_delivery, poster_url};
pub use queries::{
    LockedCart, SavedCheckout, SavedContact, SavedDelivery, SavedPayment, empty, forget, load_lines, lock,
    save_checkout,
};
pub use quote::{DELIVERY_TAX_CLASS, Quote, quote, quote_cart};
pub use token::{CLIENT_LIFE_DAYS, CartToken, GUEST_LIFE, client_cart_expiry};

use time::OffsetDateTime;

use crate::catalog::queries::{EditionRow, FilmRow};

/// Rides on an answer whose handler has counted the cart already: units of every line.
#[derive(Clone, Copy, Debug)]
pub struct CartCount(pub i64);

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
    /// It is for somebody else: whoever buys it will not own it.
    pub is_gift: bool,
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
    pub fn problem(&self, now: OffsetDateTime) -> Option<LineProblem> {
        if !self.edition.is_active || !self.film.is_visible(now) {
            return Some(LineProblem::Unavailable);
        }
        match self.edition.purchasable() {
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
        self.edition.offer(now).price_minor.saturating_mul(i64::from(self.quantity))
    }

    /// The price seen last, where it differs from today's.
    pub fn changed_from(&self, now: OffsetDateTime) -> Option<i64> {
        (self.seen_price_minor != self.edition.offer(now).price_minor).then_some(self.seen_price_minor)
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

    /// Whether a line stands in the way of the checkout.
    pub fn has_problem(&self, now: OffsetDateTime) -> bool {
        self.lines.iter().any(|line| line.problem(now).is_some())
    }
}
