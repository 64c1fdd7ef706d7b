//! One transaction: either all of it goes, or nothing.

use time::OffsetDateTime;

use super::report::Report;
use crate::{
    accounts::{self, queries::Known},
    alerts,
    cart::{self, CartToken},
    messages,
    orders::{self, client_tag},
    platform::{
        db::{Database, Tx, is_retryable},
        error::{Error, Result},
        retry::Attempts,
    },
    privacy::export,
    recent, reviews, wishlists,
};

/// What came of it.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Gone(Report),
    /// These orders are still on their way; nothing has changed.
    OpenOrders(Vec<String>),
    /// Another request has done it already.
    GoneBefore,
}

/// Deletes an account.
pub(super) async fn remove(db: &Database, client_id: u64, keeps_reviews: bool, now: OffsetDateTime) -> Result<Outcome> {
    let mut attempts = Attempts::first();
    loop {
        match attempt_to_remove(db, client_id, keeps_reviews, now).await {
            Err(error) if is_retryable(&error) => {
                if !attempts.again().await {
                    return Err(Error::Unavailable(error.into()));
                }
            }
            outcome => return Ok(outcome?),
        }
    }
}

/// The cart is locked first and the customer then, as an order is placed: of the two at once one comes first.
async fn attempt_to_remove(
    db: &Database,
    client_id: u64,
    keeps_reviews: bool,
    now: OffsetDateTime,
) -> sqlx::Result<Outcome> {
    let mut tx = db.begin().await?;
    cart::lock(&mut tx, &CartToken::of_client(client_id).hash(), now).await?;
    if !accounts::queries::try_lock(&mut tx, client_id).await? {
        return Ok(Outcome::GoneBefore);
    }
    let open = orders::queries::former::open_of(&mut tx, client_id).await?;
    if !open.is_empty() {
        return Ok(Outcome::OpenOrders(open));
    }
    let Some(known) = accounts::queries::known(&mut tx, client_id).await? else { return Ok(Outcome::GoneBefore) };
    cart::forget(&mut tx, client_id).await?;
    recent::clear(&mut tx, client_id).await?;
    export::delete(&mut tx, client_id).await?;
    let reviews = reviews::actions::leave(&mut tx, client_id, keeps_reviews, now).await?;
    let report = Report {
        wishlists: wishlists::forget(&mut tx, client_id).await?,
        alerts: forget_address(&mut tx, &known).await?,
        orders: orders::actions::forget(&mut tx, client_id).await?,
        addresses: accounts::actions::close(&mut tx, &known, now).await?,
        reviews_removed: reviews.removed,
        reviews_kept: reviews.kept,
    };
    tx.touch(client_tag(client_id));
    tx.commit().await?;
    Ok(Outcome::Gone(report))
}

/// Forgets what belongs to an address alone, of whoever has shown that it is theirs: the address of an account that was never
/// confirmed may be another customer's. Returns how many alerts there were.
async fn forget_address(tx: &mut Tx, known: &Known) -> sqlx::Result<u64> {
    if !known.is_verified {
        return Ok(0);
    }
    messages::forget(tx, &known.email).await?;
    alerts::queries::forget(tx, &known.email).await
}
