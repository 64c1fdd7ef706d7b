//! Days and weeks by the shop's clock.

use time::{Date, Duration, OffsetDateTime, UtcOffset, Weekday};

use crate::word_enum;

word_enum! {
    /// How long a report looks back.
    pub Span {
        Day = "daily",
        Week = "weekly",
    }
}

impl Span {
    const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// A whole day, or a whole week from Monday on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub span: Span,
    pub first: Date,
}

impl Period {
    /// The day, or the week with this day.
    pub fn of(span: Span, day: Date) -> Self {
        let first = match span {
            Span::Day => day,
            Span::Week => day.prev_occurrence_or_same(Weekday::Monday),
        };
        Self { span, first }
    }

    /// The last one that is over.
    pub fn last(span: Span, now: OffsetDateTime, zone: UtcOffset) -> Self {
        Self::of(span, now.to_offset(zone).date()).before()
    }

    pub fn before(self) -> Self {
        Self { first: self.first - Duration::days(self.span.days()), ..self }
    }

    pub fn last_day(self) -> Date {
        self.first + Duration::days(self.span.days() - 1)
    }

    /// The moments at which it begins and at which it is over.
    pub fn bounds(self, zone: UtcOffset) -> (OffsetDateTime, OffsetDateTime) {
        let begin = |date: Date| date.midnight().assume_offset(zone).to_offset(UtcOffset::UTC);
        (begin(self.first), begin(self.first + Duration::days(self.span.days())))
    }
}

trait PreviousOrSame {
    fn prev_occurrence_or_same(self, weekday: Weekday) -> Self;
}

impl PreviousOrSame for Date {
    fn prev_occurrence_or_same(self, weekday: Weekday) -> Self {
        if self.weekday() == weekday { self } else { self.prev_occurrence(weekday) }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime, offset};

    use super::*;

    #[test]
    fn the_last_day_is_the_shops_yesterday() {
        let now = datetime!(2026-11-24 20:30 UTC);
        let day = Period::last(Span::Day, now, offset!(+5));
        assert_eq!(day, Period { span: Span::Day, first: date!(2026 - 11 - 24) }, "there it is the 25th already");
        assert_eq!(day.bounds(offset!(+5)), (datetime!(2026-11-23 19:00 UTC), datetime!(2026-11-24 19:00 UTC)));
        assert_eq!(Period::last(Span::Day, now, UtcOffset::UTC).first, date!(2026 - 11 - 23));
        assert_eq!(day.before().bounds(offset!(+5)).1, day.bounds(offset!(+5)).0);
    }

    #[test]
    fn weeks_begin_on_monday() {
        for (now, monday) in [
            (datetime!(2026-11-29 18:59 UTC), date!(2026 - 11 - 16)),
            (datetime!(2026-11-29 19:01 UTC), date!(2026 - 11 - 23)),
        ] {
            let week = Period::last(Span::Week, now, offset!(+5));
            assert_eq!((week.first, week.last_day()), (monday, monday + Duration::days(6)), "{now}");
            assert_eq!(week.before().first, monday - Duration::days(7));
        }
        assert_eq!(Period::of(Span::Week, date!(2026 - 11 - 23)).first, date!(2026 - 11 - 23));
    }
}
