//! Whole pages, kept where they are quick to send: in this process, and in Redis for all processes.
//!
//! A page is made once and sent to many; what is personal in it are slots that stay open. It is kept until one of its
//! tags is announced in [`Changes`] or its time is over. Of those who miss the same page at once, one makes it and the
//! others wait for it, in this process and across processes. Redis is helpful, never required.

mod member;
mod shared;
mod stored;

use std::{
    collections::HashMap,
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use self::shared::Lease;
pub use self::{shared::SharedPages, stored::StoredPage};
use super::{changes::Changes, http::Slots};

/// Nobody waits longer for a page that somebody else is making.
const WAIT: Duration = Duration::from_secs(1);
/// A page past its time is sent so many times that long, while a new one is made.
const GRACE: u32 = 2;

/// A page that was just rendered.
#[derive(Debug)]
pub struct Draft {
    pub html: String,
    /// What the slots hold for a stranger.
    pub stranger: Slots,
    pub tags: Vec<Box<str>>,
    pub ttl: Duration,
}

/// A page that is kept.
#[derive(Debug)]
pub struct Entry {
    pub page: StoredPage,
    /// With spaces between them.
    tags: Box<str>,
    /// See [`Changes::as_of`].
    as_of: u64,
    /// Milliseconds since 1970.
    made_at: u64,
    ttl: Duration,
    /// The version of the changes at which it was found to be current.
    checked: AtomicU64,
}

/// What an address is kept under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Language, path and known parameters in one order.
    pub address: Arc<str>,
    /// Whether it is kept in Redis too: addresses without end are not.
    pub is_shared: bool,
}

/// What the cache has to say of a page at once.
pub enum Lookup {
    /// With the number of hits before.
    Fresh(Arc<Entry>, u64),
    /// Past its time, still true: to be sent while a new one is made.
    Stale(Arc<Entry>),
    Missing,
}

type Flight = Shared<BoxFuture<'static, Option<Arc<Entry>>>>;

/// The pages of a process.
pub struct PageCache {
    /// None where nothing is to be kept in this process.
    kept: Option<Cache<Arc<str>, Arc<Entry>>>,
    shared: SharedPages,
    changes: Arc<Changes>,
    flights: Mutex<HashMap<Arc<str>, Flight>>,
    nonce: String,
    counters: Counters,
    /// Pages that are compressed at once: more than there are cores would only need more threads, each with memory of
    /// its own.
    compressing: Arc<Semaphore>,
}

/// What became of the requests for pages that may be kept.
#[derive(Debug, Default)]
struct Counters {
    hits: AtomicU64,
    stale: AtomicU64,
    from_redis: AtomicU64,
    made: AtomicU64,
}

/// What a node keeps, and what became of the requests for it since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeCounters {
    pub pages: u64,
    pub bytes: u64,
    /// Answered from this process.
    pub hits: u64,
    /// Of those, past their time.
    pub stale: u64,
    pub from_redis: u64,
    pub made: u64,
}

impl Entry {
    fn new(page: StoredPage, tags: &[Box<str>], as_of: u64, ttl: Duration) -> Self {
        Self { page, tags: tags.join(" ").into(), as_of, made_at: now(), ttl, checked: AtomicU64::new(0) }
    }

    fn age(&self) -> Duration {
        Duration::from_millis(now().saturating_sub(self.made_at))
    }

    fn weight(&self) -> usize {
        self.page.weight() + self.tags.len()
    }

    /// The names of what the page shows.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.split(' ')
    }
}

impl PageCache {
    /// Keeps at most so many bytes in this process. `nonce` marks the slots of rendered pages.
    pub fn new(most_bytes: u64, shared: SharedPages, changes: Arc<Changes>, nonce: String) -> Self {
        let weigh = |key: &Arc<str>, entry: &Arc<Entry>| u32::try_from(key.len() + entry.weight()).unwrap_or(u32::MAX);
        let kept = (most_bytes > 0).then(|| Cache::builder().max_capacity(most_bytes).weigher(weigh).build());
        let compressing = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, NonZero::get)));
        Self { kept, shared, changes, flights: Mutex::default(), nonce, counters: Counters::default(), compressing }
    }

    /// Whether pages can be vouched for now.
    pub fn is_open(&self) -> bool {
        self.changes.is_live()
    }

    /// What is kept in this process.
    pub fn lookup(&self, key: &PageKey) -> Lookup {
        let Some(kept) = &self.kept else { return Lookup::Missing };
        let Some(entry) = kept.get(&key.address) else { return Lookup::Missing };
        if !self.is_current(&entry) {
            kept.invalidate(&key.address);
            return Lookup::Missing;
        }
        let age = entry.age();
        if age > entry.ttl * GRACE {
            return Lookup::Missing;
        }
        let hits = self.counters.hits.fetch_add(1, Ordering::Relaxed);
        if entry.page.asked_for_again() {
            self.make_smaller(&entry);
        }
        if age <= entry.ttl {
            return Lookup::Fresh(entry, hits);
        }
        self.counters.stale.fetch_add(1, Ordering::Relaxed);
        Lookup::Stale(entry)
    }

    /// What is kept in Redis, where another process may have put it.
    pub async fn look_up_shared(&self, key: &PageKey) -> Lookup {
        if !key.is_shared {
            return Lookup::Missing;
        }
        match self.shared.get(&key.address).await {
            Ok(Some(entry)) if self.is_current(&entry) => {
                let hits = self.counters.hits.fetch_add(1, Ordering::Relaxed);
                Lookup::Fresh(self.found_shared(key, entry), hits)
            }
            _ => Lookup::Missing,
        }
    }

    /// The whole page made by `make`, once for all who ask for it at the same time. None when it is nothing to be kept, or
    /// took too long.
    pub async fn make<F>(self: &Arc<Self>, key: &PageKey, make: F) -> Option<Arc<Entry>>
    where
        F: Future<Output = Option<Draft>> + Send + 'static,
    {
        match self.flight(key, make) {
            (flight, true) => flight.await,
            (flight, false) => tokio::time::timeout(WAIT, flight).await.ok().flatten(),
        }
    }

    pub fn shared(&self) -> &SharedPages {
        &self.shared
    }

    pub fn counters(&self) -> NodeCounters {
        let (pages, bytes) = self.kept.as_ref().map_or((0, 0), |kept| {
            kept.run_pending_tasks();
            (kept.entry_count(), kept.weighted_size())
        });
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let Counters { hits, stale, from_redis, made } = &self.counters;
        NodeCounters {
            pages,
            bytes,
            hits: read(hits),
            stale: read(stale),
            from_redis: read(from_redis),
            made: read(made),
        }
    }

    /// The making of a page, and whether it began now.
    fn flight<F>(self: &Arc<Self>, key: &PageKey, make: F) -> (Flight, bool)
    where
        F: Future<Output = Option<Draft>> + Send + 'static,
    {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(&key.address) {
            return (flight.clone(), false);
        }
        let (cache, key, address) = (Arc::clone(self), key.clone(), Arc::clone(&key.address));
        // A task of its own: the page is finished even if the one who asked first goes away.
        let task = tokio::spawn(async move {
            let _landing = Landing { cache: &cache, address: &key.address };
            cache.fill(&key, make).await
        });
        let flight = task.map(|done| done.ok().flatten()).boxed().shared();
        flights.insert(address, flight.clone());
        (flight, true)
    }

    async fn fill(&self, key: &PageKey, make: impl Future<Output = Option<Draft>>) -> Option<Arc<Entry>> {
        let lease = if key.is_shared {
            match self.shared.lease(&key.address, |entry| self.is_current(entry)).await {
                Ok(entry) => return Some(self.found_shared(key, entry)),
                Err(lease) => lease,
            }
        } else {
            Lease::None
        };
        let as_of = self.changes.as_of();
        let entry = match make.await {
            Some(draft) => self.keep(key, draft, as_of).await,
            None => None,
        };
        match entry.clone().filter(|_| key.is_shared && as_of.is_some()) {
            Some(entry) => self.shared.put(&key.address, entry, lease),
            None => self.shared.release(&key.address, lease),
        }
        entry
    }

    fn found_shared(&self, key: &PageKey, entry: Entry) -> Arc<Entry> {
        self.counters.from_redis.fetch_add(1, Ordering::Relaxed);
        let entry = Arc::new(entry);
        self.insert(key, &entry);
        entry
    }

    async fn keep(&self, key: &PageKey, draft: Draft, as_of: Option<u64>) -> Option<Arc<Entry>> {
        self.counters.made.fetch_add(1, Ordering::Relaxed);
        let _turn = self.compressing.acquire().await.ok()?;
        let nonce = self.nonce.clone();
        let stored = tokio::task::spawn_blocking(move || {
            StoredPage::new(&draft.html, &nonce, &draft.stranger).map(|page| (page, draft.tags, draft.ttl))
        });
        let (page, tags, ttl) = stored.await.ok()?.inspect_err(|error| tracing::error!("{error:#}")).ok()?;
        let entry = Arc::new(Entry::new(page, &tags, as_of.unwrap_or_default(), ttl));
        if as_of.is_some() {
            self.insert(key, &entry);
        }
        Some(entry)
    }

    /// Nobody waits for it.
    fn make_smaller(&self, entry: &Arc<Entry>) {
        let (compressing, entry) = (Arc::clone(&self.compressing), Arc::clone(entry));
        tokio::spawn(async move {
            let _turn = compressing.acquire().await.ok()?;
            tokio::task::spawn_blocking(move || entry.page.make_smaller()).await.ok()
        });
    }

    fn insert(&self, key: &PageKey, entry: &Arc<Entry>) {
        if let Some(kept) = &self.kept {
            kept.insert(Arc::clone(&key.address), Arc::clone(entry));
        }
    }

    fn is_current(&self, entry: &Entry) -> bool {
        let version = self.changes.version();
        if entry.checked.load(Ordering::Relaxed) == version {
            return true;
        }
        let is_current = self.changes.is_current(entry.tags(), entry.as_of);
        if is_current {
            entry.checked.store(version, Ordering::Relaxed);
        }
        is_current
    }
}

/// Ends a flight, however it ends.
struct Landing<'a> {
    cache: &'a PageCache,
    address: &'a str,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.cache.flights.lock().unwrap_or_else(PoisonError::into_inner).remove(self.address);
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
