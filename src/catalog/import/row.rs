//! Rows of a film file as drafts.

use super::cells;
use super::columns::{Column, Header, Value};
use super::problem::{Problem, Reason};
use super::records::{Record, Records};
use crate::catalog::Format;
use crate::catalog::draft::{EditionDraft, FilmDraft};
use crate::catalog::slug::fingerprint;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Read};

/// The film rows of a file, with all that is wrong with each that is not one.
///
/// Holds one record and, to know a slug met before, about 40 bytes a row.
pub struct Rows<R> {
    records: Records<R>,
    header: Header,
    slugs: HashMap<u64, u64>,
}

/// A row that is a film, and the line on which it begins.
#[derive(Debug)]
pub struct Row {
    pub line: u64,
    pub film: FilmDraft,
}

impl<R: Read> Rows<R> {
    /// Reads the header. A header with anything wrong refuses the file.
    pub fn open(input: R) -> io::Result<Result<Self, Vec<Problem>>> {
        let mut records = Records::new(input);
        let refused = |line, reason| vec![Problem { line, column: None, reason }];
        let header = match records.next_record()? {
            None => Err(refused(1, Reason::NoHeader)),
            Some(Err((line, reason))) => Err(refused(line, reason)),
            Some(Ok(record)) => Header::read(&record),
        };
        Ok(header.map(|header| Self { records, header, slugs: HashMap::new() }))
    }

    /// The next row that is not blank.
    pub fn next_row(&mut self) -> io::Result<Option<Result<Row, Vec<Problem>>>> {
        let Some(next) = self.records.next_record()? else { return Ok(None) };
        let row = match next {
            Err((line, reason)) => Err(vec![Problem { line, column: None, reason }]),
            Ok(record) => Reading::new(&self.header, record.line).read(&record).and_then(|film| {
                match self.slugs.entry(fingerprint(&film.slug)) {
                    Entry::Vacant(place) => {
                        place.insert(record.line);
                        Ok(Row { line: record.line, film })
                    }
                    Entry::Occupied(place) => {
                        let column = self.header.name_of(Column::Slug);
                        Err(vec![Problem { line: record.line, column, reason: Reason::SlugTwice(*place.get()) }])
                    }
                }
            }),
        };
        Ok(Some(row))
    }

    /// Bytes of the file that are done with.
    pub const fn consumed(&self) -> u64 {
        self.records.consumed()
    }
}

/// One record on its way to a draft.
struct Reading<'h> {
    header: &'h Header,
    line: u64,
    film: FilmDraft,
    problems: Vec<Problem>,
}

impl<'h> Reading<'h> {
    fn new(header: &'h Header, line: u64) -> Self {
        Self { header, line, film: FilmDraft::default(), problems: Vec::new() }
    }

    fn read(mut self, record: &Record<'_>) -> Result<FilmDraft, Vec<Problem>> {
        if record.len() != self.header.len() {
            let reason = Reason::CellCount { found: record.len(), expected: self.header.len() };
            return Err(vec![Problem { line: self.line, column: None, reason }]);
        }
        for ((column, name), cell) in self.header.columns().zip(record.cells()) {
            if let Err(reason) = self.take(column, cell) {
                self.problems.push(Problem { line: self.line, column: Some(name.to_owned()), reason });
            }
        }
        if self.problems.is_empty() {
            self.check_sales();
        }
        if self.problems.is_empty() { Ok(self.film) } else { Err(self.problems) }
    }

    fn take(&mut self, column: Column, cell: &[u8]) -> Result<(), Reason> {
        let film = &mut self.film;
        match column {
            Column::Slug => film.slug = cells::slug(cell)?,
            Column::Title => film.title_en = cells::text(cell, 300)?.ok_or(Reason::Empty)?,
            Column::TitleRu => film.title_ru = cells::text(cell, 300)?,
            Column::TitleUz => film.title_uz = cells::text(cell, 300)?,
            Column::OriginalTitle => film.original_title = cells::text(cell, 300)?,
            Column::DescriptionEn => film.description_en = cells::long_text(cell, 16_000)?,
            Column::DescriptionRu => film.description_ru = cells::long_text(cell, 16_000)?,
            Column::DescriptionUz => film.description_uz = cells::long_text(cell, 16_000)?,
            Column::Year => film.year = cells::small(cell, 1888, 2100)?.ok_or(Reason::Empty)?,
            Column::Director => film.directors = cells::names(cell)?,
            Column::Cast => film.cast = cells::names(cell)?,
            Column::Genres => film.genres = cells::genres(cell)?,
            Column::Studio => film.studio = cells::text(cell, 150)?,
            Column::RuntimeMin => film.runtime_min = cells::small(cell, 1, 1000)?,
            Column::Certificate => film.certificate = cells::certificate(cell)?,
            Column::Country => film.country = cells::text(cell, 60)?,
            Column::Ignored => {}
            Column::Edition(format, value) => take_edition(film, format, value, cell)?,
        }
        Ok(())
    }

    /// What two cells of an edition must be to each other.
    fn check_sales(&mut self) {
        for edition in &self.film.editions {
            let mut wrong = |value, reason| {
                let column = self.header.name_of(Column::Edition(edition.format, value));
                self.problems.push(Problem { line: self.line, column, reason });
            };
            match (edition.price_minor, edition.sale_price_minor) {
                (Some(price), Some(sale)) if sale >= price => wrong(Value::SalePrice, Reason::SaleNotBelow),
                (None, Some(_)) => wrong(Value::SalePrice, Reason::SaleAlone),
                (_, None) if edition.sale_from.is_some() => wrong(Value::SaleFrom, Reason::SaleAlone),
                (_, None) if edition.sale_to.is_some() => wrong(Value::SaleTo, Reason::SaleAlone),
                _ => {}
            }
            if edition.sale_from.zip(edition.sale_to).is_some_and(|(from, to)| from >= to) {
                wrong(Value::SaleTo, Reason::SaleWindow);
            }
        }
    }
}

/// A filled cell speaks of the film's edition of the format.
fn take_edition(film: &mut FilmDraft, format: Format, value: Value, cell: &[u8]) -> Result<(), Reason> {
    let mut said = EditionDraft::of(format);
    let edition = match film.editions.last_mut() {
        Some(edition) if edition.format == format => edition,
        _ => match film.editions.iter().position(|edition| edition.format == format) {
            Some(at) => &mut film.editions[at],
            None => &mut said,
        },
    };
    match value {
        Value::Sku => edition.sku = cells::sku(cell)?,
        Value::Barcode => edition.barcode = cells::barcode(cell)?,
        Value::Price => edition.price_minor = cells::price(cell)?,
        Value::SalePrice => edition.sale_price_minor = cells::price(cell)?,
        Value::SaleFrom => edition.sale_from = cells::midnight(cell)?,
        Value::SaleTo => edition.sale_to = cells::midnight(cell)?,
        Value::Stock => edition.stock = cells::stock(format, cell)?,
        Value::LowStockAt => edition.low_stock_at = cells::small(cell, 0, 1_000_000)?,
        Value::Region => edition.region_code = cells::region(cell)?,
        Value::Discs => edition.discs = cells::small(cell, 1, 99)?,
        Value::MaxPerOrder => edition.max_per_order = cells::small(cell, 1, 99)?,
        Value::ReleaseDate => edition.release_date = cells::date(cell)?,
    }
    if said != EditionDraft::of(format) {
        film.editions.push(said);
    }
    Ok(())
}
