//! Times that come again and again.

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset, Weekday};

/// When something is due, by the shop's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    EveryMinute,
    /// At this minute of each hour.
    Hourly(u8),
    Daily(Time),
    Weekly(Weekday, Time),
    /// On this day of each month, or on its last one where there is none.
    Monthly(u8, Time),
}

impl When {
    /// The first due time after this moment.
    pub fn after(self, now: OffsetDateTime, zone: UtcOffset) -> OffsetDateTime {
        let local = now.to_offset(zone);
        let next = self.candidates(local).into_iter().filter(|at| *at > now).min();
        next.unwrap_or(now + Duration::DAY).to_offset(UtcOffset::UTC)
    }

    /// The due times of this period and of the next one.
    fn candidates(self, now: OffsetDateTime) -> [OffsetDateTime; 2] {
        let both = |first: OffsetDateTime, period: Duration| [first, first + period];
        let at = |date: Date, time: Time| date.with_time(time).assume_offset(now.offset());
        let hour = now
            - Duration::nanoseconds(now.time().nanosecond().into())
            - Duration::seconds(now.second().into())
            - Duration::minutes(now.minute().into());
        match self {
            Self::EveryMinute => both(hour + Duration::minutes(now.minute().into()), Duration::MINUTE),
            Self::Hourly(minute) => both(hour + Duration::minutes(minute.into()), Duration::HOUR),
            Self::Daily(time) => both(at(now.date(), time), Duration::DAY),
            Self::Weekly(weekday, time) => {
                let monday = now.date() - Duration::days(now.weekday().number_days_from_monday().into());
                let day = monday + Duration::days(weekday.number_days_from_monday().into());
                both(at(day, time), Duration::WEEK)
            }
            Self::Monthly(day, time) => {
                let (year, month) = (now.year(), now.month());
                let next = if month == Month::December { (year + 1, Month::January) } else { (year, month.next()) };
                [(year, month), next].map(|(year, month)| {
                    let day = day.clamp(1, month.length(year));
                    at(Date::from_calendar_date(year, month, day).unwrap_or(now.date()), time)
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset, time};

    use super::*;

    #[test]
    fn the_next_time_is_after_now_by_the_shops_clock() {
        let zone = offset!(+5);
        let now = datetime!(2026-11-25 22:30:15.25 UTC); // Thursday 03:30:15.25 in the shop
        for (when, next) in [
            (When::EveryMinute, datetime!(2026-11-25 22:31 UTC)),
            (When::Hourly(40), datetime!(2026-11-25 22:40 UTC)),
            (When::Hourly(30), datetime!(2026-11-25 23:30 UTC)),
            (When::Daily(time!(4:00)), datetime!(2026-11-25 23:00 UTC)),
            (When::Daily(time!(3:00)), datetime!(2026-11-26 22:00 UTC)),
            (When::Weekly(Weekday::Thursday, time!(4:00)), datetime!(2026-11-25 23:00 UTC)),
            (When::Weekly(Weekday::Monday, time!(4:00)), datetime!(2026-11-29 23:00 UTC)),
            (When::Weekly(Weekday::Thursday, time!(3:00)), datetime!(2026-12-02 22:00 UTC)),
            (When::Monthly(1, time!(4:30)), datetime!(2026-11-30 23:30 UTC)),
            (When::Monthly(26, time!(4:30)), datetime!(2026-11-25 23:30 UTC)),
        ] {
            assert_eq!(when.after(now, zone), next, "{when:?}");
            assert!(when.after(next, zone) > next, "{when:?} comes again");
        }
    }

    #[test]
    fn a_month_without_that_day_has_a_last_one() {
        let when = When::Monthly(31, time!(4:30));
        let february = when.after(datetime!(2027-01-31 05:00 UTC), UtcOffset::UTC);
        assert_eq!(february, datetime!(2027-02-28 04:30 UTC));
        assert_eq!(when.after(february, UtcOffset::UTC), datetime!(2027-03-31 04:30 UTC));
        assert_eq!(when.after(datetime!(2026-12-31 04:30 UTC), UtcOffset::UTC), datetime!(2027-01-31 04:30 UTC));
    }
}
