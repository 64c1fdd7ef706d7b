//! What taking a draft means for the shop: pure comparison of what a source says with what is stored. Filled values
//! win, absent ones leave what is there.

use crate::catalog::{
    draft::{EditionDraft, FilmDraft},
    import::{Problem, Reason, Row},
    sample::editions::{self, Edition},
    slug::slugify,
};

/// A film as the database has it.
#[derive(Debug, Clone)]
pub struct StoredFilm {
    pub id: u64,
    /// Its facts in the form of a draft; `editions` is empty.
    pub facts: FilmDraft,
    pub editions: Vec<StoredEdition>,
}

/// An edition as the database has it.
#[derive(Debug, Clone)]
pub struct StoredEdition {
    pub id: u64,
    pub position: i32,
    pub edition: Edition,
}

/// What is to be done about a row.
#[derive(Debug)]
pub enum Plan {
    Add(NewFilm),
    Change(FilmChange),
    Keep,
}

/// A film that the shop does not have.
#[derive(Debug)]
pub struct NewFilm {
    pub film: FilmDraft,
    pub editions: Vec<Edition>,
}

/// A film that the shop has differently.
#[derive(Debug)]
pub struct FilmChange {
    pub id: u64,
    /// All facts as they shall be, where one differs.
    pub facts: Option<FilmDraft>,
    pub people: bool,
    pub genres: bool,
    pub editions: Vec<EditionChange>,
    /// Editions to add, with their positions.
    pub added: Vec<(i32, Edition)>,
}

/// An edition that the shop has differently.
#[derive(Debug)]
pub struct EditionChange {
    pub id: u64,
    pub edition: Edition,
    pub repriced: bool,
    /// What the stock changes by.
    pub delta: i64,
}

/// Decides about one row.
pub fn plan(row: Row, stored: Option<&StoredFilm>) -> Result<Plan, Vec<Problem>> {
    match stored {
        None => add(row).map(Plan::Add),
        Some(stored) => change(row, stored),
    }
}

fn add(row: Row) -> Result<NewFilm, Vec<Problem>> {
    let Row { line, mut film } = row;
    let said = std::mem::take(&mut film.editions);
    let editions = if said.is_empty() {
        editions::editions(&film.slug, film.year)
    } else {
        said.iter().map(|said| new_edition(line, &film, said)).collect::<Result<_, _>>()?
    };
    Ok(NewFilm { film, editions })
}

fn new_edition(line: u64, film: &FilmDraft, said: &EditionDraft) -> Result<Edition, Vec<Problem>> {
    if said.price_minor.is_none() {
        let column = Some(format!("{}_price", said.format.word()));
        return Err(vec![Problem { line, column, reason: Reason::PriceMissing }]);
    }
    Ok(editions::edition(&film.slug, film.year, said.format).with(said))
}

fn change(row: Row, stored: &StoredFilm) -> Result<Plan, Vec<Problem>> {
    let Row { line, film } = row;
    let (mut changes, mut added) = (Vec::new(), Vec::new());
    if stored.editions.is_empty() && film.editions.is_empty() {
        added = editions::editions(&film.slug, film.year);
    }
    for said in &film.editions {
        match meant(stored, said) {
            None => added.push(new_edition(line, &film, said)?),
            Some(known) => changes.extend(edition_change(known, said)),
        }
    }
    let next = stored.editions.iter().map(|edition| edition.position + 1).max().unwrap_or(0);
    let merged = merge(&stored.facts, film);
    let change = FilmChange {
        id: stored.id,
        people: (&merged.directors, &merged.cast) != (&stored.facts.directors, &stored.facts.cast),
        genres: merged.genres != stored.facts.genres,
        facts: (merged != stored.facts).then_some(merged),
        editions: changes,
        added: (next..).zip(added).collect(),
    };
    let nothing = change.facts.is_none() && change.editions.is_empty() && change.added.is_empty();
    Ok(if nothing { Plan::Keep } else { Plan::Change(change) })
}

/// The stored edition that a source speaks of: that of its SKU, else the first of its format.
fn meant<'s>(stored: &'s StoredFilm, said: &EditionDraft) -> Option<&'s StoredEdition> {
    let same_format = || stored.editions.iter().filter(|known| known.edition.format == said.format);
    same_format().find(|known| said.sku.as_ref() == Some(&known.edition.sku)).or_else(|| same_format().next())
}

fn edition_change(known: &StoredEdition, said: &EditionDraft) -> Option<EditionChange> {
    let (old, edition) = (&known.edition, known.edition.clone().with(said));
    (edition != *old).then(|| EditionChange {
        id: known.id,
        repriced: (edition.price_minor, edition.sale_price_minor) != (old.price_minor, old.sale_price_minor),
        delta: i64::from(edition.stock) - i64::from(old.stock),
        edition,
    })
}

/// The stored facts with what the draft says laid over them. A person or a studio that is only spelled differently
/// stays as it is.
fn merge(stored: &FilmDraft, said: FilmDraft) -> FilmDraft {
    let text = |said: Option<String>, stored: &Option<String>| said.or_else(|| stored.clone());
    FilmDraft {
        slug: stored.slug.clone(),
        title_en: said.title_en,
        title_ru: text(said.title_ru, &stored.title_ru),
        title_uz: text(said.title_uz, &stored.title_uz),
        original_title: text(said.original_title, &stored.original_title),
        description_en: text(said.description_en, &stored.description_en),
        description_ru: text(said.description_ru, &stored.description_ru),
        description_uz: text(said.description_uz, &stored.description_uz),
        year: said.year,
        directors: people(said.directors, &stored.directors),
        cast: people(said.cast, &stored.cast),
        genres: if said.genres.is_empty() { stored.genres.clone() } else { said.genres },
        studio: match (said.studio, &stored.studio) {
            (Some(said), Some(known)) if slugify(&said) == slugify(known) => Some(known.clone()),
            (said, known) => text(said, known),
        },
        runtime_min: said.runtime_min.or(stored.runtime_min),
        certificate: text(said.certificate, &stored.certificate),
        country: text(said.country, &stored.country),
        featured: stored.featured,
        arrived_at: stored.arrived_at,
        editions: Vec::new(),
    }
}

fn people(said: Vec<String>, stored: &[String]) -> Vec<String> {
    let same = said.iter().map(|name| slugify(name)).eq(stored.iter().map(|name| slugify(name)));
    if said.is_empty() || same { stored.to_vec() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Format;

    fn draft() -> FilmDraft {
        FilmDraft {
            slug: "amelie-2001".into(),
            title_en: "Amélie".into(),
            year: 2001,
            directors: vec!["Jean-Pierre Jeunet".into()],
            genres: vec!["comedy".into()],
            studio: Some("Miramax".into()),
            ..FilmDraft::default()
        }
    }

    fn stored() -> StoredFilm {
        let edition = editions::edition("amelie-2001", 2001, Format::Dvd);
        StoredFilm { id: 7, facts: draft(), editions: vec![StoredEdition { id: 70, position: 0, edition }] }
    }

    fn decide(film: FilmDraft) -> Plan {
        plan(Row { line: 2, film }, Some(&stored())).expect("nothing is wrong with the row")
    }

    #[test]
    fn what_says_nothing_new_changes_nothing() {
        let thin = FilmDraft { directors: Vec::new(), genres: Vec::new(), studio: None, ..draft() };
        let spelled =
            FilmDraft { directors: vec!["Jean Pierre JEUNET".into()], studio: Some("MIRAMAX".into()), ..draft() };
        for film in [draft(), thin, spelled] {
            assert!(matches!(decide(film), Plan::Keep));
        }
    }

    #[test]
    fn a_filled_value_wins() {
        let Plan::Change(change) = decide(FilmDraft { runtime_min: Some(122), ..draft() }) else { panic!("no change") };
        assert_eq!(
            change.facts.map(|facts| (facts.runtime_min, facts.studio)),
            Some((Some(122), Some("Miramax".into())))
        );
        assert!(!change.people && !change.genres && change.editions.is_empty() && change.added.is_empty());
    }

    #[test]
    fn an_edition_is_changed_or_added() {
        let dvd = EditionDraft { stock: Some(1_000), ..EditionDraft::of(Format::Dvd) };
        let disc = EditionDraft { price_minor: Some(3_000), ..EditionDraft::of(Format::BluRay) };
        let Plan::Change(change) = decide(FilmDraft { editions: vec![dvd, disc], ..draft() }) else {
            panic!("no change")
        };
        let old = i64::from(stored().editions[0].edition.stock);
        assert_eq!(
            (change.editions[0].id, change.editions[0].delta, change.editions[0].repriced),
            (70, 1_000 - old, false)
        );
        assert_eq!((change.added[0].0, change.added[0].1.price_minor), (1, 3_000));
        assert!(change.facts.is_none());
    }

    #[test]
    fn a_new_edition_needs_a_price() {
        let stock = EditionDraft { stock: Some(1), ..EditionDraft::of(Format::BluRay) };
        let row = Row { line: 9, film: FilmDraft { editions: vec![stock], ..draft() } };
        let problems = plan(row, Some(&stored())).expect_err("the price is missing");
        assert_eq!(problems[0].to_string(), "line 9, blu_ray_price: a new edition needs a price");
    }
}
