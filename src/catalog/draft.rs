//! Films on their way into the shop: what a row of a file, the sample or the generator says.
//!
//! A draft holds only values that the tables take (lengths, ranges, alphabets); whoever makes
//! one has checked them. An absent value means *not said*, never *empty it*.

use time::{Date, OffsetDateTime};

use super::Format;

/// A film as its source describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilmDraft {
    pub slug: String,
    pub title_en: String,
    pub title_ru: Option<String>,
    pub title_uz: Option<String>,
    pub original_title: Option<String>,
    pub description_en: Option<String>,
    pub description_ru: Option<String>,
    pub description_uz: Option<String>,
    pub year: u16,
    pub directors: Vec<String>,
    pub cast: Vec<String>,
    /// Slugs of the closed list in [`super::sample::genres`].
    pub genres: Vec<String>,
    pub studio: Option<String>,
    pub runtime_min: Option<u16>,
    pub certificate: Option<String>,
    pub country: Option<String>,
    /// Stands on the home page's shelf of the shop's own choice.
    pub featured: bool,
    /// When it came to the shop, where that is not now.
    pub arrived_at: Option<OffsetDateTime>,
    /// What the source says of editions; none when it leaves them to the rule.
    pub editions: Vec<EditionDraft>,
}

/// What a source says of one edition of a film; `None` leaves a value as it is, or to the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionDraft {
    pub format: Format,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub region_code: Option<String>,
    pub discs: Option<u8>,
    pub price_minor: Option<i64>,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
    pub stock: Option<u32>,
    pub low_stock_at: Option<u32>,
    pub max_per_order: Option<u8>,
    pub release_date: Option<Date>,
}

impl EditionDraft {
    /// Nothing but the format said.
    #[must_use]
    pub const fn of(format: Format) -> Self {
        Self {
            format,
            sku: None,
            barcode: None,
            region_code: None,
            discs: None,
            price_minor: None,
            sale_price_minor: None,
            sale_from: None,
            sale_to: None,
            stock: None,
            low_stock_at: None,
            max_per_order: None,
            release_date: None,
        }
    }
}
