//! What moderators decide. Each names the version of the review that was read, so that nothing is decided twice and
//! nothing is approved that nobody has read.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{LockedReview, refresh_rating};
use crate::{
    accounts::preferences,
    audit::{self, Action, Author, Entry},
    catalog::queries::lock_products,
    messages,
    platform::db::{Database, Tx},
    reviews::{
        FEATURED_TAG, MOST_FEATURED, Reason, ReviewStatus,
        mails::{self, ReviewMail},
        queries::{badge, moderate, write},
        reviews_tag,
    },
};

/// Who decides, and when.
#[derive(Clone, Copy, Debug)]
pub struct Moderator<'a> {
    pub staff_id: u64,
    pub author: &'a Author,
    pub now: OffsetDateTime,
}

/// A review as somebody has read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    pub id: u64,
    pub version: u32,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such review")]
    NotFound,
    /// Somebody else was first, or the author has changed the text.
    #[error("the review has changed since it was read")]
    Changed,
    #[error("others do not see the review")]
    NotShown,
    #[error("{MOST_FEATURED} reviews of the film are featured already")]
    TooManyFeatured,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is decided about a new review, an edit, or one that people complain of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve {
        /// Marks what its author has not marked.
        is_spoiler: bool,
    },
    /// An edit that is rejected leaves what was approved before.
    Reject(Reason),
}

/// Decides, and tells the author.
pub async fn decide(db: &Database, read: Read, decision: Decision, by: Moderator<'_>) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let review = hold(&mut tx, read).await?;
    let told = match decision {
        Decision::Approve { is_spoiler } => approve(&mut tx, &review, is_spoiler, by).await?,
        Decision::Reject(reason) => reject(&mut tx, &review, reason, by).await?,
    };
    if let Some(mail) = told {
        tell_author(&mut tx, &review, mail).await?;
    }
    let (action, how) = match decision {
        Decision::Approve { is_spoiler } => (Action::ReviewApprove, ("is_spoiler", json!(is_spoiler))),
        Decision::Reject(reason) => (Action::ReviewReject, ("reason", json!(reason.word()))),
    };
    record(&mut tx, &review, by, action, Some(how)).await?;
    tx.commit().await?;
    Ok(())
}

/// Locks the film, then the review, which must be as it was read.
async fn hold(tx: &mut Tx, read: Read) -> Result<LockedReview, Refused> {
    let product_id = write::product_of(tx, read.id).await?.ok_or(Refused::NotFound)?;
    lock_products(tx, &[product_id]).await?;
    let review = write::lock(tx, read.id).await?.ok_or(Refused::NotFound)?;
    if review.version == read.version { Ok(review) } else { Err(Refused::Changed) }
}

/// Of complaints that were dismissed the author hears nothing.
async fn approve(
    tx: &mut Tx,
    review: &LockedReview,
    is_spoiler: bool,
    by: Moderator<'_>,
) -> Result<Option<ReviewMail>, Refused> {
    moderate::approve(tx, review.id, is_spoiler, (by.staff_id, by.now)).await?;
    if let Some(client_id) = review.client_id {
        let has_bought = badge::is_buyer(tx, client_id, review.product_id).await?;
        badge::set(tx, review.id, has_bought).await?;
    }
    refresh_rating(tx, review.product_id, by.now).await?;
    let is_news = review.status != ReviewStatus::Approved || review.has_edit;
    Ok(is_news.then_some(ReviewMail::Approved))
}

async fn reject(
    tx: &mut Tx,
    review: &LockedReview,
    reason: Reason,
    by: Moderator<'_>,
) -> Result<Option<ReviewMail>, Refused> {
    let decided = (by.staff_id, by.now);
    match (review.status, review.has_edit) {
        (ReviewStatus::Approved, true) => {
            moderate::reject_edit(tx, review.id, reason, decided).await?;
            return Ok(Some(ReviewMail::EditRejected(reason)));
        }
        (ReviewStatus::Rejected, _) => return Err(Refused::Changed),
        (status, _) => {
            moderate::reject(tx, review.id, reason, decided).await?;
            if status == ReviewStatus::Approved {
                refresh_rating(tx, review.product_id, by.now).await?;
            }
        }
    }
    Ok(Some(ReviewMail::Rejected(reason)))
}

/// Shows a review first on its film's page, or no longer.
pub async fn feature(db: &Database, read: Read, is_featured: bool, by: Moderator<'_>) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let review = shown(&mut tx, read).await?;
    let others = moderate::count_featured(&mut tx, review.product_id).await?;
    if is_featured && !review.is_featured && others >= MOST_FEATURED {
        return Err(Refused::TooManyFeatured);
    }
    moderate::set_featured(&mut tx, review.id, is_featured, (by.staff_id, by.now)).await?;
    record(&mut tx, &review, by, Action::ReviewFeature, None).await?;
    tx.touch(FEATURED_TAG);
    tx.touch(reviews_tag(review.product_id));
    tx.commit().await?;
    Ok(())
}

/// Answers a review as the shop, or changes the answer. The author hears of the first one.
pub async fn reply(db: &Database, read: Read, text: &str, by: Moderator<'_>) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let review = shown(&mut tx, read).await?;
    moderate::set_reply(&mut tx, review.id, text, (by.staff_id, by.now)).await?;
    record(&mut tx, &review, by, Action::ReviewReply, Some(("reply", json!(text)))).await?;
    tell_author(&mut tx, &review, ReviewMail::Replied).await?;
    tx.touch(reviews_tag(review.product_id));
    tx.commit().await?;
    Ok(())
}

/// Holds a review that others see.
async fn shown(tx: &mut Tx, read: Read) -> Result<LockedReview, Refused> {
    let review = hold(tx, read).await?;
    if review.status == ReviewStatus::Approved { Ok(review) } else { Err(Refused::NotShown) }
}

/// Leaves an entry of what was decided about a review: how it was, how it is now, and what else there is to say.
async fn record(
    tx: &mut Tx,
    was: &LockedReview,
    by: Moderator<'_>,
    action: Action,
    more: Option<(&str, Value)>,
) -> sqlx::Result<()> {
    let object = format!("review:{}", was.id);
    let mut after = write::lock(tx, was.id).await?.map(|is| told(&is));
    if let (Some(after), Some((name, value))) = (&mut after, more) {
        after[name] = value;
    }
    audit::record(tx, Entry { author: by.author, action, object: &object, before: Some(told(was)), after }).await
}

/// What the audit log tells of a review's state.
fn told(review: &LockedReview) -> Value {
    json!({
        "status": review.status.word(),
        "has_edit": review.has_edit,
        "reports": review.reports,
        "is_featured": review.is_featured,
    })
}

/// Writes to an author who wants to hear of it.
async fn tell_author(tx: &mut Tx, review: &LockedReview, mail: ReviewMail) -> sqlx::Result<()> {
    let Some(author) = moderate::author(tx, review.id).await? else { return Ok(()) };
    if !preferences::wants(tx, author.client_id, preferences::Kind::ReviewReplies).await? {
        return Ok(());
    }
    messages::actions::queue(tx, &[mails::to_author(review, &author, mail)]).await
}
