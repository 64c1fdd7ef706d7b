//! Rate limits. One interface; today each process counts for itself (GCRA by `governor`).

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};

/// A limit that a feature declares: `most` in `per`, that many at once, then evenly spaced.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub name: &'static str,
    pub most: u32,
    pub per: Duration,
}

/// Counts what each key does under each limit.
pub struct Limits {
    /// Multiplies every limit; development and tests use a large one.
    factor: u32,
    counters: RwLock<HashMap<&'static str, Arc<DefaultKeyedRateLimiter<String>>>>,
    clock: DefaultClock,
}

impl Limits {
    pub fn new(factor: u32) -> Self {
        Self { factor, counters: RwLock::default(), clock: DefaultClock::default() }
    }

    /// Counts one more for `key`, or says after how many seconds to come back.
    pub fn check(&self, limit: &Limit, key: &str) -> Result<(), u64> {
        let counter = self.counter(limit);
        let verdict = counter.check_key(&key.to_owned());
        // Keys that have rested long enough to be full again need not be remembered.
        if counter.len() > 50_000 {
            counter.retain_recent();
        }
        verdict.map_err(|busy| busy.wait_time_from(self.clock.now()).as_secs().max(1))
    }

    fn counter(&self, limit: &Limit) -> Arc<DefaultKeyedRateLimiter<String>> {
        if let Some(counter) = self.counters.read().unwrap_or_else(PoisonError::into_inner).get(limit.name) {
            return Arc::clone(counter);
        }
        let mut counters = self.counters.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(limit.name).or_insert_with(|| Arc::new(RateLimiter::keyed(self.quota(limit)))))
    }

    fn quota(&self, limit: &Limit) -> Quota {
        let most = NonZeroU32::new(limit.most.saturating_mul(self.factor)).unwrap_or(NonZeroU32::MIN);
        let spacing = (limit.per / most.get()).max(Duration::from_nanos(1));
        Quota::with_period(spacing).map_or_else(|| Quota::per_second(most), |quota| quota.allow_burst(most))
    }
}

/// What stands for an address in a limit: itself, or the /64 that one IPv6 subscriber holds.
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_a_burst_and_then_says_when() {
        const LIMIT: Limit = Limit { name: "test", most: 5, per: Duration::from_mins(10) };
        let limits = Limits::new(1);
        assert!((0..5).all(|_| limits.check(&LIMIT, "a").is_ok()));
        let wait = limits.check(&LIMIT, "a").unwrap_err();
        assert!((100..=120).contains(&wait), "{wait}");
        assert!(limits.check(&LIMIT, "b").is_ok());
        assert!(limits.check(&Limit { name: "other", ..LIMIT }, "a").is_ok());
        let generous = Limits::new(100);
        assert!((0..500).all(|_| generous.check(&LIMIT, "a").is_ok()));
    }

    #[test]
    fn one_ipv6_subscriber_is_one_key() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3::4"), key("2001:db8:1:2:ffff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
