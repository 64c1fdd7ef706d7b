//! Changes of a customer's lists. Each locks the customer first, so that two at once happen one after the other.

use time::OffsetDateTime;

use super::{MOST_FILMS, MOST_NAMED, queries};
use crate::{
    accounts,
    platform::{
        db::{Database, Tx},
        error::{OrNotFound, Result},
        ids,
    },
};

/// There is no room for one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// Makes a list with a name. Returns its id.
pub async fn create(db: &Database, client_id: u64, name: &str) -> Result<Result<u64, Full>> {
    let (mut tx, _) = lock(db, client_id).await?;
    let named = queries::lists_of(&mut tx, client_id).await?.iter().filter(|list| !list.is_default).count();
    if named >= MOST_NAMED {
        return Ok(Err(Full));
    }
    let id = queries::insert(&mut tx, client_id, name).await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// Puts a film on a list of the customer, on the one that everybody has if none is named.
pub async fn add(
    db: &Database,
    client_id: u64,
    list_id: Option<u64>,
    product_id: u64,
    now: OffsetDateTime,
) -> Result<Result<(), Full>> {
    let (mut tx, default) = lock(db, client_id).await?;
    let list_id = list_id.unwrap_or(default);
    check_owner(&mut tx, client_id, list_id).await?;
    if queries::count_films(&mut tx, list_id).await? >= MOST_FILMS {
        return Ok(Err(Full));
    }
    queries::add(&mut tx, list_id, product_id, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

pub async fn remove(db: &Database, client_id: u64, list_id: u64, product_id: u64) -> Result<()> {
    let (mut tx, _) = lock(db, client_id).await?;
    check_owner(&mut tx, client_id, list_id).await?;
    queries::remove(&mut tx, list_id, product_id).await?;
    Ok(tx.commit().await?)
}

/// Makes a link to the list, a new one each time, or withdraws it.
pub async fn share(db: &Database, client_id: u64, list_id: u64, is_shared: bool) -> Result<()> {
    let (mut tx, _) = lock(db, client_id).await?;
    check_owner(&mut tx, client_id, list_id).await?;
    let token = is_shared.then(ids::token);
    queries::set_share_token(&mut tx, list_id, token.as_deref()).await?;
    Ok(tx.commit().await?)
}

/// Gives up a list with a name.
pub async fn delete(db: &Database, client_id: u64, list_id: u64) -> Result<()> {
    let (mut tx, _) = lock(db, client_id).await?;
    check_owner(&mut tx, client_id, list_id).await?;
    queries::delete(&mut tx, list_id).await?.then_some(()).or_not_found()?;
    Ok(tx.commit().await?)
}

/// A transaction in which nobody else changes the customer's lists, and the id of the one that everybody has.
async fn lock(db: &Database, client_id: u64) -> Result<(Tx, u64)> {
    let mut tx = db.begin().await?;
    accounts::queries::lock(&mut tx, client_id).await?;
    let default = queries::find_or_make_default(&mut tx, client_id).await?;
    Ok((tx, default))
}

async fn check_owner(tx: &mut Tx, client_id: u64, list_id: u64) -> Result<()> {
    queries::is_of(tx, client_id, list_id).await?.then_some(()).or_not_found()
}
