//! The list of statements that took long.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use super::{Found, Sum};
use crate::platform::{db::Conn, signing::sha256_hex};

/// Characters of who asked.
const ORIGIN: usize = 120;

/// A statement that took long, more than once perhaps.
#[derive(Clone, Debug, FromRow)]
pub struct Slow {
    pub shape: String,
    /// The route that asked, or the job, or the command.
    pub origin: String,
    pub times: u64,
    pub total_ms: u64,
    pub max_ms: u64,
    pub max_rows: u64,
    pub last_seen: OffsetDateTime,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What took most time in all.
    #[default]
    Total,
    Slowest,
}

/// The first of them.
pub async fn top(conn: &mut Conn, order: Order, most: u32) -> sqlx::Result<Vec<Slow>> {
    let mut sql = QueryBuilder::new(
        "SELECT shape, origin, times, total_ms, max_ms, max_rows, last_seen FROM slow_statements ORDER BY ",
    );
    sql.push(match order {
        Order::Total => "total_ms DESC, digest",
        Order::Slowest => "max_ms DESC, digest",
    });
    sql.push(" LIMIT ").push_bind(most);
    sql.build_query_as().fetch_all(conn).await
}

/// Adds to the rows there are, in one order, so that processes do not wait for each other in a circle.
pub(super) async fn add(conn: &mut Conn, found: &Found) -> sqlx::Result<()> {
    let ms = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let mut rows: Vec<_> = found
        .iter()
        .map(|((shape, origin), sum)| {
            let origin: String = origin.chars().take(ORIGIN).collect();
            (sha256_hex(&format!("{origin}\n{shape}")), shape, origin, sum)
        })
        .collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut sql = QueryBuilder::new(
        "INSERT INTO slow_statements (digest, shape, origin, times, total_ms, max_ms, max_rows, last_seen) ",
    );
    sql.push_values(rows, |mut row, (digest, shape, origin, sum)| {
        let Sum { times, total, longest, most_rows, last_seen } = *sum;
        row.push_bind(digest).push_bind(shape).push_bind(origin).push_bind(times).push_bind(ms(total));
        row.push_bind(ms(longest)).push_bind(most_rows).push_bind(last_seen);
    });
    sql.push(
        " ON DUPLICATE KEY UPDATE times = times + VALUES(times), total_ms = total_ms + VALUES(total_ms), \
         max_ms = GREATEST(max_ms, VALUES(max_ms)), max_rows = GREATEST(max_rows, VALUES(max_rows)), \
         last_seen = GREATEST(last_seen, VALUES(last_seen))",
    );
    sql.build().execute(conn).await?;
    Ok(())
}

/// Forgets all but so many that were seen last.
pub(super) async fn trim(conn: &mut Conn, most: usize) -> sqlx::Result<()> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    sqlx::query(
        "DELETE FROM slow_statements WHERE last_seen < (SELECT since FROM (SELECT last_seen AS since \
         FROM slow_statements ORDER BY last_seen DESC LIMIT 1 OFFSET ?) AS oldest)",
    )
    .bind(most.saturating_sub(1))
    .execute(conn)
    .await?;
    Ok(())
}
