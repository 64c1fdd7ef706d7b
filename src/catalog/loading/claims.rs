//! SKUs and barcodes that a file names: each belongs to one edition of the shop, and of the file.

use std::collections::HashMap;

use crate::catalog::{
    Format,
    draft::{EditionDraft, FilmDraft},
    import::{Problem, Reason},
    slug::fingerprint,
};

/// Which edition has a code: the film's slug and the format.
pub type Owner = (String, Format);

/// Codes that earlier rows of the file have named, with their owners, by fingerprint.
#[derive(Debug, Default)]
pub struct Claims(HashMap<u64, u64>);

/// Owners in the database of the codes that the rows at hand name.
#[derive(Debug, Default)]
pub struct Owners {
    pub skus: HashMap<String, Owner>,
    pub barcodes: HashMap<String, Owner>,
}

impl Claims {
    /// Says which of the codes that a film names are another edition's.
    pub fn check(&self, line: u64, film: &FilmDraft, stored: &Owners) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for edition in &film.editions {
            let owner = (film.slug.clone(), edition.format);
            let codes = [("sku", &edition.sku, &stored.skus), ("barcode", &edition.barcode, &stored.barcodes)];
            for (name, code, stored) in codes {
                let Some(code) = code else { continue };
                let reason = if stored.get(code).is_some_and(|known| *known != owner) {
                    Reason::Taken
                } else if self.0.get(&key(name, code)).is_some_and(|known| *known != mark(&owner.0, owner.1)) {
                    Reason::TakenInFile
                } else {
                    continue;
                };
                let column = Some(format!("{}_{name}", edition.format.word()));
                problems.push(Problem { line, column, reason });
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Remembers the codes that a film names, now that it is taken.
    pub fn take(&mut self, slug: &str, editions: &[EditionDraft]) {
        for edition in editions {
            let codes = [("sku", &edition.sku), ("barcode", &edition.barcode)];
            for (name, code) in codes {
                self.0.extend(code.iter().map(|code| (key(name, code), mark(slug, edition.format))));
            }
        }
    }
}

fn key(name: &str, code: &str) -> u64 {
    fingerprint(&format!("{name} {code}"))
}

fn mark(slug: &str, format: Format) -> u64 {
    fingerprint(&format!("{slug} {}", format.word()))
}
