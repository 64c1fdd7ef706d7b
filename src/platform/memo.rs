//! Things derived from the database for one key each, such as a customer, kept in this process.
//!
//! One is used only while this process knows that nothing was announced of its tag since its making began. Redis would save
//! another node one statement, and cost each page that shows the thing a wait for it.

use std::{hash::Hash, iter::once_with, sync::Arc, time::Duration};

use moka::sync::Cache;

use super::changes::Changes;

const KEPT_FOR: Duration = Duration::from_hours(1);

/// Where such things are kept.
pub struct Memo<K, V> {
    kept: Cache<K, Kept<V>>,
    changes: Arc<Changes>,
}

/// A thing as it was when the announcements up to `as_of` were known.
#[derive(Clone)]
struct Kept<V> {
    thing: V,
    as_of: u64,
}

impl<K, V> Memo<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Keeps as many as weigh `capacity` together.
    pub fn new(changes: Arc<Changes>, capacity: u64, weigh: impl Fn(&V) -> u32 + Send + Sync + 'static) -> Self {
        let kept = Cache::builder().max_capacity(capacity).time_to_live(KEPT_FOR);
        Self { kept: kept.weigher(move |_, kept: &Kept<V>| weigh(&kept.thing)).build(), changes }
    }

    /// One that can be believed: nothing was announced of `tag` since.
    pub fn get(&self, key: &K, tag: impl FnOnce() -> String) -> Option<V> {
        if !self.changes.is_live() {
            return None;
        }
        let kept = self.kept.get(key)?;
        self.changes.is_current(once_with(tag), kept.as_of).then_some(kept.thing)
    }

    /// Where a making that begins now stands; none while nothing can be vouched for.
    pub fn as_of(&self) -> Option<u64> {
        self.changes.as_of()
    }

    /// Keeps what was made. `as_of` was asked for before it was read.
    pub fn keep(&self, key: K, thing: V, as_of: Option<u64>) {
        if let Some(as_of) = as_of {
            self.kept.insert(key, Kept { thing, as_of });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_thing_is_kept_until_it_is_announced_or_nothing_is_known() {
        let changes = Arc::new(Changes::default());
        let memo = Memo::new(Arc::clone(&changes), 10, |_: &u32| 1);
        let get = |key: u32| memo.get(&key, || format!("client:{key}"));
        memo.keep(1, 10, memo.as_of());
        assert_eq!(get(1), None, "made while nothing could be vouched for");
        changes.start_over(5, 5);
        changes.took([], 5, Instant::now());
        let as_of = memo.as_of();
        changes.took([(6, "client:2")], 6, Instant::now());
        memo.keep(1, 10, as_of);
        memo.keep(2, 20, as_of);
        assert_eq!((get(1), get(2)), (Some(10), None), "one changed in the making");
        changes.lost();
        assert_eq!(get(1), None);
    }
}
