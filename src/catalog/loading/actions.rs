//! Storing a chunk: read what is there, decide about each row, write all of it, in one transaction.

use std::collections::{HashMap, HashSet};

use super::{
    Report,
    claims::{Claims, Owners},
    plan::{FilmChange, NewFilm, Plan, StoredFilm, plan},
};
use crate::{
    catalog::{
        REBUILD_TAG,
        draft::{EditionDraft, FilmDraft},
        film_tag,
        import::{Problem, Row},
        queries::{
            loading::{
                add::{self, Product},
                change, names, read,
                shelves::{self, Place},
            },
            refresh_products,
        },
        sample::editions::{self, Edition},
        slug::slugify,
    },
    platform::{
        clock,
        db::{self, Conn, Database, Tx},
    },
};

/// So many changes of a run are announced one by one; with more, everything derived from films is built anew.
const TAGGED_CHANGES: u64 = 2_000;
/// Ids kept from chunk to chunk, so that people of many films are looked up once.
const KNOWN_PEOPLE: usize = 50_000;

/// What price history and stock ledger say of where an edition came from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    reason: &'static str,
    actor: &'static str,
}

/// Takes films into the shop, chunk by chunk.
#[derive(Debug)]
pub struct Loader {
    db: Database,
    dry_run: bool,
    origin: Origin,
    report: Report,
    claims: Claims,
    places: HashMap<String, Place>,
    studios: HashMap<String, u64>,
    people: HashMap<String, u64>,
}

/// Whether the shop has any film.
pub async fn has_films(db: &Database) -> Result<bool, sqlx::Error> {
    read::any_film(&mut db.conn().await?).await
}

/// The films that the shop does not have.
pub async fn missing(db: &Database, films: Vec<FilmDraft>) -> Result<Vec<FilmDraft>, sqlx::Error> {
    let mut known = HashSet::new();
    let mut conn = db.conn().await?;
    for films in films.chunks(super::CHUNK) {
        let slugs: Vec<&str> = films.iter().map(|film| film.slug.as_str()).collect();
        known.extend(read::known_slugs(&mut conn, &slugs).await?);
    }
    Ok(films.into_iter().filter(|film| !known.contains(&film.slug)).collect())
}

impl Loader {
    /// For rows of a file. With `dry_run` everything is decided and nothing stored.
    pub async fn import(db: Database, dry_run: bool) -> Result<Self, sqlx::Error> {
        Self::new(db, dry_run, Origin { reason: "import", actor: "import" }).await
    }

    /// For the first films of a shop.
    pub async fn seed(db: Database) -> Result<Self, sqlx::Error> {
        Self::new(db, false, Origin { reason: "initial", actor: "seed" }).await
    }

    async fn new(db: Database, dry_run: bool, origin: Origin) -> Result<Self, sqlx::Error> {
        let mut places = HashMap::new();
        if !dry_run {
            let mut tx = db.begin().await?;
            shelves::ensure(&mut tx).await?;
            places = shelves::places(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(Self {
            db,
            dry_run,
            origin,
            report: Report::default(),
            claims: Claims::default(),
            places,
            studios: HashMap::new(),
            people: HashMap::new(),
        })
    }

    pub const fn report(&self) -> Report {
        self.report
    }

    /// Counts rows that no film could be read from.
    pub fn refuse(&mut self, rows: u64) {
        self.report.refused += rows;
    }

    /// Takes a chunk of rows, whose slugs differ, and gives back what is wrong with those that were not taken.
    pub async fn take(&mut self, rows: Vec<Row>) -> Result<Vec<Vec<Problem>>, sqlx::Error> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        if self.dry_run {
            let mut conn = self.db.conn().await?;
            let (_, refused) = self.decide(&mut conn, rows, false).await?;
            return Ok(refused);
        }
        let mut tx = self.db.begin().await?;
        let (plans, refused) = self.decide(&mut tx, rows, true).await?;
        let Err(error) = self.store(tx, &plans).await else { return Ok(refused) };
        // Ids that were met in the lost transaction may be of rows that were lost with it.
        self.people.clear();
        self.studios.clear();
        if !db::is_unique_violation(&error) {
            return Err(error);
        }
        self.store_with_free_barcodes(plans).await?;
        Ok(refused)
    }

    async fn decide(
        &mut self,
        conn: &mut Conn,
        rows: Vec<Row>,
        lock: bool,
    ) -> Result<(Vec<Plan>, Vec<Vec<Problem>>), sqlx::Error> {
        let slugs: Vec<&str> = rows.iter().map(|row| row.film.slug.as_str()).collect();
        let stored = read::films(conn, &slugs, lock).await?;
        let owners = owners(conn, &rows).await?;
        let (mut plans, mut refused) = (Vec::new(), Vec::new());
        for row in rows {
            match self.decide_row(row, &stored, &owners) {
                Ok(Plan::Keep) => self.report.unchanged += 1,
                Ok(plan) => {
                    match plan {
                        Plan::Add(_) => self.report.added += 1,
                        _ => self.report.changed += 1,
                    }
                    plans.push(plan);
                }
                Err(problems) => {
                    self.report.refused += 1;
                    refused.push(problems);
                }
            }
        }
        Ok((plans, refused))
    }

    fn decide_row(
        &mut self,
        row: Row,
        stored: &HashMap<String, StoredFilm>,
        owners: &Owners,
    ) -> Result<Plan, Vec<Problem>> {
        self.claims.check(row.line, &row.film, owners)?;
        let (slug, codes) = (row.film.slug.clone(), row.film.editions.clone());
        let plan = plan(row, stored.get(&slug))?;
        self.claims.take(&slug, &codes);
        Ok(plan)
    }

    async fn store(&mut self, mut tx: Tx, plans: &[Plan]) -> Result<(), sqlx::Error> {
        let added: Vec<&NewFilm> =
            plans.iter().filter_map(|plan| if let Plan::Add(film) = plan { Some(film) } else { None }).collect();
        let changed: Vec<&FilmChange> =
            plans.iter().filter_map(|plan| if let Plan::Change(film) = plan { Some(film) } else { None }).collect();
        if added.is_empty() && changed.is_empty() {
            return tx.commit().await;
        }
        self.find_names(&mut tx, &added, &changed).await?;
        let mut ids = self.add(&mut tx, &added).await?;
        for film in &changed {
            self.change(&mut tx, film).await?;
            ids.push(film.id);
        }
        let editions: Vec<u64> = changed.iter().filter(|film| film.facts.is_none()).map(|film| film.id).collect();
        change::raise_versions(&mut tx, &editions).await?;
        ids.sort_unstable();
        refresh_products(&mut tx, &ids, clock::now()).await?;
        self.announce(&mut tx, &ids);
        tx.commit().await
    }

    /// Barcodes by rule have few digits, so that two of a very large shop may meet: the later edition goes without.
    async fn store_with_free_barcodes(&mut self, mut plans: Vec<Plan>) -> Result<(), sqlx::Error> {
        let mut tx = self.db.begin().await?;
        let mut seen: HashSet<String> = HashSet::new();
        let codes: Vec<&str> =
            plans.iter_mut().flat_map(new_editions).filter_map(|edition| edition.barcode.as_deref()).collect();
        let taken = read::barcode_owners(&mut tx, &codes).await?;
        for edition in plans.iter_mut().flat_map(new_editions) {
            let free = |code: &String| !taken.contains_key(code) && seen.insert(code.clone());
            edition.barcode = edition.barcode.take().filter(free);
        }
        self.store(tx, &plans).await
    }

    async fn find_names(
        &mut self,
        tx: &mut Tx,
        added: &[&NewFilm],
        changed: &[&FilmChange],
    ) -> Result<(), sqlx::Error> {
        if self.people.len() > KNOWN_PEOPLE {
            self.people.clear();
        }
        let facts = changed.iter().filter_map(|film| film.facts.as_ref());
        let films: Vec<&FilmDraft> = added.iter().map(|film| &film.film).chain(facts).collect();
        let mut unknown: HashMap<String, &str> = HashMap::new();
        for name in films.iter().flat_map(|film| film.directors.iter().chain(&film.cast)) {
            let slug = slugify(name);
            if !self.people.contains_key(&slug) {
                unknown.insert(slug, name);
            }
        }
        self.people.extend(names::people(tx, &unknown).await?);
        for name in films.iter().filter_map(|film| film.studio.as_ref()) {
            if !self.studios.contains_key(name) {
                let id = names::studio(tx, name).await?;
                self.studios.insert(name.clone(), id);
            }
        }
        Ok(())
    }

    async fn add(&self, tx: &mut Tx, added: &[&NewFilm]) -> Result<Vec<u64>, sqlx::Error> {
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let products: Vec<Product<'_>> = added
            .iter()
            .map(|new| Product { film: &new.film, studio: self.studio(&new.film), category: self.category(&new.film) })
            .collect();
        let ids = add::products(tx, &products).await?;
        // Every film of the statement has got an id.
        let films: Vec<(u64, &NewFilm)> =
            added.iter().filter_map(|new| Some((*ids.get(&new.film.slug)?, *new))).collect();
        let people: Vec<_> = films.iter().flat_map(|(id, new)| self.people_links(*id, &new.film)).collect();
        add::people(tx, &people).await?;
        let genres: Vec<_> = films.iter().flat_map(|(id, new)| self.genre_links(*id, &new.film)).collect();
        add::genres(tx, &genres).await?;
        let languages: Vec<_> = films.iter().map(|(id, new)| (*id, editions::languages(&new.film))).collect();
        add::languages(tx, &languages).await?;
        let editions: Vec<_> = films
            .iter()
            .flat_map(|(id, new)| (0..).zip(&new.editions).map(|(position, edition)| (*id, position, edition)))
            .collect();
        add::editions(tx, &editions).await?;
        let ids: Vec<u64> = films.iter().map(|(id, _)| *id).collect();
        add::books(tx, &ids, self.origin.reason, self.origin.actor).await?;
        Ok(ids)
    }

    async fn change(&self, tx: &mut Tx, film: &FilmChange) -> Result<(), sqlx::Error> {
        for edition in &film.editions {
            change::edition(tx, edition, self.origin.actor).await?;
        }
        if !film.added.is_empty() {
            let added: Vec<_> = film.added.iter().map(|(position, edition)| (film.id, *position, edition)).collect();
            add::editions(tx, &added).await?;
            add::books(tx, &[film.id], self.origin.reason, self.origin.actor).await?;
        }
        let Some(facts) = &film.facts else { return Ok(()) };
        let category = self.category(facts).filter(|_| film.genres);
        change::facts(tx, film.id, facts, self.studio(facts), category).await?;
        if film.people {
            change::forget_people(tx, film.id).await?;
            add::people(tx, &self.people_links(film.id, facts)).await?;
        }
        if film.genres {
            change::forget_genres(tx, film.id).await?;
            add::genres(tx, &self.genre_links(film.id, facts)).await?;
        }
        Ok(())
    }

    fn announce(&self, tx: &mut Tx, ids: &[u64]) {
        if self.report.added + self.report.changed > TAGGED_CHANGES {
            tx.touch(REBUILD_TAG);
        } else {
            for id in ids {
                tx.touch(film_tag(*id));
            }
        }
    }

    fn studio(&self, film: &FilmDraft) -> Option<u64> {
        self.studios.get(film.studio.as_ref()?).copied()
    }

    /// The shelf of the first genre.
    fn category(&self, film: &FilmDraft) -> Option<u64> {
        self.places.get(film.genres.first()?)?.category
    }

    fn people_links(&self, id: u64, film: &FilmDraft) -> Vec<(u64, &'static str, u8, u64)> {
        let role = |role: &'static str, names: &[String]| {
            let people: Vec<_> = (0..)
                .zip(names)
                .filter_map(|(position, name)| Some((id, role, position, *self.people.get(&slugify(name))?)))
                .collect();
            people
        };
        [role("director", &film.directors), role("cast", &film.cast)].concat()
    }

    fn genre_links(&self, id: u64, film: &FilmDraft) -> Vec<(u64, u8, Place)> {
        let place = |(position, slug): (u8, &String)| Some((id, position, *self.places.get(slug)?));
        (0..).zip(&film.genres).filter_map(place).collect()
    }
}

/// Who has the codes that these rows name.
async fn owners(conn: &mut Conn, rows: &[Row]) -> Result<Owners, sqlx::Error> {
    fn named(rows: &[Row], code: fn(&EditionDraft) -> Option<&str>) -> Vec<&str> {
        rows.iter().flat_map(|row| row.film.editions.iter().filter_map(code)).collect()
    }
    Ok(Owners {
        skus: read::sku_owners(conn, &named(rows, |edition| edition.sku.as_deref())).await?,
        barcodes: read::barcode_owners(conn, &named(rows, |edition| edition.barcode.as_deref())).await?,
    })
}

fn new_editions(plan: &mut Plan) -> Vec<&mut Edition> {
    match plan {
        Plan::Add(new) => new.editions.iter_mut().collect(),
        Plan::Change(change) => change.added.iter_mut().map(|(_, edition)| edition).collect(),
        Plan::Keep => Vec::new(),
    }
}
