//! What is wrong with the shop, and what to do about it.
//!
//! A check looks and changes nothing. Each finding names the row or the setting and the next command. What follows from
//! other rows can be mended on demand; what only a person can decide is never touched.

mod actions;
mod books;
pub mod certificate;
mod config;
mod host;
mod queries;
pub mod runs;
mod schema;
mod server;

use serde::{Deserialize, Serialize};

use crate::{
    messages::Post,
    platform::{
        config::Config,
        db::{Conn, Database},
        redis::Redis,
    },
};

pub use actions::mend;
pub use books::{BOOKS, Book};
pub use host::{Room, room};
pub use queries::schema as read_schema;
pub use schema::EXPECTED;

/// A shop that is looked at. Nothing of it has to work.
pub struct Patient {
    pub config: Config,
    pub db: Database,
    pub redis: Redis,
    pub post: Post,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub what: String,
    /// What to do, as a command or a setting where there is one.
    pub next: String,
    /// The shop works, and would be better off with it.
    pub is_advice: bool,
    #[serde(skip)]
    pub mend: Option<Mend>,
}

/// A number that follows from other rows, with the row that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// The stock of an edition is the sum of its ledger.
    Stock(u64),
    /// What a film says of its editions and reviews.
    Film(u64),
    /// What was sold of a film.
    Sold(u64),
    /// The votes on a review.
    Votes(u64),
    /// How much of an order's line went out in parcels.
    Parcels(u64),
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// With what was seen.
    Fine(String),
    Found(Vec<Finding>),
    /// It could not be made, since something before it failed.
    Skipped,
}

/// Something to look at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    Config,
    Server,
    Schema,
    Book(&'static Book),
    Redis,
    Queue,
    Mail,
    Disk,
    Certificate,
}

impl Finding {
    fn wrong(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into(), is_advice: false, mend: None }
    }

    fn advice(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { is_advice: true, ..Self::wrong(what, next) }
    }
}

impl Outcome {
    /// Fine where nothing was found.
    fn of(findings: Vec<Finding>, seen: impl Into<String>) -> Self {
        if findings.is_empty() { Self::Fine(seen.into()) } else { Self::Found(findings) }
    }

    fn wrong(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self::Found(vec![Finding::wrong(what, next)])
    }
}

impl Check {
    /// All checks, in the order in which they are made: what others rest on comes first.
    pub fn all() -> impl Iterator<Item = Self> {
        let books = BOOKS.iter().map(Self::Book);
        [Self::Config, Self::Server, Self::Schema].into_iter().chain(books).chain([
            Self::Queue,
            Self::Redis,
            Self::Mail,
            Self::Disk,
            Self::Certificate,
        ])
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "configuration",
            Self::Server => "database",
            Self::Schema => "schema",
            Self::Book(book) => book.name,
            Self::Redis => "redis",
            Self::Queue => "queue",
            Self::Mail => "mail",
            Self::Disk => "disk",
            Self::Certificate => "certificate",
        }
    }
}

impl Patient {
    pub fn new(config: Config) -> anyhow::Result<Self> {
        let db = Database::connect_lazy(config.database_url.expose(), config.database_pool)?;
        let redis = Redis::new(config.redis_url.expose(), &config.redis_prefix)?;
        let post = Post::new(&config.messages)?;
        Ok(Self { config, db, redis, post })
    }

    /// Makes every check, and tells of each as soon as it is made. Returns all that was found.
    pub async fn examine(&self, mut tell: impl FnMut(Check, &Outcome)) -> Vec<Finding> {
        let (mut found, mut examination) = (Vec::new(), self.examination());
        while let Some((check, outcome)) = examination.next().await {
            tell(check, &outcome);
            if let Outcome::Found(findings) = outcome {
                found.extend(findings);
            }
        }
        found
    }

    /// The same step by step.
    pub fn examination(&self) -> Examination<'_> {
        Examination { patient: self, left: Check::all().collect::<Vec<_>>().into_iter(), has_database: true }
    }

    async fn with_database(&self, check: Check) -> anyhow::Result<Outcome> {
        let mut conn = self.db.conn().await?;
        self.on(&mut conn, check).await
    }

    async fn on(&self, conn: &mut Conn, check: Check) -> anyhow::Result<Outcome> {
        Ok(match check {
            Check::Server => server::check(conn, &self.config).await?,
            Check::Schema => schema::check(&self.db, conn).await?,
            Check::Book(book) => book.check(conn).await?,
            _ => host::check_queue(conn).await?,
        })
    }
}

/// Checks of a shop, one after the other.
pub struct Examination<'p> {
    patient: &'p Patient,
    left: std::vec::IntoIter<Check>,
    /// Whether what rests on the database is worth a look.
    has_database: bool,
}

impl Examination<'_> {
    /// Makes the next check; none when all are made.
    pub async fn next(&mut self) -> Option<(Check, Outcome)> {
        let check = self.left.next()?;
        let outcome = self.make(check).await;
        if let (Check::Schema, Outcome::Found(findings)) = (check, &outcome) {
            self.has_database &= findings.iter().all(|finding| finding.is_advice);
        }
        Some((check, outcome))
    }

    async fn make(&mut self, check: Check) -> Outcome {
        let patient = self.patient;
        match check {
            Check::Config => config::check(&patient.config),
            Check::Redis => host::check_redis(patient).await,
            Check::Mail => host::check_mail(patient).await,
            Check::Disk => host::check_disk(&patient.config),
            Check::Certificate => certificate::check(&patient.config),
            _ if !self.has_database => Outcome::Skipped,
            check => match patient.with_database(check).await {
                Ok(outcome) => outcome,
                Err(error) => {
                    self.has_database &= !matches!(check, Check::Server | Check::Schema);
                    Outcome::wrong(format!("{error:#}"), "see that DATABASE_URL names a server that runs")
                }
            },
        }
    }
}
