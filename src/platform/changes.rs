//! What this node knows of the changes that `cache_invalidations` announces.
//!
//! The table is the truth: its rows are written in the transactions that they speak of, and their ids are the clock that
//! all nodes share. Whatever is derived from the database remembers the id up to which everything was taken in when its
//! making began; it is current as long as none of its tags was announced after that.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::{
    bell::{self, Bell},
    db::Database,
    redis::Redis,
};

/// Tags are remembered this long; nothing derived lives longer. See [`Changes::is_current`].
const MEMORY: Duration = Duration::from_hours(2);

/// A look at the announcements is as good as the present for so long after it began. Nobody is to be shown what was
/// changed more than a second ago; the rest of the second is for the answer to go out on a busy machine.
const TRUST: Duration = Duration::from_millis(800);

/// Announces that nothing kept so far is to be used any more.
pub const ALL_PAGES: &str = "pages";

/// Announces something by itself, in a transaction of its own.
pub async fn announce(db: &Database, tag: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.touch(tag);
    tx.commit().await
}

/// The announcements taken in so far.
#[derive(Debug)]
pub struct Changes {
    known: RwLock<Known>,
    /// Grows with every announcement, so that "nothing new" is one comparison.
    version: AtomicU64,
    is_live: AtomicBool,
    /// Where `looked` counts from.
    epoch: Instant,
    /// When the last look began that was taken in, in milliseconds.
    looked: AtomicU64,
    /// Rings when there may be something to take in.
    bell: Bell,
}

#[derive(Debug, Default)]
struct Known {
    /// Every announcement up to this id was taken in.
    done: u64,
    /// Nothing older is vouched for.
    floor: u64,
    /// The last announcement of all.
    newest: u64,
    last: HashMap<Box<str>, Announced>,
    forgotten_at: Option<Instant>,
}

#[derive(Debug)]
struct Announced {
    id: u64,
    at: Instant,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            known: RwLock::default(),
            version: AtomicU64::default(),
            is_live: AtomicBool::default(),
            epoch: Instant::now(),
            looked: AtomicU64::default(),
            bell: Bell::default(),
        }
    }
}

impl Changes {
    /// Where a making that begins now stands; none while this node cannot vouch for anything.
    pub fn as_of(&self) -> Option<u64> {
        self.is_live().then(|| self.known.read().unwrap_or_else(PoisonError::into_inner).done)
    }

    /// Whether this node knows of all that was announced until a moment ago.
    pub fn is_live(&self) -> bool {
        let looked = Duration::from_millis(self.looked.load(Ordering::Acquire));
        self.is_live.load(Ordering::Acquire) && self.epoch.elapsed().saturating_sub(looked) < TRUST
    }

    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Whether none of these tags was announced after `as_of`.
    pub fn is_current(&self, tags: impl IntoIterator<Item = impl AsRef<str>>, as_of: u64) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let is_old = |tag: &str| known.last.get(tag).is_some_and(|announced| announced.id > as_of);
        as_of >= known.floor && (as_of >= known.newest || !tags.into_iter().any(|tag| is_old(tag.as_ref())))
    }

    /// Takes in announcements, now that all they speak of is seen by whoever makes something on this node. Everything up
    /// to `done` has been taken in with them, by a look that began then.
    pub fn took<'a>(&self, tags: impl IntoIterator<Item = (u64, &'a str)>, done: u64, began: Instant) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let mut is_news = false;
        for (id, tag) in tags {
            is_news = true;
            known.newest = known.newest.max(id);
            if tag == ALL_PAGES {
                known.floor = known.floor.max(id);
            }
            match known.last.get_mut(tag) {
                Some(announced) => *announced = Announced { id: announced.id.max(id), at: now },
                None => drop(known.last.insert(tag.into(), Announced { id, at: now })),
            }
        }
        known.done = known.done.max(done);
        known.forget(now);
        drop(known);
        if is_news {
            self.version.fetch_add(1, Ordering::AcqRel);
        }
        self.live_since(began);
    }

    fn live_since(&self, began: Instant) {
        if self.is_live.load(Ordering::Acquire) && !self.is_live() {
            let took = began.elapsed().as_millis();
            tracing::warn!("changes were looked for too late to vouch for pages meanwhile; the look took {took} ms");
        }
        let looked = began.saturating_duration_since(self.epoch).as_millis();
        self.looked.store(u64::try_from(looked).unwrap_or_default(), Ordering::Release);
        self.is_live.store(true, Ordering::Release);
    }

    /// Begins with what was announced lately: by each tag's last id, with everything after `floor` among it.
    pub fn begin(&self, floor: u64, lately: impl IntoIterator<Item = (String, u64)>, done: u64) {
        self.start_over(done, done);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.floor = floor;
        known.last = lately.into_iter().map(|(tag, id)| (tag.into(), Announced { id, at: Instant::now() })).collect();
        known.newest = known.last.values().map(|announced| announced.id).max().unwrap_or(0);
        let everything = known.last.get(ALL_PAGES).map_or(0, |announced| announced.id);
        known.floor = known.floor.max(everything);
    }

    /// Vouches only for what is made from here on: too much was announced to take it in one by one, or nobody knows
    /// what was missed. Up to `done` everything was taken in, up to `newest` some of it.
    pub fn start_over(&self, done: u64, newest: u64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known { done, floor: newest, ..Known::default() };
        drop(known);
        self.version.fetch_add(1, Ordering::AcqRel);
        self.live_since(Instant::now());
    }

    /// Something was announced by this process.
    pub fn announced(&self) {
        self.bell.ring();
    }

    /// Waits until something may have been announced, here or elsewhere.
    pub async fn woken(&self) {
        self.bell.rung().await;
    }

    /// This node has lost touch: until it takes in announcements again, it vouches for nothing.
    pub fn lost(&self) {
        self.is_live.store(false, Ordering::Release);
    }
}

/// Tells all nodes that something was announced.
pub async fn tell(redis: &Arc<Redis>) {
    bell::tell(redis, &channel(redis)).await;
}

fn channel(redis: &Redis) -> String {
    format!("{}:changes", redis.prefix())
}

/// Hurries the other nodes through Redis, and lets them hurry this one, until told to stop.
pub async fn hurry(changes: Arc<Changes>, redis: Arc<Redis>, stopped: watch::Receiver<bool>) {
    bell::hurry(&changes.bell, &redis, &channel(&redis), stopped).await;
}

impl Known {
    fn forget(&mut self, now: Instant) {
        if self.forgotten_at.is_none_or(|at| now - at > MEMORY / 8) {
            self.last.retain(|_, announced| now - announced.at < MEMORY);
            self.forgotten_at = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_before_a_change_of_its_tags_is_no_longer_current() {
        let changes = Changes::default();
        assert_eq!(changes.as_of(), None, "nothing is known yet");
        changes.start_over(10, 10);
        let made = changes.as_of().unwrap();
        assert!(changes.is_current(["film:1", "films"], made));
        changes.took([(11, "film:1"), (12, "film:2")], 12, Instant::now());
        assert!(!changes.is_current(["film:1"], made), "announced after it was made");
        assert!(changes.is_current(["films"], made) && changes.is_current(["film:1"], 12));
        changes.start_over(13, 13);
        assert!(!changes.is_current(["films"], made), "nothing older is vouched for");
    }

    #[test]
    fn a_change_that_shows_late_counts_by_its_id() {
        let changes = Changes::default();
        changes.start_over(20, 20);
        // 21 is still under way while 22 is taken in.
        changes.took([(22, "film:2")], 20, Instant::now());
        let made = changes.as_of().unwrap();
        changes.took([(21, "film:1")], 22, Instant::now());
        assert!(!changes.is_current(["film:1"], made));
        assert!(changes.is_current(["film:1"], changes.as_of().unwrap()));
    }

    #[test]
    fn what_is_made_while_a_lower_number_is_missing_does_not_outlast_a_new_start() {
        let changes = Changes::default();
        changes.start_over(20, 20);
        let made = changes.as_of().unwrap();
        changes.took([(22, "film:2")], 20, Instant::now());
        changes.start_over(20, 22);
        assert!(!changes.is_current(["film:2"], made), "22 is not announced again");
        changes.took([], 22, Instant::now());
        assert!(changes.is_current(["film:2"], changes.as_of().unwrap()));
    }

    #[test]
    fn a_node_that_lost_touch_vouches_for_nothing_until_it_hears_again() {
        let changes = Changes::default();
        changes.start_over(1, 1);
        changes.lost();
        assert_eq!(changes.as_of(), None);
        changes.took([], 1, Instant::now());
        assert_eq!(changes.as_of(), Some(1));
    }

    #[test]
    fn a_look_is_trusted_for_a_second_after_it_began() {
        let long_ago = Instant::now().checked_sub(TRUST).unwrap();
        let changes = Changes { epoch: long_ago, ..Changes::default() };
        changes.start_over(1, 1);
        changes.took([], 1, long_ago);
        assert!(!changes.is_live(), "that look took too long");
        changes.took([], 1, Instant::now());
        assert!(changes.is_live());
    }
}
