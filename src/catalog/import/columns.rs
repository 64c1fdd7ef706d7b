//! The header row: which column of the file is which.

use super::cells;
use super::problem::{Problem, Reason};
use super::records::Record;
use crate::catalog::Format;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Slug,
    Title,
    TitleRu,
    TitleUz,
    OriginalTitle,
    DescriptionEn,
    DescriptionRu,
    DescriptionUz,
    Year,
    Director,
    Cast,
    Genres,
    Studio,
    RuntimeMin,
    Certificate,
    Country,
    Ignored,
    Edition(Format, Value),
}

/// What an edition's column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Sku,
    Barcode,
    Price,
    SalePrice,
    SaleFrom,
    SaleTo,
    Stock,
    LowStockAt,
    Region,
    Discs,
    MaxPerOrder,
    ReleaseDate,
}

const FILM_COLUMNS: &[(&str, Column)] = &[
    ("slug", Column::Slug),
    ("title", Column::Title),
    ("title_ru", Column::TitleRu),
    ("title_uz", Column::TitleUz),
    ("original_title", Column::OriginalTitle),
    ("description_en", Column::DescriptionEn),
    ("description_ru", Column::DescriptionRu),
    ("description_uz", Column::DescriptionUz),
    ("year", Column::Year),
    ("director", Column::Director),
    ("cast", Column::Cast),
    ("genres", Column::Genres),
    ("studio", Column::Studio),
    ("runtime_min", Column::RuntimeMin),
    ("certificate", Column::Certificate),
    ("country", Column::Country),
    ("rating", Column::Ignored),
    ("votes", Column::Ignored),
];

const EDITION_VALUES: &[(&str, Value)] = &[
    ("sku", Value::Sku),
    ("barcode", Value::Barcode),
    ("price", Value::Price),
    ("sale_price", Value::SalePrice),
    ("sale_from", Value::SaleFrom),
    ("sale_to", Value::SaleTo),
    ("stock", Value::Stock),
    ("low_stock_at", Value::LowStockAt),
    ("region", Value::Region),
    ("discs", Value::Discs),
    ("max_per_order", Value::MaxPerOrder),
    ("release_date", Value::ReleaseDate),
];

/// The columns of a file in their order, with their names.
#[derive(Debug)]
pub struct Header(Vec<(Column, String)>);

impl Header {
    /// Names are taken in any case; all that is wrong is named at once.
    pub fn read(record: &Record<'_>) -> Result<Self, Vec<Problem>> {
        let mut columns: Vec<(Column, String)> = Vec::with_capacity(record.len());
        let mut problems = Vec::new();
        let mut wrong = |column: String, reason| {
            problems.push(Problem { line: record.line, column: Some(column), reason });
        };
        for (at, cell) in record.cells().enumerate() {
            let name = match cells::text(cell, 40) {
                Ok(name) => name.unwrap_or_default().to_ascii_lowercase(),
                Err(reason) => {
                    wrong(format!("column {}", at + 1), reason);
                    continue;
                }
            };
            match column(&name) {
                None if name.is_empty() => wrong(format!("column {}", at + 1), Reason::Empty),
                None => wrong(name, Reason::UnknownColumn),
                Some(_) if columns.iter().any(|(_, known)| *known == name) => wrong(name, Reason::ColumnTwice),
                Some(column) => columns.push((column, name)),
            }
        }
        for (name, needed) in FILM_COLUMNS {
            let needed = matches!(needed, Column::Slug | Column::Title | Column::Year);
            if needed && !columns.iter().any(|(_, known)| known == name) {
                wrong((*name).to_owned(), Reason::MissingColumn);
            }
        }
        if problems.is_empty() { Ok(Self(columns)) } else { Err(problems) }
    }

    pub const fn len(&self) -> usize {
        self.0.len()
    }

    pub fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        self.0.iter().map(|(column, name)| (*column, name.as_str()))
    }

    /// The name of a column for a problem that shows only after all cells are read.
    pub fn name_of(&self, wanted: Column) -> Option<String> {
        self.columns().find(|(column, _)| *column == wanted).map(|(_, name)| name.to_owned())
    }
}

fn column(name: &str) -> Option<Column> {
    if let Some((_, column)) = FILM_COLUMNS.iter().find(|(known, _)| *known == name) {
        return Some(*column);
    }
    Format::ALL.iter().copied().find_map(|format| {
        let value = name.strip_prefix(format.word())?.strip_prefix('_')?;
        let (_, value) = EDITION_VALUES.iter().find(|(known, _)| *known == value)?;
        Some(Column::Edition(format, *value))
    })
}
