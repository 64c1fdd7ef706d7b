//! Why a row was not taken, in words for the person who wrote the file.

use std::fmt;

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line on which the row begins, counted from 1 with the header.
    pub line: u64,
    /// The column, where one is to blame.
    pub column: Option<String>,
    pub reason: Reason,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(out, "line {}, {column}: {}", self.line, self.reason),
            None => write!(out, "line {}: {}", self.line, self.reason),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("the file is empty")]
    NoHeader,
    #[error("the column is missing")]
    MissingColumn,
    #[error("unknown column")]
    UnknownColumn,
    #[error("the column stands here twice")]
    ColumnTwice,
    #[error("{found} cells where the header has {expected}")]
    CellCount { found: usize, expected: usize },
    #[error("the row is longer than {limit} bytes or {lines} lines")]
    RowTooLong { limit: usize, lines: usize },
    #[error("a quote opens and never closes")]
    OpenQuote,
    #[error("a quote closes in the middle of a cell")]
    StrayQuote,
    #[error("not UTF-8 text")]
    NotUtf8,
    #[error("empty")]
    Empty,
    #[error("nothing in it can be seen")]
    Invisible,
    #[error("longer than {0} characters")]
    TooLong(usize),
    #[error("has the control character U+{0:04X}")]
    Control(u32),
    #[error("reads as a spreadsheet formula")]
    Formula,
    #[error("not a slug: lower-case ASCII words joined by hyphens")]
    Slug,
    #[error("line {0} has the same slug")]
    SlugTwice(u64),
    #[error("not a whole number")]
    Number,
    #[error("{value} is not within {low} to {high}")]
    Range { value: u64, low: u64, high: u64 },
    #[error("more than {0} names")]
    TooMany(usize),
    #[error("{0:?} is not a genre of the list")]
    Genre(String),
    #[error("not one of G, PG, PG-13, R, NC-17, Not Rated")]
    Certificate,
    #[error("not a price such as 19.99")]
    Price,
    #[error("not a date such as 2026-11-27")]
    Date,
    #[error("not a SKU: capital letters, digits, hyphen, underscore, dot")]
    Sku,
    #[error("not a barcode of 8 to 14 digits")]
    Barcode,
    #[error("not a region code")]
    Region,
    #[error("the sale price is not below the price")]
    SaleNotBelow,
    #[error("the sale ends before it begins")]
    SaleWindow,
    #[error("sale cells without a price and a sale price")]
    SaleAlone,
    #[error("a digital edition has no stock")]
    DigitalStock,
    #[error("a new edition needs a price")]
    PriceMissing,
    #[error("another edition has it")]
    Taken,
    #[error("another row of the file has it")]
    TakenInFile,
}
