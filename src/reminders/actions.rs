//! Writing about carts, batch by batch.

use time::OffsetDateTime;

use super::{
    mails::{self, Held},
    queries::{self, LineRow},
};
use crate::{messages, platform::db::Database};

/// Carts that are written about in one transaction.
const BATCH: u32 = 200;

/// Writes about every cart that was left alone. Returns how many.
pub async fn remind(db: &Database, now: OffsetDateTime) -> sqlx::Result<usize> {
    let mut all = 0;
    loop {
        let written = remind_batch(db, now).await?;
        all += written;
        if written < BATCH as usize {
            return Ok(all);
        }
    }
}

/// The mails and the note that they were written are one transaction, so that no cart is written about twice.
async fn remind_batch(db: &Database, now: OffsetDateTime) -> sqlx::Result<usize> {
    let mut tx = db.begin().await?;
    let carts = queries::lock_idle(&mut tx, now, BATCH).await?;
    if carts.is_empty() {
        return Ok(0);
    }
    let ids: Vec<u64> = carts.iter().map(|cart| cart.cart_id).collect();
    let lines = queries::lines(&mut tx, &ids, now).await?;
    let mails: Vec<_> = carts.iter().map(|cart| mails::about(cart, held(&lines, cart.cart_id), now)).collect();
    queries::mark_reminded(&mut tx, &ids, now).await?;
    messages::actions::queue(&mut tx, &mails).await?;
    tx.commit().await?;
    Ok(carts.len())
}

fn held(lines: &[LineRow], cart_id: u64) -> Held {
    lines.iter().filter(|line| line.cart_id == cart_id).map(|line| (line.edition_id, line.quantity)).collect()
}
