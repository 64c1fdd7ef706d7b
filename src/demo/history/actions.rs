//! Writing a past: the customers, then their orders chunk by chunk, then what films show of them.

use std::sync::Arc;

use time::OffsetDateTime;
use tokio::task::JoinSet;

use super::{
    calendar::Calendar,
    customers::{Customer, Customers},
    dice,
    draft::{Counter, Draft, midnight},
    kind, ledger,
    opinions::{Opinion, Opinions},
    queries::{self, LastIds, Words},
    shelf::Shelf,
};
use crate::{
    catalog::{
        REBUILD_TAG,
        posters::Rendering,
        queries::{FilmRow, films, refresh_products},
    },
    orders::invoice::issue_past,
    platform::{
        clock,
        db::{self, Database},
        i18n::Lang,
    },
    settings::Settings,
};

/// Orders that are stored together.
const CHUNK: u64 = 500;
/// Chunks on their way at the same time.
const WRITERS: u32 = 4;
/// Connections that a [`History`] needs.
pub const CONNECTIONS: u32 = WRITERS + 1;
/// A chunk that lost against another transaction is written again this often.
const ATTEMPTS: u32 = 5;
/// Customers that are made at once.
const CUSTOMERS: u64 = 1_000;
/// Lines of the ledger that one statement goes over.
const OPENED: u64 = 10_000;
/// Invoices of one transaction.
const INVOICED: usize = 500;
/// Films whose columns one transaction computes.
const SETTLED: usize = 100;

/// Why there will be no past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The shop has orders already; a past goes into a shop without any.")]
    HasOrders,
    #[error("The shop has no films to sell; marquee seed brings some.")]
    NothingToSell,
}

/// A past that can be written.
#[derive(Debug)]
pub struct History {
    db: Database,
    counter: Arc<Counter>,
    last: LastIds,
}

/// Orders with all that belongs to them; rows of a table have ids that follow each other.
#[derive(Debug)]
pub struct Chunk {
    pub first_order: u64,
    pub first_line: u64,
    pub first_event: u64,
    pub first_entry: u64,
    pub first_opinion: u64,
    pub drafts: Vec<Draft>,
    pub entries: Vec<ledger::Entry>,
    pub opinions: Vec<Opinion>,
}

impl History {
    /// Reads what the shop sells and prepares a past of so many orders until the midnight before `now`.
    pub async fn prepare(
        db: &Database,
        (seed, orders): (u64, u64),
        now: OffsetDateTime,
    ) -> anyhow::Result<Result<Self, Refusal>> {
        let mut conn = db.conn().await?;
        if queries::has_orders(&mut conn).await? {
            return Ok(Err(Refusal::HasOrders));
        }
        let (settings, last) = (Settings::load(&mut conn).await?, queries::last_ids(&mut conn).await?);
        let until = midnight(now, settings.zone);
        let shelf = Shelf::read(&mut conn, last.products, until).await?;
        if shelf.is_empty() {
            return Ok(Err(Refusal::NothingToSell));
        }
        let calendar = Calendar::until(until);
        let (count, first_id) = (Customers::count_for(orders), last.clients + 1);
        let customers = Customers { seed, count, first_id, start: calendar.start(), until };
        let counter = Counter { seed, orders, settings, shelf, calendar, customers, until };
        Ok(Ok(Self { db: db.clone(), counter: Arc::new(counter), last }))
    }

    /// Writes all orders and whoever placed them. `done` hears how many are on their way.
    pub async fn write(&self, mut done: impl FnMut(u64)) -> anyhow::Result<()> {
        self.register().await?;
        self.open_shelves().await?;
        let (mut writing, mut opinions) = (JoinSet::new(), Opinions::default());
        let mut next = self.first_chunk();
        for place in (0..self.counter.orders).step_by(usize::try_from(CHUNK)?) {
            let chunk = self.fill(next, place, &mut opinions);
            next = chunk.next();
            while writing.len() >= WRITERS as usize {
                wait(&mut writing).await?;
            }
            writing.spawn(store(self.db.clone(), Arc::clone(&self.counter), chunk));
            done(place);
        }
        while wait(&mut writing).await? {}
        done(self.counter.orders);
        Ok(())
    }

    /// The orders of which the sale was certain, and since when, the earliest first.
    pub async fn sales(&self) -> sqlx::Result<Vec<(u64, OffsetDateTime)>> {
        queries::certain_sales(&mut self.db.conn().await?).await
    }

    /// Issues the invoices of sales in their order. `done` hears of how many.
    pub async fn invoice(&self, sales: &[(u64, OffsetDateTime)], mut done: impl FnMut(u64)) -> sqlx::Result<()> {
        for (at, some) in sales.chunks(INVOICED).enumerate() {
            let mut tx = self.db.begin().await?;
            issue_past(&mut tx, some).await?;
            tx.commit().await?;
            done((at * INVOICED + some.len()) as u64);
        }
        Ok(())
    }

    /// How many films have something to show of a past.
    pub fn films(&self) -> u64 {
        self.counter.shelf.products().len() as u64
    }

    /// Brings what films show of their sales and reviews up to date. `done` hears of how many.
    pub async fn settle(&self, mut done: impl FnMut(u64)) -> sqlx::Result<()> {
        let products = self.counter.shelf.products();
        for (at, products) in products.chunks(SETTLED).enumerate() {
            let mut tx = self.db.begin().await?;
            queries::count_sold(&mut tx, products).await?;
            refresh_products(&mut tx, products, clock::now()).await?;
            tx.commit().await?;
            done((at * SETTLED + products.len()) as u64);
        }
        let mut tx = self.db.begin().await?;
        tx.touch(REBUILD_TAG);
        tx.commit().await
    }

    /// All customers in one transaction: their orders may come in any order then.
    async fn register(&self) -> sqlx::Result<()> {
        let Counter { customers, calendar, seed, .. } = &*self.counter;
        let mut tx = self.db.begin().await?;
        for first in (0..customers.count).step_by(usize::try_from(CUSTOMERS).unwrap_or(1)) {
            let numbers = first..customers.count.min(first + CUSTOMERS);
            let registered = numbers.map(|number| {
                let at = calendar.moment(number, customers.count, &mut dice(*seed, kind::REGISTRATION, number));
                (customers.at(number), at)
            });
            let registered: Vec<(Customer, OffsetDateTime)> = registered.collect();
            queries::insert_customers(&mut tx, &registered).await?;
        }
        tx.commit().await
    }

    /// What editions came with was there before the first order.
    async fn open_shelves(&self) -> sqlx::Result<()> {
        let start = self.counter.calendar.start();
        let mut conn = self.db.conn().await?;
        for after in (0..self.last.movements).step_by(usize::try_from(OPENED).unwrap_or(1)) {
            queries::open_shelves(&mut conn, (after, after + OPENED), start).await?;
        }
        Ok(())
    }

    const fn first_chunk(&self) -> Chunk {
        Chunk {
            first_order: self.last.orders + 1,
            first_line: self.last.lines + 1,
            first_event: self.last.events + 1,
            first_entry: self.last.movements + 1,
            first_opinion: self.last.reviews + 1,
            drafts: Vec::new(),
            entries: Vec::new(),
            opinions: Vec::new(),
        }
    }

    /// The orders from a place on, with ids from those of `empty` on.
    fn fill(&self, empty: Chunk, place: u64, opinions: &mut Opinions) -> Chunk {
        let places = place..self.counter.orders.min(place + CHUNK);
        let drafts: Vec<Draft> = places.clone().map(|place| self.counter.order(place)).collect();
        let first_lines = drafts.iter().scan(empty.first_line, |line, draft| {
            let first = *line;
            *line += draft.lines.len() as u64;
            Some(first)
        });
        let flows = drafts.iter().zip(first_lines).flat_map(|(draft, first_line)| draft.flows(first_line)).collect();
        let said =
            drafts.iter().zip(places).flat_map(|(draft, place)| opinions.of(draft, place, &self.counter.customers));
        Chunk { entries: ledger::entries(flows), opinions: said.collect(), drafts, ..empty }
    }
}

impl Chunk {
    fn lines(&self) -> u64 {
        self.drafts.iter().map(|draft| draft.lines.len() as u64).sum()
    }

    fn events(&self) -> u64 {
        self.drafts.iter().map(|draft| draft.course.events.len() as u64).sum()
    }

    /// An empty one for what comes after it.
    fn next(&self) -> Self {
        Self {
            first_order: self.first_order + self.drafts.len() as u64,
            first_line: self.first_line + self.lines(),
            first_event: self.first_event + self.events(),
            first_entry: self.first_entry + self.entries.len() as u64,
            first_opinion: self.first_opinion + self.opinions.len() as u64,
            drafts: Vec::new(),
            entries: Vec::new(),
            opinions: Vec::new(),
        }
    }
}

/// Waits for one chunk; false when none is on its way.
async fn wait(writing: &mut JoinSet<sqlx::Result<()>>) -> anyhow::Result<bool> {
    let Some(stored) = writing.join_next().await else { return Ok(false) };
    stored??;
    Ok(true)
}

async fn store(db: Database, counter: Arc<Counter>, chunk: Chunk) -> sqlx::Result<()> {
    let words = words(&db, &chunk).await?;
    let mut attempt = 1;
    loop {
        match attempt_to_store(&db, &counter.settings, &chunk, &words).await {
            Err(error) if db::is_retryable(&error) && attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

async fn attempt_to_store(db: &Database, settings: &Settings, chunk: &Chunk, words: &Words) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    queries::insert_orders(&mut tx, chunk, settings).await?;
    queries::insert_lines(&mut tx, chunk, words).await?;
    queries::insert_events(&mut tx, chunk).await?;
    let carrier = settings.carriers.first().map_or("", |carrier| &carrier.name);
    queries::insert_parcels(&mut tx, chunk, carrier).await?;
    queries::insert_entries(&mut tx, chunk).await?;
    queries::insert_opinions(&mut tx, chunk).await?;
    queries::insert_voices(&mut tx, chunk).await?;
    tx.commit().await
}

/// How the films of a chunk are called and what they look like.
async fn words(db: &Database, chunk: &Chunk) -> sqlx::Result<Words> {
    let mut ids: Vec<u64> =
        chunk.drafts.iter().flat_map(|draft| draft.lines.iter().map(|line| line.edition.product_id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut words = Words::new();
    let mut conn = db.conn().await?;
    for ids in ids.chunks(crate::catalog::loading::CHUNK) {
        for film in films(&mut conn, ids).await? {
            words.extend(Lang::ALL.iter().map(|lang| ((film.id, lang.code()), words_of(&film, *lang))));
        }
    }
    Ok(words)
}

fn words_of(film: &FilmRow, lang: Lang) -> (String, String) {
    (film.title(lang).text, Rendering::Svg.path(&film.slug, &film.poster(lang)))
}
