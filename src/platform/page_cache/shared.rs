//! Pages in Redis: one line that says how each was made, and the page.
//!
//! Nothing here decides whether a page is true: every node judges what it reads by the changes that it knows of. Pages
//! of other releases or configurations are under other names, so they are never met.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use super::{
    Entry, GRACE, StoredPage,
    stored::{read_line, write_line},
};
use crate::platform::{ids, redis::Redis};

/// A maker that says nothing for so long is gone.
const LEASE_MILLIS: u64 = 2_000;
/// Between two looks for a page that another process is making, and how many looks there are.
const LOOK: Duration = Duration::from_millis(25);
const LOOKS: u32 = 36;

/// The right to make a page that no other process is making.
#[derive(Clone, Debug)]
pub enum Lease {
    /// Redis was not asked, did not answer, or another maker took too long.
    None,
    Held(String),
}

/// Redis does not answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Away;

/// The pages of all processes of the same release and configuration.
#[derive(Clone)]
pub struct SharedPages {
    redis: Arc<Redis>,
    /// Stands before every name.
    space: Arc<str>,
}

/// The first line of a stored value.
#[derive(Serialize, Deserialize)]
struct Label {
    as_of: u64,
    made_at: u64,
    ttl_seconds: u64,
    tags: Box<str>,
}

impl SharedPages {
    /// `version` tells releases and configurations apart whose pages differ.
    pub fn new(redis: Arc<Redis>, version: &str) -> Self {
        let space = format!("{}:page:{version}:", redis.prefix()).into();
        Self { redis, space }
    }

    /// The page, if it is there; an error when Redis does not answer.
    pub(super) async fn get(&self, address: &str) -> Result<Option<Entry>, Away> {
        let found: Option<Vec<u8>> = self.redis.ask(redis::cmd("GET").arg(self.page(address))).await.ok_or(Away)?;
        Ok(found.and_then(|bytes| read(bytes.into())))
    }

    /// The right to make a page, once nobody else is making it; or the page, if somebody has.
    pub(super) async fn lease(&self, address: &str, is_current: impl Fn(&Entry) -> bool) -> Result<Entry, Lease> {
        let lease = ids::request_id();
        for _ in 0..LOOKS {
            let is_ours = self.take_lease(address, &lease).await.ok_or(Lease::None)?;
            // Whoever had the lease before may have just finished.
            let found = self.get(address).await.map_err(|Away| Lease::None)?.filter(&is_current);
            match (found, is_ours) {
                (Some(entry), true) => {
                    self.give_back(address, Lease::Held(lease)).await;
                    return Ok(entry);
                }
                (Some(entry), false) => return Ok(entry),
                (None, true) => return Err(Lease::Held(lease)),
                (None, false) => tokio::time::sleep(LOOK).await,
            }
        }
        Err(Lease::None)
    }

    async fn take_lease(&self, address: &str, lease: &str) -> Option<bool> {
        let mut set = redis::cmd("SET");
        set.arg(self.lease_name(address)).arg(lease).arg("NX").arg("PX").arg(LEASE_MILLIS);
        self.redis.ask::<Option<String>>(&set).await.map(|done| done.is_some())
    }

    /// Stores a page and gives the lease back, while nobody waits for it.
    pub(super) fn put(&self, address: &Arc<str>, entry: Arc<Entry>, lease: Lease) {
        let (pages, address) = (self.clone(), Arc::clone(address));
        tokio::spawn(async move {
            if let Ok(page) = written(&entry) {
                let seconds = (entry.ttl.as_secs() * u64::from(GRACE)).max(1);
                let mut set = redis::cmd("SET");
                pages.redis.ask::<()>(set.arg(pages.page(&address)).arg(page).arg("EX").arg(seconds)).await;
            }
            pages.give_back(&address, lease).await;
        });
    }

    /// Gives the lease back without a page.
    pub(super) fn release(&self, address: &Arc<str>, lease: Lease) {
        if let Lease::Held(_) = lease {
            let (pages, address) = (self.clone(), Arc::clone(address));
            tokio::spawn(async move { pages.give_back(&address, lease).await });
        }
    }

    /// Pages and their bytes, of all releases and configurations.
    pub async fn size(&self) -> Option<(usize, u64)> {
        let names = self.redis.find(&self.everything()).await?;
        let mut bytes = 0;
        for name in &names {
            bytes += self.redis.ask::<u64>(redis::cmd("STRLEN").arg(name)).await?;
        }
        Some((pages(&names), bytes))
    }

    /// Takes away every page of this shop, of whatever release, and tells how many.
    pub async fn clear(&self) -> Option<usize> {
        let names = self.redis.find(&self.everything()).await?;
        self.take_away(&names).await
    }

    /// Takes away the pages of other releases and configurations, which this one never reads, and tells how many.
    pub async fn clear_old(&self) -> Option<usize> {
        let mut names = self.redis.find(&self.everything()).await?;
        names.retain(|name| !name.starts_with(&*self.space));
        self.take_away(&names).await
    }

    async fn take_away(&self, names: &[String]) -> Option<usize> {
        for names in names.chunks(500) {
            self.redis.ask::<u64>(redis::cmd("UNLINK").arg(names)).await?;
        }
        Some(pages(names))
    }

    fn everything(&self) -> String {
        format!("{}:page:", self.redis.prefix())
    }

    async fn give_back(&self, address: &str, lease: Lease) {
        const IF_OURS: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end";
        if let Lease::Held(lease) = lease {
            let mut delete = redis::cmd("EVAL");
            delete.arg(IF_OURS).arg(1).arg(self.lease_name(address)).arg(lease);
            self.redis.ask::<redis::Value>(&delete).await;
        }
    }

    fn page(&self, address: &str) -> String {
        format!("{}{address}", self.space)
    }

    fn lease_name(&self, address: &str) -> String {
        format!("{}lease:{address}", self.space)
    }
}

/// How many of these names are pages; others are leases.
fn pages(names: &[String]) -> usize {
    names.iter().filter(|name| name.contains(":/") && !name.contains(":lease:/")).count()
}

fn written(entry: &Entry) -> std::io::Result<Vec<u8>> {
    let label = Label {
        as_of: entry.as_of,
        made_at: entry.made_at,
        ttl_seconds: entry.ttl.as_secs(),
        tags: entry.tags.clone(),
    };
    let mut bytes = Vec::new();
    write_line(&mut bytes, &label)?;
    entry.page.write(&mut bytes)?;
    Ok(bytes)
}

fn read(mut bytes: Bytes) -> Option<Entry> {
    let Label { as_of, made_at, ttl_seconds, tags } = read_line(&mut bytes)?;
    let page = StoredPage::read(bytes)?;
    let ttl = Duration::from_secs(ttl_seconds);
    let entry = Entry { page, tags, as_of, made_at, ttl, checked: AtomicU64::new(0) };
    (entry.age() <= ttl).then_some(entry)
}
