//! The number in the header of every page, remembered so that it costs no statement, and mostly no question at all.
//!
//! Redis remembers it for all nodes. Whoever changes a cart puts a mark in place of its number, for as long as the slowest
//! reader may still hold the old one; who finds the mark counts for himself and remembers nothing. A number is only ever
//! put where there is neither.
//!
//! Each process remembers for some seconds what it has read. Whoever changes a cart tells all of them; one that hears
//! nothing remembers nothing. Whoever comes back from a change is looked up in any case, so that nobody sees the number
//! from before their own.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use moka::sync::Cache;
use time::OffsetDateTime;
use tokio::sync::watch;

use super::{CartToken, queries};
use crate::platform::{
    db::Database,
    redis::{Redis, Told},
};

const REMEMBERED_SECONDS: u64 = 300;
/// A mark outlives every reading that began before the change.
const MARKED_SECONDS: u64 = 5;
const MARK: i64 = -1;
/// How long a process believes what it has read, should a message about it be lost.
const NEAR: Duration = Duration::from_secs(5);
const MOST_NEAR: u64 = 20_000;
/// Between two tries to hear what others change.
const RECONNECT: Duration = Duration::from_secs(1);

/// The units of carts, by the hash of their token.
pub struct CartCounts {
    redis: Arc<Redis>,
    near: Cache<String, i64>,
    /// Grows with every change of a cart that is heard of: what was read meanwhile may be old.
    changes: AtomicU64,
    hears: AtomicBool,
}

impl CartCounts {
    pub fn new(redis: Arc<Redis>) -> Self {
        let near = Cache::builder().max_capacity(MOST_NEAR).time_to_live(NEAR).build();
        Self { redis, near, changes: AtomicU64::new(0), hears: AtomicBool::new(false) }
    }

    /// Units in the cart. `closely` asks Redis, whatever this process remembers; `told` is what it has just said.
    pub async fn units(
        &self,
        db: &Database,
        token: &CartToken,
        now: OffsetDateTime,
        closely: bool,
        told: Told,
    ) -> sqlx::Result<i64> {
        let hash = token.hash();
        let hears = self.hears.load(Ordering::Acquire) && !self.redis.is_out();
        if hears
            && !closely
            && let Some(count) = self.near.get(&hash)
        {
            return Ok(count);
        }
        Box::pin(self.far(db, hash, now, (hears, told))).await
    }

    /// From Redis, or else from the database.
    async fn far(
        &self,
        db: &Database,
        hash: String,
        now: OffsetDateTime,
        (hears, told): (bool, Told),
    ) -> sqlx::Result<i64> {
        let before = self.changes.load(Ordering::Acquire);
        let known: Option<Option<i64>> = match told {
            Told::Nothing => Some(None),
            Told::Number(count) => Some(Some(count)),
            Told::Unasked => self.redis.ask(redis::cmd("GET").arg(self.name(&hash))).await,
        };
        let count = match known {
            Some(Some(count)) if count != MARK => count,
            _ => queries::count_units(&mut db.conn().await?, &hash, now).await?,
        };
        if known == Some(None) {
            self.put(&hash, count);
        }
        // What was said before this began may have been overtaken by a change since.
        let is_settled = told == Told::Unasked && known.is_some_and(|known| known != Some(MARK));
        if hears && is_settled && self.changes.load(Ordering::Acquire) == before {
            self.near.insert(hash, count);
        }
        Ok(count)
    }

    /// Lets everybody count a cart anew. It is called before a change, so that not even a process that dies in the middle
    /// leaves an old number, and after it, however long it took.
    pub async fn forget(&self, token: &CartToken) {
        let hash = token.hash();
        self.drop_near(&hash);
        let (mut set, mut tell) = (redis::cmd("SET"), redis::cmd("PUBLISH"));
        set.arg(self.name(&hash)).arg(MARK).arg("EX").arg(MARKED_SECONDS);
        tell.arg(self.channel()).arg(&hash);
        // In this order on one connection: who hears of it finds the mark.
        tokio::join!(self.redis.ask::<redis::Value>(&set), self.redis.ask::<redis::Value>(&tell));
    }

    /// Hears of changes that other processes make, until told to stop.
    pub async fn listen(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        let listen = async {
            loop {
                if let Ok(mut listener) = self.redis.subscribe(&self.channel()).await {
                    self.near.invalidate_all();
                    self.hears.store(true, Ordering::Release);
                    let mut messages = listener.on_message();
                    while let Some(message) = messages.next().await {
                        self.drop_near(&message.get_payload::<String>().unwrap_or_default());
                    }
                    self.hears.store(false, Ordering::Release);
                }
                tokio::time::sleep(RECONNECT).await;
            }
        };
        tokio::select! {
            () = listen => {}
            _ = stopped.changed() => {}
        }
    }

    /// Remembers a number for all nodes while nobody waits, unless there is one or a mark by now.
    fn put(&self, hash: &str, count: i64) {
        let mut set = redis::cmd("SET");
        set.arg(self.name(hash)).arg(count).arg("NX").arg("EX").arg(REMEMBERED_SECONDS);
        self.redis.tell(set);
    }

    fn drop_near(&self, hash: &str) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.near.invalidate(hash);
    }

    /// Under which name Redis keeps the number of a customer.
    pub fn name_of_client(&self, client_id: u64) -> String {
        self.name(&CartToken::of_client(client_id).hash())
    }

    fn name(&self, hash: &str) -> String {
        format!("{}:cart:{hash}", self.redis.prefix())
    }

    fn channel(&self) -> String {
        format!("{}:carts", self.redis.prefix())
    }
}
