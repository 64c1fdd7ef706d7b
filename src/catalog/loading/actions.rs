//! Taking a chunk: read what is there, decide about each row, and write all of it in one transaction.

use std::collections::{HashMap, HashSet};

use tokio::task::JoinSet;

use super::{
    Report,
    claims::{Claims, Owners},
    plan::{Plan, StoredFilm, plan},
    resolve::Directory,
    store::{Origin, Work, store},
};
use crate::{
    catalog::{
        draft::{EditionDraft, FilmDraft},
        import::{Problem, Row},
        queries::loading::read,
        sample::editions::Edition,
    },
    platform::db::{self, Conn, Database, Tx},
};

/// So many changes of a run are announced one by one; with more, everything derived from films is built anew.
const TAGGED_CHANGES: u64 = 2_000;
/// Chunks being written at the same time: the server writes some while others are on their way to it.
const WRITERS: u32 = 4;
/// Connections that a [`Loader`] needs: one a writer, one for the chunk at hand and one for its people and studios.
pub const CONNECTIONS: u32 = WRITERS + 2;
/// A chunk that lost against another transaction is written again this often.
const ATTEMPTS: u32 = 5;

/// Takes films into the shop, chunk by chunk. Call [`Self::finish`] after the last.
#[derive(Debug)]
pub struct Loader {
    db: Database,
    /// Nothing is written without one.
    directory: Option<Directory>,
    origin: Origin,
    report: Report,
    claims: Claims,
    writing: JoinSet<Result<(), sqlx::Error>>,
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
        let mut directory = None;
        if !dry_run {
            let mut tx = db.begin().await?;
            directory = Some(Directory::open(&mut tx).await?);
            tx.commit().await?;
        }
        Ok(Self {
            db,
            directory,
            origin,
            report: Report::default(),
            claims: Claims::default(),
            writing: JoinSet::new(),
        })
    }

    pub const fn report(&self) -> Report {
        self.report
    }

    /// Counts rows that no film could be read from.
    pub fn refuse(&mut self, rows: u64) {
        self.report.refused += rows;
    }

    /// Takes a chunk of rows, whose slugs no other chunk has, and gives back what is wrong with those that were not
    /// taken. The chunk may still be on its way to the database afterwards.
    pub async fn take(&mut self, rows: Vec<Row>) -> Result<Vec<Vec<Problem>>, sqlx::Error> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        if self.directory.is_none() {
            let mut conn = self.db.conn().await?;
            return Ok(self.decide(&mut conn, rows, false).await?.1);
        }
        let mut tx = self.db.begin().await?;
        let (plans, refused) = self.decide(&mut tx, rows, true).await?;
        if !plans.is_empty() {
            self.write(tx, plans).await?;
        }
        Ok(refused)
    }

    /// Waits for the chunks that are on their way.
    pub async fn finish(mut self) -> Result<Report, sqlx::Error> {
        while self.wait().await? {}
        Ok(self.report)
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

    /// People and studios are made at once and for good: a name without a film is no page, and two chunks may share it.
    async fn write(&mut self, tx: Tx, plans: Vec<Plan>) -> Result<(), sqlx::Error> {
        let Some(directory) = &mut self.directory else { return Ok(()) };
        directory.learn(&mut self.db.conn().await?, &plans).await?;
        let plans = plans.into_iter().map(|plan| (directory.links(&plan), plan)).map(|(links, plan)| (plan, links));
        let rebuild = self.report.added + self.report.changed > TAGGED_CHANGES;
        let work = Work { plans: plans.collect(), origin: self.origin, rebuild };
        while self.writing.len() >= WRITERS as usize {
            self.wait().await?;
        }
        self.writing.spawn(write_until_stored(self.db.clone(), tx, work));
        Ok(())
    }

    /// Waits for one chunk; false when none is on its way.
    async fn wait(&mut self) -> Result<bool, sqlx::Error> {
        match self.writing.join_next().await {
            None => Ok(false),
            Some(Ok(stored)) => stored.map(|()| true),
            Some(Err(failure)) => Err(sqlx::Error::Io(failure.into())),
        }
    }
}

async fn write_until_stored(db: Database, tx: Tx, mut work: Work) -> Result<(), sqlx::Error> {
    let mut result = store(tx, &work).await;
    for _ in 1..ATTEMPTS {
        match &result {
            Err(error) if work.is_repeatable() && db::is_retryable(error) => {}
            Err(error) if work.is_repeatable() && db::is_unique_violation(error) => {
                free_barcodes(&mut db.conn().await?, &mut work).await?;
            }
            _ => return result,
        }
        result = store(db.begin().await?, &work).await;
    }
    result
}

/// Barcodes by rule have few digits, so that two of a very large shop may meet: the later edition goes without.
async fn free_barcodes(conn: &mut Conn, work: &mut Work) -> Result<(), sqlx::Error> {
    let mut seen: HashSet<String> = HashSet::new();
    let codes = work.plans.iter_mut().flat_map(|(plan, _)| new_editions(plan));
    let codes: Vec<String> = codes.filter_map(|edition| edition.barcode.clone()).collect();
    let taken = read::barcode_owners(conn, &codes.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    for edition in work.plans.iter_mut().flat_map(|(plan, _)| new_editions(plan)) {
        let free = |code: &String| !taken.contains_key(code) && seen.insert(code.clone());
        edition.barcode = edition.barcode.take().filter(free);
    }
    Ok(())
}

fn new_editions(plan: &mut Plan) -> Vec<&mut Edition> {
    match plan {
        Plan::Add(new) => new.editions.iter_mut().collect(),
        Plan::Change(change) => change.added.iter_mut().map(|(_, edition)| edition).collect(),
        Plan::Keep => Vec::new(),
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
