//! The shop's books: numbers that must agree whatever happened.

use super::{
    Finding, Mend, Outcome,
    queries::{self, Disagreement},
};
use crate::platform::db::Conn;

/// So many rows of a book are named.
const MOST_NAMED: usize = 10;

/// Two ways to the same number.
#[derive(Debug)]
pub struct Book {
    pub name: &'static str,
    /// What agrees.
    claim: &'static str,
    /// Reads the rows that do not: see [`Disagreement`].
    sql: &'static str,
    /// What to do about a row, by its name, where it cannot be mended.
    next: fn(&str) -> String,
    mend: Option<fn(u64) -> Mend>,
}

pub const BOOKS: [Book; 10] = [
    Book {
        name: "stock",
        claim: "the stock of every edition is the sum of its ledger",
        sql: queries::STOCK,
        next: by_fix,
        mend: Some(Mend::Stock),
    },
    Book {
        name: "orders",
        claim: "every order is the sum of its lines",
        sql: queries::ORDER_SUMS,
        next: look_at_order,
        mend: None,
    },
    Book {
        name: "payments",
        claim: "every order is paid as far as it says",
        sql: queries::PAYMENTS,
        next: look_at_order,
        mend: None,
    },
    Book {
        name: "history",
        claim: "every order is where its history leads",
        sql: queries::HISTORY,
        next: look_at_order,
        mend: None,
    },
    Book {
        name: "parcels",
        claim: "what went out of every order is in its parcels",
        sql: queries::PARCELS,
        next: by_fix,
        mend: Some(Mend::Parcels),
    },
    Book {
        name: "invoices",
        claim: "the numbers of invoices have no gap",
        sql: queries::INVOICES,
        next: |_| "find the missing numbers in the last backup before anything else is invoiced".to_owned(),
        mend: None,
    },
    Book {
        name: "films",
        claim: "every film knows its editions and its reviews",
        sql: queries::FILMS,
        next: by_fix,
        mend: Some(Mend::Film),
    },
    Book {
        name: "prices",
        claim: "every film's prices are those of its editions",
        sql: queries::PRICES,
        next: by_fix,
        mend: Some(Mend::Film),
    },
    Book {
        name: "sold",
        claim: "what was sold of every film is what orders hold",
        sql: queries::SOLD,
        next: by_fix,
        mend: Some(Mend::Sold),
    },
    Book {
        name: "votes",
        claim: "every review has the votes that were given",
        sql: queries::VOTES,
        next: by_fix,
        mend: Some(Mend::Votes),
    },
];

fn by_fix(_: &str) -> String {
    "marquee doctor --fix".to_owned()
}

fn look_at_order(number: &str) -> String {
    format!("marquee orders show {number}")
}

impl Book {
    pub(super) async fn check(&self, conn: &mut Conn) -> sqlx::Result<Outcome> {
        let rows = queries::disagreements(conn, self.sql, MOST_NAMED + 1).await?;
        let mut findings: Vec<_> = rows.iter().take(MOST_NAMED).map(|row| self.finding(row)).collect();
        if rows.len() > MOST_NAMED
            && let Some(last) = findings.last_mut()
        {
            last.what.push_str(", and there are more");
        }
        Ok(Outcome::of(findings, self.claim))
    }

    fn finding(&self, row: &Disagreement) -> Finding {
        let Disagreement { id, name, stands, comes_to } = row;
        Finding {
            mend: self.mend.map(|mend| mend(*id)),
            ..Finding::wrong(format!("{name}: {stands} is written, it comes to {comes_to}"), (self.next)(name))
        }
    }
}
