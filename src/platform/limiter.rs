//! Rate limits. One interface; today each process counts for itself (GCRA by `governor`).

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};

/// `most` in `per`: that many at once, then evenly spaced.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub most: u32,
    pub per: Duration,
}

/// Counts what each key does under one limit.
pub struct Limiter {
    inner: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
}

impl Limiter {
    /// `factor` multiplies the limit; development and tests use a large one.
    pub fn new(limit: Limit, factor: u32) -> Self {
        let most = NonZeroU32::new(limit.most.saturating_mul(factor)).unwrap_or(NonZeroU32::MIN);
        let spacing = (limit.per / most.get()).max(Duration::from_nanos(1));
        let quota =
            Quota::with_period(spacing).map_or_else(|| Quota::per_second(most), |quota| quota.allow_burst(most));
        Self { inner: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts one more for `key`, or says after how many seconds to come back.
    pub fn check(&self, key: &str) -> Result<(), u64> {
        let verdict = self.inner.check_key(&key.to_owned());
        // Keys that have rested long enough to be full again need not be remembered.
        if self.inner.len() > 50_000 {
            self.inner.retain_recent();
        }
        verdict.map_err(|busy| busy.wait_time_from(self.clock.now()).as_secs().max(1))
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
        let limiter = Limiter::new(Limit { most: 5, per: Duration::from_mins(10) }, 1);
        assert!((0..5).all(|_| limiter.check("a").is_ok()));
        let wait = limiter.check("a").unwrap_err();
        assert!((100..=120).contains(&wait), "{wait}");
        assert!(limiter.check("b").is_ok());
    }

    #[test]
    fn one_ipv6_subscriber_is_one_key() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3::4"), key("2001:db8:1:2:ffff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
