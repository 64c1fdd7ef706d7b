//! How long a job that failed waits.

use std::time::Duration;

use rand::RngExt;

const LONGEST: Duration = Duration::from_hours(1);
/// What no handler of this release takes is worth a look after a deployment, not before.
pub(super) const UNFIT: Duration = Duration::from_mins(5);

/// The pause after so many attempts: twice as long each time, and by up to a half shorter, so that jobs which failed
/// together do not all come back together.
pub(super) fn pause(base: Duration, attempts: u32) -> Duration {
    let whole = base.saturating_mul(1 << attempts.min(16)).min(LONGEST);
    rand::rng().random_range(whole / 2..=whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_vary_by_half() {
        let base = Duration::from_secs(5);
        for (attempts, whole) in [(1, 10), (2, 20), (3, 40), (9, 2_560), (10, 3_600), (12, 3_600), (4_000, 3_600)] {
            let whole = Duration::from_secs(whole);
            let pauses: Vec<_> = (0..500).map(|_| pause(base, attempts)).collect();
            assert!(pauses.iter().all(|pause| (whole / 2..=whole).contains(pause)), "{attempts}");
            let (least, most) = (pauses.iter().min().unwrap(), pauses.iter().max().unwrap());
            assert!(*most > *least + whole / 4, "{attempts}: jitter");
        }
    }
}
