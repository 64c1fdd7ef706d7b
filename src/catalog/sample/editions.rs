//! The rule that gives a film its editions when its source names none: formats, SKU, barcode,
//! prices, sales, stock and disc facts, always the same for the same slug and year.
//!
//! The spread is that of a real shop: some editions sold out, some low, most in stock, about
//! one in seven on sale, some films digital only.

use super::dice::Dice;
use super::languages::{self, Languages};
use super::{DEMO_FILM, DEMO_SKU, DEMO_STOCK, SOLD_OUT_FILM};
use crate::catalog::Format;
use crate::catalog::draft::{EditionDraft, FilmDraft};
use time::macros::datetime;
use time::{Date, Month, OffsetDateTime};

/// An edition as the shop stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub format: Format,
    pub sku: String,
    pub barcode: Option<String>,
    pub region_code: Option<String>,
    pub discs: Option<u8>,
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
    pub stock: u32,
    pub low_stock_at: u32,
    pub max_per_order: u8,
    pub release_date: Option<Date>,
}

impl Edition {
    /// What a source says takes the place of what the rule says. A new price without a sale
    /// ends the rule's sale, which belonged to the rule's price.
    #[must_use]
    pub fn with(mut self, said: &EditionDraft) -> Self {
        if said.price_minor.is_some() || said.sale_price_minor.is_some() {
            self.sale_price_minor = said.sale_price_minor;
            self.sale_from = said.sale_from;
            self.sale_to = said.sale_to;
        }
        self.price_minor = said.price_minor.unwrap_or(self.price_minor);
        self.stock = said.stock.unwrap_or(self.stock);
        self.low_stock_at = said.low_stock_at.unwrap_or(self.low_stock_at);
        self.max_per_order = said.max_per_order.unwrap_or(self.max_per_order);
        self.discs = said.discs.or(self.discs);
        self.release_date = said.release_date.or(self.release_date);
        if let Some(sku) = &said.sku {
            self.sku.clone_from(sku);
        }
        self.barcode = said.barcode.clone().or(self.barcode);
        self.region_code = said.region_code.clone().or(self.region_code);
        self
    }
}

/// The editions of a film that came without any, best format for most people first.
#[must_use]
pub fn editions(slug: &str, year: u16) -> Vec<Edition> {
    formats(slug, year).into_iter().map(|format| edition(slug, year, format)).collect()
}

/// The languages of a film's editions.
#[must_use]
pub fn languages(film: &FilmDraft) -> Languages {
    languages::of(&film.slug, film.country.as_deref(), film.genres.iter().any(|genre| genre == "silent"))
}

/// One edition of a film by the rule.
#[must_use]
pub fn edition(slug: &str, year: u16, format: Format) -> Edition {
    let mut dice = Dice::of(slug, format.word());
    let price_minor = price(&mut dice, format, year);
    let sale = sale(&mut dice, price_minor);
    let stock = if format.is_digital() { 0 } else { stock(&mut dice) };
    let edition = Edition {
        format,
        sku: sku(slug, format),
        barcode: (!format.is_digital()).then(|| barcode(slug, format)),
        region_code: region(&mut dice, format).map(str::to_owned),
        discs: discs(&mut dice, format),
        price_minor,
        sale_price_minor: sale.map(|sale| sale.price_minor),
        sale_from: sale.map(|sale| sale.from),
        sale_to: sale.and_then(|sale| sale.to),
        stock,
        low_stock_at: 5,
        max_per_order: if format.is_digital() { 1 } else { 10 },
        release_date: release_date(&mut dice, format, year),
    };
    remarkable(slug, edition)
}

/// The two films that every sample shop has.
fn remarkable(slug: &str, mut edition: Edition) -> Edition {
    if slug == SOLD_OUT_FILM {
        edition.stock = 0;
    }
    if slug == DEMO_FILM && edition.format == Format::BluRay {
        DEMO_SKU.clone_into(&mut edition.sku);
        edition.stock = DEMO_STOCK;
        edition.sale_price_minor = None;
        edition.sale_from = None;
        edition.sale_to = None;
    }
    edition
}

fn formats(slug: &str, year: u16) -> Vec<Format> {
    let mut dice = Dice::of(slug, "formats");
    if slug == SOLD_OUT_FILM || slug == DEMO_FILM {
        return vec![Format::BluRay, Format::Dvd];
    }
    let recent = year >= 1990;
    let mut formats = Vec::with_capacity(4);
    if dice.chance(93) {
        let shares = [
            (Format::BluRay, if recent { 75 } else { 50 }),
            (Format::Dvd, 70),
            (Format::Uhd4k, if recent { 26 } else { 12 }),
            (Format::BoxSet, 3),
        ];
        formats.extend(shares.into_iter().filter(|(_, share)| dice.chance(*share)).map(|(format, _)| format));
    }
    if formats.is_empty() || dice.chance(45) {
        formats.push(Format::DigitalHd);
        if recent && dice.chance(30) {
            formats.push(Format::Digital4k);
        }
    }
    formats
}

/// Prices end in .99 or .49, newer films cost a little more.
fn price(dice: &mut Dice, format: Format, year: u16) -> i64 {
    let (low, high) = match format {
        Format::Dvd => (5, 13),
        Format::BluRay => (10, 22),
        Format::Uhd4k => (20, 33),
        Format::BoxSet => (35, 80),
        Format::DigitalHd => (4, 10),
        Format::Digital4k => (8, 15),
    };
    let surcharge = if year >= 2010 { 2 } else { 0 };
    let ending = if dice.chance(75) { 1 } else { 51 };
    minor((dice.between(low, high) + surcharge) * 100 - ending)
}

#[derive(Clone, Copy)]
struct Sale {
    price_minor: i64,
    from: OffsetDateTime,
    to: Option<OffsetDateTime>,
}

/// About one edition in seven has a sale: most without an end, some over, some to come.
fn sale(dice: &mut Dice, price_minor: i64) -> Option<Sale> {
    if !dice.chance(17) {
        return None;
    }
    let percent = minor(dice.between(60, 85));
    let price_minor = price_minor * percent / 100 / 10 * 10 + 9;
    let (from, to) = match dice.below(10) {
        0..=5 => (datetime!(2026-01-05 00:00 UTC), None),
        6..=7 => (datetime!(2026-02-02 00:00 UTC), Some(datetime!(2032-01-01 00:00 UTC))),
        8 => (datetime!(2025-11-24 00:00 UTC), Some(datetime!(2025-12-02 00:00 UTC))),
        _ => (datetime!(2032-01-05 00:00 UTC), Some(datetime!(2032-02-01 00:00 UTC))),
    };
    Some(Sale { price_minor, from, to })
}

/// In a hundred: eight sold out, twelve low, the rest in stock.
fn stock(dice: &mut Dice) -> u32 {
    let units = match dice.below(100) {
        0..8 => 0,
        8..20 => dice.between(1, 5),
        20..70 => dice.between(6, 40),
        _ => dice.between(41, 150),
    };
    u32::try_from(units).unwrap_or(0)
}

/// DVDs know numbered regions, Blu-rays lettered ones; 4K discs play everywhere.
fn region(dice: &mut Dice, format: Format) -> Option<&'static str> {
    match format {
        Format::Dvd => Some(dice.weighted(&[("1", 40), ("2", 30), ("5", 20), ("0", 10)])),
        Format::BluRay | Format::BoxSet => Some(dice.weighted(&[("A", 40), ("B", 30), ("C", 15), ("ABC", 15)])),
        Format::Uhd4k => Some("ABC"),
        Format::DigitalHd | Format::Digital4k => None,
    }
}

fn discs(dice: &mut Dice, format: Format) -> Option<u8> {
    let discs = match format {
        Format::Dvd => dice.weighted(&[(1, 80), (2, 20)]),
        Format::BluRay => dice.weighted(&[(1, 88), (2, 12)]),
        Format::Uhd4k => dice.weighted(&[(1, 25), (2, 75)]),
        Format::BoxSet => dice.weighted(&[(3, 40), (4, 30), (6, 20), (8, 10)]),
        Format::DigitalHd | Format::Digital4k => return None,
    };
    Some(discs)
}

/// Not before the format was on sale nor before the film.
fn release_date(dice: &mut Dice, format: Format, year: u16) -> Option<Date> {
    let since = match format {
        Format::Dvd => 1999,
        Format::BluRay | Format::BoxSet => 2008,
        Format::Uhd4k => 2017,
        Format::DigitalHd | Format::Digital4k => 2012,
    };
    let earliest = since.max(u64::from(year) + 1);
    let year = (earliest + dice.below(9)).min(2025.max(earliest));
    let month = Month::try_from(u8::try_from(dice.between(1, 12)).ok()?).ok()?;
    Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(dice.between(1, 28)).ok()?).ok()
}

/// Two letters for the format and 60 bits of the slug: no two films of a shop share one.
fn sku(slug: &str, format: Format) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let prefix = match format {
        Format::Dvd => "DV",
        Format::BluRay => "BD",
        Format::Uhd4k => "UH",
        Format::BoxSet => "BX",
        Format::DigitalHd => "HD",
        Format::Digital4k => "DK",
    };
    let mut dice = Dice::of(slug, "sku");
    let code = (0..12).map(|_| char::from(*dice.pick(ALPHABET)));
    format!("{prefix}-{}", code.collect::<String>())
}

/// EAN-13 in the range kept for use inside a shop (it begins with 2).
fn barcode(slug: &str, format: Format) -> String {
    let digits = format!("2{:011}", Dice::of(slug, format.word()).number() % 100_000_000_000);
    format!("{digits}{}", check_digit(&digits))
}

/// The thirteenth digit of an EAN-13: threes and ones from the right, up to the next ten.
#[must_use]
pub fn check_digit(twelve: &str) -> u8 {
    let sum: u32 =
        twelve.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    // A remainder of ten is one digit.
    u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}

fn minor(amount: u64) -> i64 {
    // Prices of this rule are far below the limit of either type.
    i64::try_from(amount).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
