//! Follows the clock: once a minute the products whose sale began or ended, or which are to be shown or hidden from now
//! on, are computed anew and announced.
//!
//! One node at a time does it, under a named lock; the time of its look is kept with what it changed, so whoever looks
//! next goes on from there, were it after days.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::{sync::watch, time::MissedTickBehavior};

use super::{LISTS_TAG, REBUILD_TAG, film_tag, queries};
use crate::platform::{
    clock,
    db::{Database, Tx},
};

const PERIOD: Duration = Duration::from_mins(1);
/// Clocks of several nodes differ a little, and whoever changes a film may have taken its prices from a moment before.
const OVERLAP: Duration = Duration::from_mins(2);
/// Products that one statement computes.
const BATCH: usize = 500;
/// More of them are announced as a rebuild of everything.
const MOST_TAGS: usize = 2_000;
const LOCK: &str = "schedule";

/// Looks at the clock once a minute until the shop stops. Without the database it waits for its return, and then
/// catches up.
pub async fn run(db: Database, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        match tick(&db, clock::now()).await {
            Ok(Tick::Done(0) | Tick::Busy) => {}
            Ok(Tick::Done(products)) => tracing::info!(products, "sale and publish times have passed"),
            Err(error) => tracing::warn!("sale and publish times could not be followed: {error}"),
        }
    }
}

/// What a look at the clock came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// So many products were computed anew.
    Done(usize),
    /// Another node is at it.
    Busy,
}

/// Computes and announces what has passed since the last look of any node.
pub async fn tick(db: &Database, now: OffsetDateTime) -> sqlx::Result<Tick> {
    // The lock belongs to its connection, which lives on in the pool: it is given back whatever happens, and not before
    // the next node can see what was done.
    let mut turn = db.conn().await?;
    if !turn.try_named_lock(LOCK).await? {
        return Ok(Tick::Busy);
    }
    let followed = follow(db, now).await;
    turn.release_named_lock(LOCK).await?;
    Ok(Tick::Done(followed?))
}

/// Computes and announces in one transaction, which also says how far it looked. Returns the number of products.
async fn follow(db: &Database, now: OffsetDateTime) -> sqlx::Result<usize> {
    let mut tx = db.begin().await?;
    let seen_until = queries::seen_until(&mut tx).await?;
    // Where a clock was ahead, what it took for past is taken back.
    let ids = queries::due_products(&mut tx, seen_until.min(now) - OVERLAP, seen_until.max(now)).await?;
    refresh(&mut tx, &ids, now).await?;
    queries::note_seen_until(&mut tx, now).await?;
    tx.commit().await?;
    Ok(ids.len())
}

async fn refresh(tx: &mut Tx, ids: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    for batch in ids.chunks(BATCH) {
        queries::lock_products(tx, batch).await?;
        queries::refresh_products(tx, batch, now).await?;
    }
    if !ids.is_empty() {
        // What a node shows by its own clock it may have shown, and kept, a moment too early or too late.
        tx.touch(LISTS_TAG);
    }
    if ids.len() > MOST_TAGS {
        tx.touch(REBUILD_TAG);
    } else {
        for id in ids {
            tx.touch(film_tag(*id));
        }
    }
    Ok(())
}
