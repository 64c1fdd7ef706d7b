//! Rate limits (GCRA): of the whole shop, counted by Redis, and of each process where Redis is away or slow.
//!
//! Each process counts for itself too, in front: a flood costs Redis nothing, and when Redis goes away nobody begins anew.

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};

use super::redis::Redis;

/// Counts one more under each of some limits, if all of them let it, and answers 0; else for how many microseconds one of
/// them asks to wait. `KEYS` are the counters, `ARGV` for each the microseconds from one to the next and those of a burst.
/// A counter holds when its last one would have come, were all evenly spaced. The clock is that of Redis, one for all.
const COUNT: &str = r"
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local due, wait = {}, 0
for i, key in ipairs(KEYS) do
  due[i] = math.max(now, tonumber(redis.call('GET', key) or 0)) + ARGV[2 * i - 1]
  wait = math.max(wait, due[i] - now - ARGV[2 * i])
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', due[i]), 'PX', math.ceil((due[i] - now) / 1000))
end
return 0
";

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
    redis: Option<Arc<Redis>>,
    counters: RwLock<HashMap<&'static str, Arc<DefaultKeyedRateLimiter<String>>>>,
    clock: DefaultClock,
}

impl Limits {
    /// Limits that all processes on this Redis share.
    pub fn shared(factor: u32, redis: Arc<Redis>) -> Self {
        Self { redis: Some(redis), ..Self::alone(factor) }
    }

    /// Limits of this process.
    pub fn alone(factor: u32) -> Self {
        Self { factor, redis: None, counters: RwLock::default(), clock: DefaultClock::default() }
    }

    /// Counts one more for `key` in the whole shop, or says after how many seconds to come back.
    pub async fn check(&self, limit: &Limit, key: &str) -> Result<(), u64> {
        self.check_all(&[(limit, key)]).await
    }

    /// Counts one more under each of these limits, or says after how many seconds to come back. One question to Redis.
    pub async fn check_all(&self, asked: &[(&Limit, &str)]) -> Result<(), u64> {
        for (limit, key) in asked {
            self.check_here(limit, key)?;
        }
        match self.ask_redis(asked).await {
            Some(wait) if wait > 0 => Err(wait.div_ceil(MICROS)),
            _ => Ok(()),
        }
    }

    /// Counts one more for `key` in this process alone, or says after how many seconds to come back.
    pub fn check_here(&self, limit: &Limit, key: &str) -> Result<(), u64> {
        let counter = self.counter(limit);
        let verdict = counter.check_key(&key.to_owned());
        // Keys that have rested long enough to be full again need not be remembered.
        if counter.len() > 50_000 {
            counter.retain_recent();
        }
        verdict.map_err(|busy| whole_seconds(busy.wait_time_from(self.clock.now())))
    }

    /// For how many microseconds Redis asks to wait; none when it is away or slow.
    async fn ask_redis(&self, asked: &[(&Limit, &str)]) -> Option<u64> {
        let redis = self.redis.as_ref()?;
        let mut count = redis::cmd("EVAL");
        count.arg(COUNT).arg(asked.len());
        for (limit, key) in asked {
            count.arg(format!("{}:limit:{}:{key}", redis.prefix(), limit.name));
        }
        for (limit, _) in asked {
            let most = u64::from(self.most(limit).get());
            let spacing = (u64::try_from(limit.per.as_micros()).unwrap_or(u64::MAX) / most).max(1);
            count.arg(spacing).arg(spacing * most);
        }
        redis.ask(&count).await
    }

    fn counter(&self, limit: &Limit) -> Arc<DefaultKeyedRateLimiter<String>> {
        if let Some(counter) = self.counters.read().unwrap_or_else(PoisonError::into_inner).get(limit.name) {
            return Arc::clone(counter);
        }
        let mut counters = self.counters.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(limit.name).or_insert_with(|| Arc::new(RateLimiter::keyed(self.quota(limit)))))
    }

    fn quota(&self, limit: &Limit) -> Quota {
        let most = self.most(limit);
        let spacing = (limit.per / most.get()).max(Duration::from_nanos(1));
        Quota::with_period(spacing).map_or_else(|| Quota::per_second(most), |quota| quota.allow_burst(most))
    }

    fn most(&self, limit: &Limit) -> NonZeroU32 {
        NonZeroU32::new(limit.most.saturating_mul(self.factor)).unwrap_or(NonZeroU32::MIN)
    }
}

const MICROS: u64 = 1_000_000;

/// Whoever comes back after so many seconds is let in.
fn whole_seconds(wait: Duration) -> u64 {
    u64::try_from(wait.as_micros().div_ceil(1_000_000)).unwrap_or(u64::MAX).max(1)
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
        let limits = Limits::alone(1);
        assert!((0..5).all(|_| limits.check_here(&LIMIT, "a").is_ok()));
        let wait = limits.check_here(&LIMIT, "a").unwrap_err();
        assert!((100..=120).contains(&wait), "{wait}");
        assert!(limits.check_here(&LIMIT, "b").is_ok());
        assert!(limits.check_here(&Limit { name: "other", ..LIMIT }, "a").is_ok());
        let generous = Limits::alone(100);
        assert!((0..500).all(|_| generous.check_here(&LIMIT, "a").is_ok()));
    }

    #[test]
    fn one_ipv6_subscriber_is_one_key() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3::4"), key("2001:db8:1:2:ffff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
