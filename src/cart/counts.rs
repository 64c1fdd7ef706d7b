//! The number in the header of every page, remembered in Redis so that it costs no statement.
//!
//! Whoever changes a cart puts a mark in place of its number, for as long as the slowest reader may still hold the old
//! one; who finds the mark counts for himself and remembers nothing. A number is only ever put where there is neither.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{CartToken, queries};
use crate::platform::{db::Database, redis::Redis};

const REMEMBERED_SECONDS: u64 = 300;
/// A mark outlives every reading that began before the change.
const MARKED_SECONDS: u64 = 5;
const MARK: i64 = -1;

/// Units in the cart.
pub async fn units(redis: &Arc<Redis>, db: &Database, token: &CartToken, now: OffsetDateTime) -> sqlx::Result<i64> {
    let name = name(redis, token);
    let known: Option<Option<i64>> = redis.ask(redis::cmd("GET").arg(&name)).await;
    if let Some(Some(count)) = known
        && count != MARK
    {
        return Ok(count);
    }
    let count = queries::count_units(&mut db.conn().await?, &token.hash(), now).await?;
    if known == Some(None) {
        let mut set = redis::cmd("SET");
        set.arg(&name).arg(count).arg("NX").arg("EX").arg(REMEMBERED_SECONDS);
        let redis = Arc::clone(redis);
        tokio::spawn(async move { redis.ask::<redis::Value>(&set).await });
    }
    Ok(count)
}

/// Lets everybody count a cart anew. It is called before a change, so that not even a process that dies in the middle
/// leaves an old number, and after it, however long it took.
pub async fn forget(redis: &Arc<Redis>, token: &CartToken) {
    let mut set = redis::cmd("SET");
    set.arg(name(redis, token)).arg(MARK).arg("EX").arg(MARKED_SECONDS);
    redis.ask::<redis::Value>(&set).await;
}

fn name(redis: &Redis, token: &CartToken) -> String {
    format!("{}:cart:{}", redis.prefix(), token.hash())
}
