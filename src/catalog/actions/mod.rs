//! Changes of the catalogue by the shop's people. Each runs in the caller's transaction, keeps the history and the
//! denormalised columns true, and announces what it changed.

mod stock;

pub use stock::{Adjustment, CancelledLine, adjust_stock, give_back};

use time::{Duration, OffsetDateTime};

use super::{
    REBUILD_TAG, film_tag,
    queries::{self, Prices, changes},
};
use crate::platform::db::Tx;

/// As long as this an old address of a film belongs to it.
const SLUG_RESERVED: Duration = Duration::days(180);

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("another film has this address")]
    SlugTaken,
    #[error("this address was another film's less than 180 days ago")]
    SlugReserved,
    #[error("a film cannot be its own successor")]
    OwnSuccessor,
    #[error("a category cannot stand below itself")]
    Circle,
    #[error("there are not that many units")]
    NotEnoughStock,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Gives a film another address; the old one leads to it from now on. `force` takes an address that was another film's.
pub async fn change_slug(
    tx: &mut Tx,
    product_id: u64,
    slug: &str,
    force: bool,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let old = changes::lock_slug(tx, product_id).await?;
    if old == slug {
        return Ok(());
    }
    if changes::is_slug_taken(tx, slug, product_id).await? {
        return Err(Refusal::SlugTaken);
    }
    if !force && changes::is_slug_reserved(tx, slug, product_id, now - SLUG_RESERVED).await? {
        return Err(Refusal::SlugReserved);
    }
    changes::set_slug(tx, product_id, slug).await?;
    changes::keep_old_slug(tx, &old, Some(product_id), now).await?;
    tx.touch(film_tag(product_id));
    Ok(())
}

/// What became of a film that was to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    Deleted,
    /// Orders or reviews point to it, so its page stays, without a way to buy.
    Archived,
}

/// Takes a film out of the shop. The addresses of a deleted one lead to its successor, or say that it is gone.
pub async fn remove_product(
    tx: &mut Tx,
    product_id: u64,
    successor: Option<u64>,
    now: OffsetDateTime,
) -> Result<Removal, Refusal> {
    if successor == Some(product_id) {
        return Err(Refusal::OwnSuccessor);
    }
    let slug = changes::lock_slug(tx, product_id).await?;
    tx.touch(film_tag(product_id));
    if changes::is_remembered(tx, product_id).await? {
        changes::archive(tx, product_id, successor).await?;
        return Ok(Removal::Archived);
    }
    changes::pass_on(tx, product_id, successor).await?;
    changes::keep_old_slug(tx, &slug, successor, now).await?;
    changes::delete_product(tx, product_id).await?;
    Ok(Removal::Deleted)
}

/// Puts a category, with all below it, under another one or at the top.
pub async fn set_category_parent(tx: &mut Tx, id: u64, parent: Option<u64>) -> Result<(), Refusal> {
    let places = changes::lock_categories(tx).await?;
    let path = |id| places.iter().find(|place| place.id == id).map(|place| place.path.as_str());
    let old = path(id).ok_or(sqlx::Error::RowNotFound)?;
    let above = match parent {
        Some(parent) => path(parent).ok_or(sqlx::Error::RowNotFound)?,
        None => "/",
    };
    if above.starts_with(old) {
        return Err(Refusal::Circle);
    }
    changes::move_category(tx, id, parent, (old, &format!("{above}{id}/"))).await?;
    tx.touch(REBUILD_TAG);
    Ok(())
}

/// Sets the price of an edition and the sale that is announced for it.
pub async fn set_prices(
    tx: &mut Tx,
    edition_id: u64,
    prices: Prices,
    actor: &str,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let product_id = changes::lock_edition(tx, edition_id).await?;
    changes::set_prices(tx, edition_id, prices, actor, now).await?;
    queries::refresh_products(tx, &[product_id], now).await?;
    tx.touch(film_tag(product_id));
    Ok(())
}
