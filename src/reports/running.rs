//! How the shop ran: kept pages, and what failed.

use time::OffsetDateTime;

use super::{
    FAILING, Period, SLOW, SLOW_LETTERS, Section,
    actions::{LANG, T, or_nothing},
};
use crate::platform::{
    db::Conn,
    i18n,
    slow::{self, Slow},
    tallies::{self, Kind},
};

/// How many of the requests for pages that may be kept needed nobody to make one.
pub(super) async fn pages(conn: &mut Conn, period: Period) -> sqlx::Result<Section> {
    let (now, before) = (Pages::read(conn, period).await?, Pages::read(conn, period.before()).await?);
    let told = |share: Option<u64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share} %"));
    let share = now.share().map_or_else(|| T.nothing().to_owned(), |share| T.share(share, &told(before.share())));
    let made = format!("{} ({})", number(now.made), number(before.made));
    Ok(Section::new(T.pages(), vec![(T.sent_kept().to_owned(), share), (T.made().to_owned(), made)]))
}

/// The routes that failed most, with the status that they answered.
pub(super) async fn failures(conn: &mut Conn, period: Period) -> sqlx::Result<Section> {
    let failed = tallies::between(conn, Kind::Failure, days(period), FAILING).await?;
    let rows = failed.into_iter().map(|(name, count)| (name, number(count)));
    Ok(Section::new(T.failures(), or_nothing(rows.collect())))
}

/// The shapes of statements that took most time, of those that were seen since this moment.
pub(super) async fn slow(conn: &mut Conn, since: OffsetDateTime) -> sqlx::Result<Section> {
    let mut seen = slow::top(conn, slow::Order::Total, SLOW * 4).await?;
    seen.retain(|statement| statement.last_seen >= since);
    let rows = seen.into_iter().take(SLOW as usize).map(|Slow { shape, origin, times, total_ms, max_ms, .. }| {
        (shape.chars().take(SLOW_LETTERS).collect(), T.slow_row(times, total_ms, max_ms, &origin))
    });
    Ok(Section::new(T.slow(), or_nothing(rows.collect())))
}

/// What became of requests for pages that may be kept.
#[derive(Clone, Copy, Default)]
struct Pages {
    kept: u64,
    made: u64,
}

impl Pages {
    async fn read(conn: &mut Conn, period: Period) -> sqlx::Result<Self> {
        let rows = tallies::between(conn, Kind::Page, days(period), 2).await?;
        let of = |name: &str| rows.iter().find(|(row, _)| row == name).map_or(0, |(_, count)| *count);
        Ok(Self { kept: of("kept"), made: of("made") })
    }

    /// In whole percent.
    fn share(self) -> Option<u64> {
        (self.kept * 100).checked_div(self.kept + self.made)
    }
}

fn days(period: Period) -> (time::Date, time::Date) {
    (period.first, period.last_day())
}

fn number(count: u64) -> String {
    i18n::number(LANG, i64::try_from(count).unwrap_or(i64::MAX))
}
