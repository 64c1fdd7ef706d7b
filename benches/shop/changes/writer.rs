//! Who changes the price: this process, which the nodes know nothing of, and imports that are killed.

use std::{
    fs,
    net::TcpListener,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use marquee::{
    catalog::{
        actions,
        queries::{self, EditionRow, FilmRow, Prices},
    },
    platform::{changes, clock, db::Database, redis::Redis},
};

use crate::{
    addresses::film_slugs,
    http::Visitor,
    process::Process,
    session::{FULL, PAGE, Session},
    shop::Program,
};

/// What the film costs at first; each change adds a cent. No other film is that dear, so that the number cannot be
/// another one on the page.
const FIRST_PRICE: i64 = 70_000;
pub const PRICES: std::ops::Range<i64> = FIRST_PRICE..FIRST_PRICE + 10_000;
/// What its other editions cost, so that cards show the one that is changed.
const DEARER: i64 = 99_999;
/// The longest pause between two changes.
const PAUSE_MILLIS: u64 = 50;
/// Every so many changes: nobody is told, listening connections are killed, an import is killed.
const SILENT_EVERY: u32 = 7;
const CUT_EVERY: u32 = 25;
const KILL_EVERY: u32 = 100;

/// When each change was committed, the first one before all others.
#[derive(Debug, Default)]
pub struct History {
    pub commits: Vec<Instant>,
    pub silent: u32,
    pub killed: u32,
    pub cut: u32,
}

/// Changes the price of one edition of one film.
pub struct Writer {
    url: String,
    db: Database,
    redis: Arc<Redis>,
    program: Program,
    file: PathBuf,
    film: FilmRow,
    edition: EditionRow,
}

pub fn price_of(change: u32) -> i64 {
    FIRST_PRICE + i64::from(change)
}

impl Writer {
    /// Takes the first film of the list that can be bought.
    pub async fn prepare(session: &Session, port: u16) -> anyhow::Result<Self> {
        let db = Database::connect_lazy(&session.database_url, 1)?;
        let list = Visitor::arrive(port).await?.get(PAGE).await?.text();
        let (film, editions) = film_to_change(&db, &film_slugs(&list)).await?;
        let [edition, others @ ..] = &editions[..] else { anyhow::bail!("the film has no edition") };
        for other in others {
            set_price(&db, other.id, DEARER).await?;
        }
        Ok(Self {
            url: session.database_url.clone(),
            redis: Arc::new(Redis::new(&session.program.redis_url, &format!("bench-{FULL}"))?),
            program: session.program.clone(),
            file: session.folder.join("price.csv"),
            film,
            edition: edition.clone(),
            db,
        })
    }

    pub fn film_page(&self) -> String {
        format!("/films/{}", self.film.slug)
    }

    /// Commits, tells the nodes, and gives the time between the two.
    pub async fn change(&self, change: u32) -> anyhow::Result<Instant> {
        let committed = self.commit(change).await?;
        changes::tell(&self.redis).await;
        Ok(committed)
    }

    /// Makes all changes after the first on a thread and a runtime of their own, where nobody delays the clock.
    pub fn make_changes(mut self, first: Instant, changes: u32) -> anyhow::Result<History> {
        let write = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                // Connections belong to the runtime that made them.
                self.db = Database::connect_lazy(&self.url, 1)?;
                self.redis = Arc::new(Redis::new(&self.program.redis_url, self.redis.prefix())?);
                self.make(first, changes).await
            })
        };
        std::thread::spawn(write).join().map_err(|_| anyhow::anyhow!("the writer panicked"))?
    }

    async fn make(&self, first: Instant, changes: u32) -> anyhow::Result<History> {
        let mut history = History { commits: vec![first], ..History::default() };
        for change in 1..=changes {
            let committed = if change % KILL_EVERY == 0 {
                history.killed += 1;
                self.import_and_kill(change).await?
            } else if change % SILENT_EVERY == 0 {
                history.silent += 1;
                self.commit(change).await?
            } else {
                self.change(change).await?
            };
            history.commits.push(committed);
            if change % CUT_EVERY == 0 {
                history.cut += 1;
                self.cut_listeners().await?;
            }
            tokio::time::sleep(Duration::from_millis(rand::random_range(0..=PAUSE_MILLIS))).await;
        }
        Ok(history)
    }

    async fn commit(&self, change: u32) -> anyhow::Result<Instant> {
        set_price(&self.db, self.edition.id, price_of(change)).await
    }

    /// An import that dies after its commit and before it tells anybody. The Redis that it knows takes connections and
    /// says nothing, so that it is still about to tell when the signal comes. The commit was at most one look earlier
    /// than is said.
    async fn import_and_kill(&self, change: u32) -> anyhow::Result<Instant> {
        let silent = TcpListener::bind("127.0.0.1:0")?;
        self.write_file(price_of(change))?;
        let mut command = self.program.command(&self.url);
        command.env("REDIS_URL", format!("redis://{}/", silent.local_addr()?)).arg("import").arg(&self.file);
        let mut import = Process::start(&mut command)?;
        while self.price().await? != price_of(change) {
            anyhow::ensure!(!import.has_ended(), "the import ended without a change");
        }
        let committed = Instant::now();
        let status = import.kill()?;
        anyhow::ensure!(status.signal().is_some(), "the import ended before it was killed");
        Ok(committed)
    }

    fn write_file(&self, price: i64) -> anyhow::Result<()> {
        let FilmRow { slug, year, title_en, .. } = &self.film;
        let title = title_en.as_deref().context("the film has no title")?.replace('"', "\"\"");
        let (format, sku) = (self.edition.format.word(), &self.edition.sku);
        let (whole, cents) = (price / 100, price % 100);
        fs::write(
            &self.file,
            format!(
                "slug,title,year,{format}_sku,{format}_price\n{slug},\"{title}\",{year},{sku},{whole}.{cents:02}\n"
            ),
        )?;
        Ok(())
    }

    async fn price(&self) -> anyhow::Result<i64> {
        let mut conn = self.db.conn().await?;
        let edition = queries::edition_by_sku(&mut conn, &self.edition.sku).await?;
        let (edition, _) = edition.context("the edition is gone")?;
        Ok(edition.price_minor)
    }

    /// Kills the connections on which nodes hear of changes.
    async fn cut_listeners(&self) -> anyhow::Result<()> {
        let mut kill = redis::cmd("CLIENT");
        kill.arg("KILL").arg("TYPE").arg("pubsub");
        let mut redis =
            redis::Client::open(self.program.redis_url.as_str())?.get_multiplexed_async_connection().await?;
        kill.query_async::<()>(&mut redis).await.context("connections that listen could not be killed")
    }
}

async fn film_to_change(db: &Database, slugs: &[String]) -> anyhow::Result<(FilmRow, Vec<EditionRow>)> {
    let mut conn = db.conn().await?;
    for slug in slugs {
        let Some(film) = queries::film_at(&mut conn, slug).await? else { continue };
        let mut editions = queries::editions_of(&mut conn, film.id).await?;
        if let Some(at) = editions.iter().position(|edition| edition.purchasable() > 0) {
            editions.swap(0, at);
            return Ok((film, editions));
        }
    }
    anyhow::bail!("no film can be bought")
}

/// Sets a price as the shop's own people do, and gives the time right after the commit.
async fn set_price(db: &Database, edition: u64, price_minor: i64) -> anyhow::Result<Instant> {
    let mut tx = db.begin().await?;
    let prices = Prices { price_minor, sale_price_minor: None, sale_from: None, sale_to: None };
    actions::set_prices(&mut tx, edition, prices, "bench", clock::now()).await?;
    tx.commit().await?;
    Ok(Instant::now())
}
