//! Orders that are not paid in time.

use time::OffsetDateTime;

use super::{By, MoveError, Step, is_owed, move_locked, take_step};
use crate::{
    orders::{
        OrderStatus,
        mails::{Addressee, expired_message},
        queries,
    },
    platform::db::{Database, Tx},
};

/// Orders that one statement finds.
const BATCH: u32 = 100;

/// Cancels an order if it is due now that nobody else can move it: a payment, a person or another node may have been
/// first.
pub(super) async fn expire_order(
    tx: &mut Tx,
    number: &str,
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    let order = queries::lock(tx, number).await?.ok_or(MoveError::NotFound)?;
    let is_due = order.status == OrderStatus::Pending
        && order.payment_type.is_online()
        && is_owed(order.payment_status)
        && order.expires_at.is_some_and(|at| at <= now);
    if !is_due {
        return Err(MoveError::NotDue);
    }
    let mail = |to: &Addressee<'_>, _: OrderStatus| Some(expired_message(to));
    move_locked(tx, &order, Some(OrderStatus::Cancelled), (by, now), &mail).await
}

/// Cancels the orders whose time to pay is over. One that cannot be cancelled holds up no other; it is tried again with
/// the next run. Returns how many were cancelled.
pub async fn expire_unpaid(db: &Database, now: OffsetDateTime) -> sqlx::Result<usize> {
    let by = By { actor: "expiry", reason: Some("not paid in time") };
    let (mut expired, mut last) = (0, 0);
    loop {
        let due = queries::line_up_expired(&mut db.conn().await?, now, last, BATCH).await?;
        let Some((id, _)) = due.last() else { return Ok(expired) };
        last = *id;
        for (_, number) in due {
            match take_step(db, &number, Step::Expire, by, now).await {
                Ok(_) => expired += 1,
                Err(MoveError::NotDue) => {}
                Err(error) => tracing::warn!(number, "an unpaid order could not be cancelled: {error}"),
            }
        }
    }
}
