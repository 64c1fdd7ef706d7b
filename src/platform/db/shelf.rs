//! Connections that were given back and wait for the next who wants one.
//!
//! The pool asks a connection whether it is well each time that it is given one back, which costs a round trip after every
//! statement or two. So what is certainly well stays outside of the pool, on a shelf: nothing on it was given up in the
//! middle of a statement or a transaction, or lies there for long. Everything else goes the pool's own way, which rolls
//! back, asks, and makes new ones.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use sqlx::{Executor, MySql, MySqlConnection, MySqlPool, pool::PoolConnection};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{FRESH, LIFE, PATIENCE};

pub(super) struct Shelf {
    pool: MySqlPool,
    /// Those that were given back last are at the end, and taken first.
    idle: Mutex<Vec<Idle>>,
    /// As many as the pool has connections: whoever has a turn never waits for one that lies on the shelf.
    turns: Arc<Semaphore>,
    is_closed: AtomicBool,
}

struct Idle {
    conn: PoolConnection<MySql>,
    /// When the pool gave it out.
    taken: Instant,
    /// When it was given back here.
    since: Instant,
}

/// Connections of a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lending {
    /// That there may be.
    pub most: usize,
    /// That there are.
    pub open: usize,
    /// That somebody has at this moment.
    pub lent: usize,
}

impl Lending {
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { most: self.most + other.most, open: self.open + other.open, lent: self.lent + other.lent }
    }
}

/// A connection that goes back to the shelf when it is dropped.
pub(super) struct Lent {
    /// None only while it is dropped.
    conn: Option<PoolConnection<MySql>>,
    /// When the pool gave it out.
    taken: Instant,
    /// Whether nothing is under way on it.
    is_clean: bool,
    is_in_transaction: bool,
    shelf: Arc<Shelf>,
    /// After the connection, so that whoever has the turn next finds it.
    _turn: OwnedSemaphorePermit,
}

impl Shelf {
    pub fn new(pool: MySqlPool) -> Self {
        let turns = usize::try_from(pool.options().get_max_connections()).unwrap_or(Semaphore::MAX_PERMITS);
        Self { pool, idle: Mutex::default(), turns: Arc::new(Semaphore::new(turns)), is_closed: AtomicBool::new(false) }
    }

    /// A connection, when one is free.
    pub async fn lend(self: &Arc<Self>) -> sqlx::Result<Lent> {
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let (conn, taken) = match self.take() {
            Some(idle) => (idle.conn, idle.taken),
            None => (self.pool.acquire().await?, Instant::now()),
        };
        Ok(Lent {
            conn: Some(conn),
            taken,
            is_clean: true,
            is_in_transaction: false,
            shelf: Arc::clone(self),
            _turn: turn,
        })
    }

    pub fn lending(&self) -> Lending {
        let most = self.pool.options().get_max_connections() as usize;
        let open = self.pool.size() as usize;
        Lending { most, open, lent: most.saturating_sub(self.turns.available_permits()) }
    }

    /// Ends all connections, and waits for those that are lent.
    pub async fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        drop(std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)));
        self.pool.close().await;
    }

    /// The one that was given back last, if that was lately; all others lie there for longer.
    fn take(&self) -> Option<Idle> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = idle.pop_if(|last| last.since.elapsed() < FRESH) {
            return Some(last);
        }
        let old = std::mem::take(&mut *idle);
        drop(idle);
        drop(old);
        None
    }

    /// What lies there for long goes to the pool, which asks it and keeps few; and so does what has lived for long.
    fn put(&self, conn: PoolConnection<MySql>, taken: Instant) {
        let since = Instant::now();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed.load(Ordering::Acquire) || since - taken > LIFE {
            drop(idle);
            return drop(conn);
        }
        let fresh = idle.iter().position(|idle| since - idle.since < FRESH).unwrap_or(idle.len());
        let old: Vec<_> = idle.drain(..fresh).collect();
        idle.push(Idle { conn, taken, since });
        drop(idle);
        drop(old);
    }
}

impl Drop for Shelf {
    /// The pool takes connections back in tasks; where none can run any more, they end with the process.
    fn drop(&mut self) {
        if Handle::try_current().is_err() {
            let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
            idle.into_iter().for_each(std::mem::forget);
        }
    }
}

impl Lent {
    /// The connection for a statement, and where to say that it has come to its end.
    #[expect(clippy::expect_used, reason = "it is there until it is dropped")]
    pub fn parts(&mut self) -> (&mut MySqlConnection, &mut bool) {
        self.is_clean = false;
        (self.conn.as_mut().expect("a connection that is lent"), &mut self.is_clean)
    }

    pub async fn begin(&mut self) -> sqlx::Result<()> {
        // Given up in the middle it may have begun all the same.
        self.is_in_transaction = true;
        self.parts().0.execute("BEGIN").await?;
        self.is_clean = true;
        Ok(())
    }

    pub async fn commit(&mut self) -> sqlx::Result<()> {
        self.parts().0.execute("COMMIT").await?;
        (self.is_clean, self.is_in_transaction) = (true, false);
        Ok(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        match (self.is_in_transaction, self.is_clean) {
            (true, _) => drop(tokio::spawn(roll_back(conn))),
            (false, true) => self.shelf.put(conn, self.taken),
            (false, false) => drop(conn),
        }
    }
}

/// Ends a transaction that was given up, so that nobody waits for its locks.
async fn roll_back(mut conn: PoolConnection<MySql>) {
    if conn.execute("ROLLBACK").await.is_err() {
        // The server rolls back when it hears no more.
        conn.close_on_drop();
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("pool", &self.pool).finish_non_exhaustive()
    }
}
