//! Changes of an edition by somebody at the desk, unless somebody else was first.

use serde_json::json;
use time::OffsetDateTime;

use super::queries::{self, Edition};
use crate::{
    audit::{self, Action, Author, Entry},
    catalog::{
        StockReason,
        actions::{Adjustment, Refusal, adjust_stock, set_prices},
        queries::Prices,
    },
    platform::db::{Database, Tx},
};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum SaveError {
    #[error("the edition was changed meanwhile")]
    Stale,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Units that came or went, why, and what there is to say of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    pub delta: i32,
    pub reason: StockReason,
    pub note: &'a str,
}

/// Adds units or takes them away; returns the stock after it. `edition.version` is the one that the form was made from.
pub(super) async fn adjust(
    db: &Database,
    edition: &Edition,
    change: Change<'_>,
    author: &Author,
    now: OffsetDateTime,
) -> Result<i32, SaveError> {
    let mut tx = db.begin().await?;
    hold(&mut tx, edition).await?;
    let Change { delta, reason, note } = change;
    let adjustment = Adjustment { delta, reason, actor: &author.actor, note };
    let stock = adjust_stock(&mut tx, edition.id, adjustment, now).await?;
    let object = format!("edition:{}", edition.sku);
    let before = Some(json!({ "stock": stock - delta }));
    let after = Some(json!({ "stock": stock, "reason": reason.word(), "note": note }));
    audit::record(&mut tx, Entry { author, action: Action::StockAdjust, object: &object, before, after }).await?;
    tx.commit().await?;
    Ok(stock)
}

/// Sets the price and the sale. `edition` is as the form was made from it.
pub(super) async fn reprice(
    db: &Database,
    edition: &Edition,
    prices: Prices,
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), SaveError> {
    let mut tx = db.begin().await?;
    hold(&mut tx, edition).await?;
    set_prices(&mut tx, edition.id, prices, &author.actor, now).await?;
    let object = format!("edition:{}", edition.sku);
    let (before, after) = (Some(told(of(edition))), Some(told(prices)));
    audit::record(&mut tx, Entry { author, action: Action::EditionPrice, object: &object, before, after }).await?;
    Ok(tx.commit().await?)
}

/// The prices of an edition as it was read.
pub(super) fn of(edition: &Edition) -> Prices {
    let Edition { price_minor, sale_price_minor, sale_from, sale_to, .. } = *edition;
    Prices { price_minor, sale_price_minor, sale_from, sale_to }
}

fn told(prices: Prices) -> serde_json::Value {
    let time = |at: Option<OffsetDateTime>| at.map(crate::platform::i18n::machine_time);
    json!({
        "price_minor": prices.price_minor,
        "sale_price_minor": prices.sale_price_minor,
        "sale_from": time(prices.sale_from),
        "sale_to": time(prices.sale_to),
    })
}

/// Keeps everybody else off the edition, if it is still the one that was read.
async fn hold(tx: &mut Tx, edition: &Edition) -> Result<(), SaveError> {
    if queries::lock_version(tx, edition.id).await? == edition.version { Ok(()) } else { Err(SaveError::Stale) }
}
