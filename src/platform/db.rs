//! The database: one pool, and connections that every statement passes through.
//!
//! Query functions take `&mut Conn`. A `Conn` is a pooled connection that counts and times what it runs in the
//! [`Meter`] of the request, so that the number in `Server-Timing` cannot miss a statement. A change of several
//! statements runs in a [`Tx`], which is a `Conn` too, and whose tags are stored with it.

mod meter;
mod shelf;

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
    task::Poll,
    time::Duration,
};

use futures_util::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use sqlx::{
    ConnectOptions, Either, Executor, MySql, MySqlPool, SqlStr,
    error::ErrorKind,
    mysql::{MySqlConnectOptions, MySqlPoolOptions, MySqlQueryResult, MySqlRow, MySqlStatement, MySqlTypeInfo},
};

pub use self::{meter::Meter, shelf::Lending};
use self::{
    meter::{Asked, Stopwatch},
    shelf::{Lent, Shelf},
};
use super::{bell::Bell, changes::Changes, slow};

/// The collation of every text column, and of the connection, so that literals compare alike on every server.
pub const COLLATION: &str = "utf8mb4_unicode_520_ci";

/// Nobody waits longer for a connection.
const PATIENCE: Duration = Duration::from_secs(3);
/// A connection is used for so long at most.
const LIFE: Duration = Duration::from_mins(30);
/// A connection that nobody used for longer is doubtful.
const FRESH: Duration = Duration::from_secs(30);

/// The pool, seen by one request (or by one background task): what it lends counts in that one's meter.
#[derive(Clone, Debug)]
pub struct Database {
    shelf: Arc<Shelf>,
    meter: Arc<Meter>,
    changes: Arc<Changes>,
    jobs: Arc<Bell>,
    slow: Arc<slow::Watch>,
}

impl Database {
    /// A pool for `url`. No connection is made yet, so that the shop can start before its database does.
    pub fn connect_lazy(url: &str, size: u32) -> Result<Self, sqlx::Error> {
        Ok(Self::from_pool(pool_options(size).connect_lazy_with(connect_options(url)?)))
    }

    pub fn from_pool(pool: MySqlPool) -> Self {
        let shelf = Arc::new(Shelf::new(pool));
        Self { shelf, meter: Arc::default(), changes: Arc::default(), jobs: Arc::default(), slow: Arc::default() }
    }

    /// Another pool on the same database: its users neither wait for those of this one nor keep connections from them.
    /// What they change is heard alike.
    pub fn beside(&self, url: &str, size: u32) -> Result<Self, sqlx::Error> {
        let pool = pool_options(size).connect_lazy_with(connect_options(url)?);
        Ok(Self { shelf: Arc::new(Shelf::new(pool)), meter: Arc::default(), ..self.clone() })
    }

    /// The same pool, counting in `meter`.
    pub fn metered(&self, meter: Arc<Meter>) -> Self {
        Self { meter, ..self.clone() }
    }

    /// A connection of the pool, given back when dropped.
    pub async fn conn(&self) -> Result<Conn, sqlx::Error> {
        let (meter, slow) = (Arc::clone(&self.meter), Arc::clone(&self.slow));
        Ok(Conn { lent: self.shelf.lend().await?, meter, slow })
    }

    /// A transaction on a connection of its own. A request that holds a [`Conn`] gives it back first: one connection a
    /// request is the rule that keeps the pool from waiting for itself.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        let mut conn = self.conn().await?;
        conn.lent.begin().await?;
        let (changes, jobs) = (Arc::clone(&self.changes), Arc::clone(&self.jobs));
        Ok(Tx { conn, tags: Vec::new(), has_jobs: false, changes, jobs })
    }

    /// What was announced of changes of this database.
    pub fn changes(&self) -> &Arc<Changes> {
        &self.changes
    }

    /// Rings when a transaction of this process has left work behind.
    pub fn jobs(&self) -> &Arc<Bell> {
        &self.jobs
    }

    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// What took long.
    pub fn slow(&self) -> &slow::Watch {
        &self.slow
    }

    pub fn lending(&self) -> Lending {
        self.shelf.lending()
    }

    pub async fn close(&self) {
        self.shelf.close().await;
    }
}

/// Connection settings shared by the pool and by those who need a connection of their own.
pub fn connect_options(url: &str) -> Result<MySqlConnectOptions, sqlx::Error> {
    Ok(url.parse::<MySqlConnectOptions>()?.charset("utf8mb4").collation(COLLATION).disable_statement_logging())
}

fn pool_options(size: u32) -> MySqlPoolOptions {
    MySqlPoolOptions::new()
        .max_connections(size)
        .min_connections(size.min(2))
        .acquire_timeout(PATIENCE)
        .max_lifetime(LIFE)
        .idle_timeout(Duration::from_mins(10))
        // A ping on every acquire costs a round trip a request; only long idle connections are doubtful. What the pool
        // asks when it is given one back, the shelf spares it.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > FRESH {
                    return Ok(sqlx::Connection::ping(conn).await.is_ok());
                }
                Ok(true)
            })
        })
        // Guarded updates decide under READ COMMITTED; REPEATABLE READ would only add gap locks.
        .after_connect(|conn, _| {
            Box::pin(async move {
                conn.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
                // By default MySQL cuts what GROUP_CONCAT puts together after 1,024 bytes. Packets of 16 MiB are what MariaDB
                // takes by default.
                conn.execute("SET SESSION group_concat_max_len = 16777216").await?;
                Ok(())
            })
        })
}

/// A connection that counts and times what it runs. Here, and nowhere else, every statement of the shop passes by.
pub struct Conn {
    lent: Lent,
    meter: Arc<Meter>,
    slow: Arc<slow::Watch>,
}

impl Conn {
    fn start<'q>(&self, query: impl sqlx::Execute<'q, MySql>) -> (Stopwatch, Asked) {
        let asked = Asked::of(query);
        (Stopwatch::start(&self.meter, &self.slow, asked.sql()), asked)
    }

    /// Takes a lock that every node of this shop sees, unless somebody has it. It belongs to the connection, so whoever
    /// took it gives it back on the same one. A lock's name has 64 characters at most, hence the digest.
    pub async fn try_named_lock(&mut self, name: &str) -> Result<bool, sqlx::Error> {
        let got: Option<i64> =
            sqlx::query_scalar("SELECT GET_LOCK(CONCAT('marquee_', ?, '_', LEFT(SHA2(DATABASE(), 256), 32)), 0)")
                .bind(name)
                .fetch_one(self)
                .await?;
        Ok(got == Some(1))
    }

    pub async fn release_named_lock(&mut self, name: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DO RELEASE_LOCK(CONCAT('marquee_', ?, '_', LEFT(SHA2(DATABASE(), 256), 32)))")
            .bind(name)
            .execute(self)
            .await?;
        Ok(())
    }
}

impl fmt::Debug for Conn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conn").field("meter", &self.meter).finish_non_exhaustive()
    }
}

impl<'c> Executor<'c> for &'c mut Conn {
    type Database = MySql;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<MySqlQueryResult, MySqlRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + sqlx::Execute<'q, MySql>,
    {
        let (mut stopwatch, asked) = self.start(query);
        let (raw, is_clean) = self.lent.parts();
        let answers = raw.fetch_many(asked).inspect(move |answer| match answer {
            Ok(Either::Left(done)) => stopwatch.saw(done.rows_affected()),
            Ok(Either::Right(_)) => stopwatch.saw(1),
            Err(_) => {}
        });
        // Whoever reads to the end leaves nothing behind.
        let end = stream::poll_fn(move |_| {
            *is_clean = true;
            Poll::Ready(None)
        });
        answers.chain(end).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<MySqlRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + sqlx::Execute<'q, MySql>,
    {
        let (mut stopwatch, asked) = self.start(query);
        let (raw, is_clean) = self.lent.parts();
        let answer = raw.fetch_optional(asked);
        answer
            .inspect(move |row| {
                *is_clean = row.is_ok();
                stopwatch.saw(u64::from(matches!(row, Ok(Some(_)))));
                drop(stopwatch);
            })
            .boxed()
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [MySqlTypeInfo],
    ) -> BoxFuture<'e, Result<MySqlStatement, sqlx::Error>>
    where
        'c: 'e,
    {
        self.lent.parts().0.prepare_with(sql, parameters)
    }

    #[doc(hidden)]
    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<sqlx::Describe<MySql>, sqlx::Error>>
    where
        'c: 'e,
    {
        self.lent.parts().0.describe(sql)
    }
}

/// A transaction. It is a [`Conn`] for query functions; what it touched is announced when it commits, and dropping it
/// without a commit rolls back.
#[derive(Debug)]
pub struct Tx {
    conn: Conn,
    tags: Vec<String>,
    has_jobs: bool,
    changes: Arc<Changes>,
    jobs: Arc<Bell>,
}

impl Tx {
    /// Names a thing that this transaction changes, such as `film:17`. The names are stored in the same transaction, so
    /// that every node learns of the change if, and only if, it happened.
    pub fn touch(&mut self, tag: impl Into<String>) {
        self.tags.push(tag.into());
    }

    /// Workers are to look as soon as this transaction has committed.
    pub(in crate::platform) fn leaves_work(&mut self) {
        self.has_jobs = true;
    }

    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        let has_tags = self.store_tags().await?;
        self.conn.lent.commit().await?;
        if has_tags {
            self.changes.announced();
        }
        if self.has_jobs {
            self.jobs.ring();
        }
        Ok(())
    }

    async fn store_tags(&mut self) -> Result<bool, sqlx::Error> {
        let mut tags = std::mem::take(&mut self.tags);
        tags.sort_unstable();
        tags.dedup();
        if tags.is_empty() {
            return Ok(false);
        }
        let mut insert = sqlx::QueryBuilder::new("INSERT INTO cache_invalidations (tag) ");
        insert.push_values(&tags, |mut row, tag| {
            row.push_bind(tag);
        });
        insert.build().execute(&mut self.conn).await?;
        Ok(true)
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// Whether a unique key refused the row.
pub fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.kind() == ErrorKind::UniqueViolation)
}

/// Whether the transaction lost against another one and may succeed when it is run again:
/// deadlock (1213), lock wait timeout (1205), changed row (1020, MariaDB's snapshot isolation).
pub fn is_retryable(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>())
        .is_some_and(|error| matches!(error.number(), 1213 | 1205 | 1020))
}

/// Declares an enumeration that is stored as a word: `word_enum! { pub OrderStatus { Pending = "pending", … } }`.
#[macro_export]
macro_rules! word_enum {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name {
            $($(#[$vmeta])* $variant),+
        }

        impl $name {
            $vis const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that is stored and sent.
            $vis const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            $vis fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl sqlx::Type<sqlx::MySql> for $name {
            fn type_info() -> sqlx::mysql::MySqlTypeInfo {
                <str as sqlx::Type<sqlx::MySql>>::type_info()
            }

            fn compatible(other: &sqlx::mysql::MySqlTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::MySql>>::compatible(other)
            }
        }

        impl sqlx::Encode<'_, sqlx::MySql> for $name {
            fn encode_by_ref(&self, buffer: &mut Vec<u8>) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&str as sqlx::Encode<sqlx::MySql>>::encode_by_ref(&self.word(), buffer)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::MySql> for $name {
            fn decode(value: sqlx::mysql::MySqlValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let word = <&str as sqlx::Decode<sqlx::MySql>>::decode(value)?;
                Self::from_word(word).ok_or_else(|| format!("\"{word}\" is no {}", stringify!($name)).into())
            }
        }
    };
}
