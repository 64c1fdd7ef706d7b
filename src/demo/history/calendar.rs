//! When people buy: more of them each year, before holidays, at weekends and in the evening.

use time::{Duration, OffsetDateTime};

use crate::catalog::sample::dice::Dice;

/// So long a past is.
pub const DAYS: u16 = 730;
/// January first.
const MONTHS: [u64; 12] = [90, 85, 92, 85, 80, 74, 72, 80, 90, 100, 135, 175];
/// Monday first.
const WEEKDAYS: [u64; 7] = [90, 84, 86, 92, 116, 126, 108];
const HOURS: [u64; 24] = [8, 4, 2, 1, 1, 2, 4, 8, 14, 20, 26, 28, 30, 30, 28, 26, 27, 30, 36, 44, 50, 48, 34, 18];
/// Divides the part of one order, so that its moment is not the same in every past.
const GRAIN: u64 = 1 << 16;

/// Two years of hours, each with its weight.
#[derive(Debug)]
pub struct Calendar {
    start: OffsetDateTime,
    /// Weights of the hours up to the end of each.
    ends: Vec<u64>,
}

impl Calendar {
    /// The years before a midnight, by the clock that it is written in.
    pub fn until(midnight: OffsetDateTime) -> Self {
        let start = midnight - Duration::days(DAYS.into());
        let mut sum = 0;
        let ends = (0..u64::from(DAYS)).flat_map(|day| HOURS.map(|hour| (day, hour))).map(|(day, hour)| {
            let date = (start + Duration::days(i64::try_from(day).unwrap_or(0))).date();
            let growth = 1_000 + 700 * day / u64::from(DAYS);
            let month = MONTHS[usize::from(u8::from(date.month()) - 1)];
            let weekday = WEEKDAYS[usize::from(date.weekday().number_days_from_monday())];
            sum += growth * month * weekday * hour;
            sum
        });
        Self { start, ends: ends.collect() }
    }

    pub const fn start(&self) -> OffsetDateTime {
        self.start
    }

    /// When the one at a place of so many comes. Each comes after those before it.
    pub fn moment(&self, place: u64, of: u64, dice: &mut Dice) -> OffsetDateTime {
        let total = self.ends.last().copied().unwrap_or_default();
        let grains = u128::from(place) * u128::from(GRAIN) + u128::from(dice.below(GRAIN));
        let at = grains * u128::from(total) / (u128::from(of) * u128::from(GRAIN));
        // Below the total, which is a u64.
        let at = u64::try_from(at).unwrap_or(u64::MAX).min(total - 1);
        let hour = self.ends.partition_point(|end| *end <= at);
        let before = hour.checked_sub(1).map_or(0, |before| self.ends[before]);
        let micros = u128::from(at - before) * 3_600_000_000 / u128::from(self.ends[hour] - before);
        self.start
            + Duration::hours(i64::try_from(hour).unwrap_or(0))
            + Duration::microseconds(i64::try_from(micros).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use time::{Month, Weekday, macros::datetime};

    use super::*;

    fn moments(count: u64) -> Vec<OffsetDateTime> {
        let calendar = Calendar::until(datetime!(2026-11-25 00:00 +5));
        (0..count).map(|place| calendar.moment(place, count, &mut Dice::nth(7, place))).collect()
    }

    #[test]
    fn orders_come_one_after_the_other_within_the_two_years() {
        for count in [1, 10, 20_000] {
            let moments = moments(count);
            assert!(moments.is_sorted(), "{count}");
            assert!(moments[0] >= datetime!(2024-11-25 00:00 +5));
            assert!(moments.iter().all(|moment| *moment < datetime!(2026-11-25 00:00 +5)));
        }
    }

    #[test]
    fn december_saturdays_and_evenings_are_busy() {
        let moments = moments(50_000);
        let count = |is: &dyn Fn(&OffsetDateTime) -> bool| moments.iter().filter(|moment| is(moment)).count();
        assert!(count(&|at| at.month() == Month::December) > 3 * count(&|at| at.month() == Month::July) / 2);
        assert!(count(&|at| at.weekday() == Weekday::Saturday) > count(&|at| at.weekday() == Weekday::Tuesday) * 5 / 4);
        assert!(count(&|at| at.hour() == 20) > count(&|at| at.hour() == 4) * 20);
        assert!(count(&|at| at.year() == 2026) > count(&|at| at.year() == 2025) * 9 / 10, "though it is not over");
    }
}
