//! What customers and moderators do. Each is one transaction that holds the review, and the film first where its rating
//! may change.

mod badge;
mod farewell;
mod moderation;

pub use badge::refresh_badges;
pub use farewell::{Left, leave};
pub use moderation::{Decision, Moderator, Read, Refused, decide, feature, reply};
use time::OffsetDateTime;

use super::{
    Draft, REPORTS_TO_QUEUE, Reason, ReviewStatus,
    queries::{
        badge::{self as badges, is_buyer},
        write::{self, LockedReview},
    },
    reviews_tag,
    score::helpfulness,
};
use crate::{
    catalog::{
        film_tag,
        queries::{lock_products, refresh_products},
    },
    platform::db::{Database, Tx, is_unique_violation},
};

/// Writes a customer's first review of a film, which nobody else sees until it is approved. None where there is one
/// already.
pub async fn write(
    db: &Database,
    client_id: u64,
    product_id: u64,
    draft: &Draft,
    now: OffsetDateTime,
) -> sqlx::Result<Option<u64>> {
    let mut tx = db.begin().await?;
    let id = match write::insert(&mut tx, client_id, product_id, draft, now).await {
        Ok(id) => id,
        Err(error) if is_unique_violation(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let has_bought = is_buyer(&mut tx, client_id, product_id).await?;
    badges::set(&mut tx, id, has_bought).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Changes what a customer has written; false where it is not theirs. What was approved stays in sight until the new text
/// is decided.
pub async fn edit(db: &Database, client_id: u64, id: u64, draft: &Draft, now: OffsetDateTime) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let Some(review) = own(&mut tx, client_id, id).await? else { return Ok(false) };
    if review.status == ReviewStatus::Approved {
        write::set_edit(&mut tx, id, draft, now).await?;
    } else {
        write::replace(&mut tx, id, draft, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Takes a customer's review away at once, with its votes; false where it is not theirs.
pub async fn delete(db: &Database, client_id: u64, id: u64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let Some(product_id) = write::product_of(&mut tx, id).await? else { return Ok(false) };
    lock_products(&mut tx, &[product_id]).await?;
    let Some(review) = own(&mut tx, client_id, id).await? else { return Ok(false) };
    write::delete(&mut tx, id).await?;
    if review.status == ReviewStatus::Approved {
        refresh_rating(&mut tx, product_id, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn own(tx: &mut Tx, client_id: u64, id: u64) -> sqlx::Result<Option<LockedReview>> {
    Ok(write::lock(tx, id).await?.filter(|review| review.client_id == Some(client_id)))
}

/// Computes the rating of a film that is locked, and tells of it.
async fn refresh_rating(tx: &mut Tx, product_id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    refresh_products(tx, &[product_id], now).await?;
    tx.touch(film_tag(product_id));
    Ok(())
}

/// What came of a vote or a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It counts for this film's review.
    Yes { product_id: u64 },
    /// Nobody judges what they have written themselves.
    Own { product_id: u64 },
    /// There is nothing that others see.
    NotFound,
}

/// Counts an account's vote on a review, in place of the one before.
pub async fn vote(db: &Database, client_id: u64, id: u64, is_helpful: bool) -> sqlx::Result<Heard> {
    let mut tx = db.begin().await?;
    let review = match of_another(&mut tx, client_id, id).await? {
        Ok(review) => review,
        Err(heard) => return Ok(heard),
    };
    let product_id = review.product_id;
    let before = write::vote_of(&mut tx, id, client_id).await?;
    if before != Some(is_helpful) {
        let (up, down) = recount((review.helpful_up, review.helpful_down), before, is_helpful);
        write::set_vote(&mut tx, id, client_id, is_helpful).await?;
        write::set_votes(&mut tx, id, (up, down), helpfulness(up, down)).await?;
        tx.touch(reviews_tag(product_id));
        tx.commit().await?;
    }
    Ok(Heard::Yes { product_id })
}

/// Counts the votes on a review anew. False where there is no such review.
pub async fn count_votes(tx: &mut Tx, id: u64) -> sqlx::Result<bool> {
    let Some((product_id, up, down)) = write::counted_votes(tx, id).await? else { return Ok(false) };
    write::set_votes(tx, id, (up, down), helpfulness(up, down)).await?;
    tx.touch(reviews_tag(product_id));
    Ok(true)
}

/// The votes with one more, or with one that was changed.
const fn recount((up, down): (u32, u32), before: Option<bool>, is_helpful: bool) -> (u32, u32) {
    let (up, down) = match before {
        Some(true) => (up.saturating_sub(1), down),
        Some(false) => (up, down.saturating_sub(1)),
        None => (up, down),
    };
    if is_helpful { (up + 1, down) } else { (up, down + 1) }
}

/// Counts an account's complaint of a review, once. Enough of them let a moderator read it again; it stays in sight.
pub async fn report(
    db: &Database,
    client_id: u64,
    id: u64,
    reason: Reason,
    now: OffsetDateTime,
) -> sqlx::Result<Heard> {
    let mut tx = db.begin().await?;
    let review = match of_another(&mut tx, client_id, id).await? {
        Ok(review) => review,
        Err(heard) => return Ok(heard),
    };
    match write::insert_report(&mut tx, id, client_id, reason).await {
        Ok(()) => {
            let reports = review.reports + 1;
            let queued_at = (reports == REPORTS_TO_QUEUE && !review.has_edit).then_some(now);
            write::set_reports(&mut tx, id, reports, queued_at).await?;
            tx.commit().await?;
        }
        Err(error) if is_unique_violation(&error) => {}
        Err(error) => return Err(error),
    }
    Ok(Heard::Yes { product_id: review.product_id })
}

/// A review in sight that somebody else has written.
async fn of_another(tx: &mut Tx, client_id: u64, id: u64) -> sqlx::Result<Result<LockedReview, Heard>> {
    let shown = write::lock(tx, id).await?.filter(|review| review.status == ReviewStatus::Approved);
    Ok(match shown {
        None => Err(Heard::NotFound),
        Some(review) if review.client_id == Some(client_id) => Err(Heard::Own { product_id: review.product_id }),
        Some(review) => Ok(review),
    })
}

#[cfg(test)]
mod tests {
    use super::recount;

    #[test]
    fn a_changed_vote_moves_from_one_side_to_the_other() {
        assert_eq!(recount((3, 1), None, true), (4, 1));
        assert_eq!(recount((3, 1), Some(true), false), (2, 2));
        assert_eq!(recount((3, 1), Some(false), true), (4, 0));
    }
}
