//! The only place that reads the time.

use time::OffsetDateTime;

/// Now, in UTC, cut to the microsecond that the database keeps.
pub fn now() -> OffsetDateTime {
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the time")]
    let now = OffsetDateTime::now_utc();
    now.replace_microsecond(now.microsecond()).unwrap_or(now)
}
