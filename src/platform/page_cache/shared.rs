//! Pages in Redis: one line that says how each was made, and the page.
//!
//! Nothing here decides whether a page is true: every node judges what it reads by the changes that it knows of. Pages
//! of other releases or configurations are under other names, so they are never met.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::body::Bytes;

use super::{Entry, GRACE, StoredPage};
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
            let seconds = (entry.ttl.as_secs() * u64::from(GRACE)).max(1);
            let mut set = redis::cmd("SET");
            set.arg(pages.page(&address)).arg(written(&entry)).arg("EX").arg(seconds);
            pages.redis.ask::<()>(&set).await;
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
        [&*self.space, address].concat()
    }

    fn lease_name(&self, address: &str) -> String {
        format!("{}lease:{address}", self.space)
    }
}

/// How many of these names are pages; others are leases.
fn pages(names: &[String]) -> usize {
    names.iter().filter(|name| name.contains(":/") && !name.contains(":lease:/")).count()
}

/// A line of words, then the outline and the gzip. The words are `as_of`, `made_at`, the page's seconds, the bytes of its
/// outline, its etag, and its tags.
fn written(entry: &Entry) -> Vec<u8> {
    let Entry { page, tags, as_of, made_at, ttl, .. } = entry;
    let etag = page.etag.to_str().unwrap_or_default();
    let line = format!("{as_of} {made_at} {} {} {etag} {tags}\n", ttl.as_secs(), page.outline().len());
    [line.as_bytes(), page.outline(), &page.gzip()].concat()
}

/// Reads what [`written`] wrote, unless its time is over; none of anything else.
fn read(mut bytes: Bytes) -> Option<Entry> {
    let line = bytes.split_to(memchr::memchr(b'\n', &bytes)? + 1);
    let mut words = str::from_utf8(&line).ok()?.strip_suffix('\n')?.splitn(6, ' ');
    let mut number = || words.next()?.parse::<u64>().ok();
    let (as_of, made_at, ttl, outline) = (number()?, number()?, Duration::from_secs(number()?), number()?);
    let (etag, tags) = (words.next()?, words.next()?);
    let outline = usize::try_from(outline).ok().filter(|outline| *outline <= bytes.len())?;
    let outline = bytes.split_to(outline);
    let page = StoredPage::read(etag, outline, bytes)?;
    let entry = Entry { page, tags: tags.into(), as_of, made_at, ttl, checked: AtomicU64::new(0) };
    (entry.age() <= ttl).then_some(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::http::Slots;

    #[test]
    fn a_page_is_read_back_until_its_time_is_over() {
        let page = || StoredPage::new("<p>page</p>", "n0", &Slots::default()).unwrap();
        let tags = [Box::from("films"), Box::from("film:1")];
        let entry = Entry::new(page(), &tags, 7, Duration::from_mins(1));
        let bytes = written(&entry);
        let same = read(bytes.clone().into()).unwrap();
        assert_eq!((same.as_of, same.made_at, same.ttl), (7, entry.made_at, entry.ttl));
        assert_eq!(same.tags().collect::<Vec<_>>(), ["films", "film:1"]);
        assert_eq!((&same.page.etag, same.page.gzip()), (&entry.page.etag, entry.page.gzip()));
        assert!(read(written(&Entry::new(page(), &[], 7, Duration::from_mins(1))).into()).is_some(), "without tags");
        let over = Entry { made_at: entry.made_at - 61_000, ..entry };
        for broken in [written(&over), bytes[..40].to_vec(), b"garbage".to_vec(), b"1 2 3 4 5 6\n".to_vec(), Vec::new()]
        {
            assert!(read(broken.into()).is_none());
        }
    }
}
