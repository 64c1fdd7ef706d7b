//! Two years of trade that never were: customers, their orders and what became of them, and what they thought of it.
//!
//! The same seed always gives the same past for the same films, up to the midnight before. Orders come one after the other
//! as they would have been placed, a chunk of them is one transaction, and several are on their way at once; memory holds
//! what the shop sells and no more. The past leaves the shelves as it found them: what was sold had been bought in, so that
//! each edition has now the stock that it had, and a ledger that says so.
//!
//! Nobody who is invented can sign in or be written to: they have no passwords, and their addresses end in `.example`.

mod actions;
mod calendar;
mod course;
mod customers;
mod draft;
mod ledger;
mod opinions;
mod queries;
mod shelf;
mod words;

pub use actions::{CONNECTIONS, History, Refusal};

use crate::catalog::sample::dice::Dice;

/// The dice of the n-th thing of a kind: another kind never shifts its numbers.
fn dice(seed: u64, kind: u64, n: u64) -> Dice {
    Dice::nth(seed.wrapping_mul(31).wrapping_add(kind), n)
}

/// Kinds of things that have dice of their own.
mod kind {
    pub(super) const CUSTOMER: u64 = 1;
    pub(super) const ORDER: u64 = 2;
    pub(super) const REVIEW: u64 = 3;
    pub(super) const REGISTRATION: u64 = 4;
}
