//! Requests that are made, confirmed, answered and forgotten.

use time::{Duration, OffsetDateTime};

use super::{
    TOLD_PER_UNIT,
    jobs::{AskForAlert, TellMore},
    mails,
    queries::{self, AlertRow, Known, Stage, Waiting},
};
use crate::{
    catalog::{self, jobs::StockArrived},
    messages,
    platform::{
        db::{Database, Tx},
        i18n::Lang,
        queue::Run,
    },
};

/// Whoever has not got the link asks again after that.
const NO_LINK_AGAIN_FOR: Duration = Duration::minutes(10);
/// About so many links a day go to an address that has not confirmed one: it may be a stranger's who never asked.
const LINKS_A_DAY: i64 = 5;
/// People who are told in one transaction.
const BATCH: u32 = 200;

/// Writes a request down; the same work whoever asks.
pub async fn ask(db: &Database, edition_id: u64, email: &str, lang: Lang) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    // Addresses that differ in case only are one person's.
    let ask = AskForAlert { edition_id, email: email.to_lowercase(), language: lang.code().to_owned() };
    tx.enqueue(&ask).await?;
    tx.commit().await
}

/// Keeps a request and sends the link that confirms it, which goes neither to somebody who is on the list already nor to
/// anybody too often.
pub async fn keep(db: &Database, ask: &AskForAlert, run: Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let known = queries::lock_request(&mut tx, ask.edition_id, &ask.email).await?;
    let recent = queries::count_unconfirmed(&mut tx, &ask.email, now - Duration::DAY).await?;
    let is_known_edition = catalog::queries::edition(&mut tx, ask.edition_id).await?.is_some();
    let wants_link = known.as_ref().is_none_or(|known| wants_link(known, now));
    if is_known_edition && wants_link && recent < LINKS_A_DAY {
        let id = match known {
            Some(known) => {
                queries::renew(&mut tx, known.id, &ask.language, now).await?;
                known.id
            }
            None => queries::insert(&mut tx, ask.edition_id, &ask.email, &ask.language, now).await?,
        };
        let person = Waiting { id, email: ask.email.clone(), language: ask.language.clone(), requested_at: now };
        messages::actions::queue(&mut tx, &[mails::confirm(ask.edition_id, &person)]).await?;
    }
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

fn wants_link(known: &Known, now: OffsetDateTime) -> bool {
    match known.stage {
        Stage::Waiting => false,
        Stage::Told => true,
        Stage::Unconfirmed => known.requested_at <= now - NO_LINK_AGAIN_FOR,
    }
}

/// What a confirmed request comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Waiting,
    /// There is nothing to wait for any more.
    InStock,
}

/// Lets a request count from now on, if it is still kept.
pub async fn confirm(db: &Database, id: u64, now: OffsetDateTime) -> sqlx::Result<Option<(AlertRow, Confirmed)>> {
    let mut tx = db.begin().await?;
    let Some(alert) = queries::find(&mut tx, id).await?.filter(|alert| alert.stage != Stage::Told) else {
        return Ok(None);
    };
    let outcome = if alert.is_in_stock {
        queries::delete(&mut tx, id).await?;
        Confirmed::InStock
    } else {
        queries::confirm(&mut tx, id, now).await?;
        Confirmed::Waiting
    };
    tx.commit().await?;
    Ok(Some((alert, outcome)))
}

/// Forgets all that the person of this request waits for.
pub async fn unsubscribe(db: &Database, id: u64) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    queries::delete_all_of_person(&mut tx, id).await?;
    tx.commit().await
}

/// Tells the first of those who wait that an edition is back.
pub async fn tell(db: &Database, arrived: StockArrived, run: Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let left = arrived.units.saturating_mul(TOLD_PER_UNIT);
    tell_more(db, TellMore { edition_id: arrived.edition_id, left }, run, now).await
}

/// Tells one batch, and leaves the next one in the queue. Those who are told, their mails, what is left and the end of the
/// job are one transaction, so that nobody is told twice and no more than the units are worth.
pub async fn tell_more(db: &Database, job: TellMore, run: Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    if can_be_had(&mut tx, job.edition_id, now).await? {
        let most = job.left.min(BATCH);
        let waiting = queries::lock_waiting(&mut tx, job.edition_id, most).await?;
        let ids: Vec<u64> = waiting.iter().map(|person| person.id).collect();
        queries::mark_told(&mut tx, &ids, now).await?;
        let mails: Vec<_> = waiting.iter().map(|person| mails::back_in_stock(job.edition_id, person)).collect();
        messages::actions::queue(&mut tx, &mails).await?;
        let left = job.left - most;
        if ids.len() == most as usize && left > 0 {
            tx.enqueue(&TellMore { left, ..job }).await?;
        }
    }
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether there is anything to tell: the edition may be gone again by now, and its film may not be shown.
async fn can_be_had(tx: &mut Tx, edition_id: u64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let Some(edition) = catalog::queries::edition(tx, edition_id).await? else { return Ok(false) };
    let film = catalog::queries::films(tx, &[edition.product_id]).await?.pop();
    Ok(edition.is_active && edition.stock > 0 && film.is_some_and(|film| film.is_visible(now)))
}
