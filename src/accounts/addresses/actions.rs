//! Changes of a book. Each locks the customer first, so that two at once happen one after the other.

use super::{
    MOST,
    draft::Draft,
    queries::{self, AddressRow},
};
use crate::{
    accounts,
    platform::{
        db::{Database, Tx},
        error::{OrNotFound, Result},
    },
};

/// There is no room for one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

/// Adds an address; the first one is the default.
pub(super) async fn add(db: &Database, client_id: u64, address: &Draft) -> Result<Result<(), Full>> {
    let (mut tx, book) = lock(db, client_id).await?;
    if book.len() >= MOST {
        return Ok(Err(Full));
    }
    queries::insert(&mut tx, client_id, address, book.is_empty()).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Adds an address in a transaction that does more, unless the book holds it already or is full.
pub async fn keep(tx: &mut Tx, client_id: u64, address: &Draft) -> sqlx::Result<()> {
    accounts::queries::lock(tx, client_id).await?;
    let book = queries::book(tx, client_id).await?;
    if book.len() >= MOST || book.iter().any(|row| row.address.is_same_place(address)) {
        return Ok(());
    }
    queries::insert(tx, client_id, address, book.is_empty()).await
}

pub(super) async fn change(db: &Database, client_id: u64, id: u64, address: &Draft) -> Result<()> {
    let (mut tx, book) = lock(db, client_id).await?;
    find(&book, id)?;
    queries::update(&mut tx, id, address).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn make_default(db: &Database, client_id: u64, id: u64) -> Result<()> {
    let (mut tx, book) = lock(db, client_id).await?;
    find(&book, id)?;
    queries::clear_default(&mut tx, client_id).await?;
    queries::set_default(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// Takes an address out of the book; after the default, the oldest of the others is the default.
pub(super) async fn delete(db: &Database, client_id: u64, id: u64) -> Result<()> {
    let (mut tx, book) = lock(db, client_id).await?;
    let was_default = find(&book, id)?.is_default;
    queries::delete(&mut tx, id).await?;
    if let Some(next) = book.iter().find(|row| was_default && row.id != id) {
        queries::set_default(&mut tx, next.id).await?;
    }
    Ok(tx.commit().await?)
}

/// A transaction in which nobody else changes the customer's book, and the book.
async fn lock(db: &Database, client_id: u64) -> Result<(Tx, Vec<AddressRow>)> {
    let mut tx = db.begin().await?;
    accounts::queries::lock(&mut tx, client_id).await?;
    let book = queries::book(&mut tx, client_id).await?;
    Ok((tx, book))
}

/// The address, if it is in this book.
pub(super) fn find(book: &[AddressRow], id: u64) -> Result<&AddressRow> {
    book.iter().find(|row| row.id == id).or_not_found()
}
