//! The moves of an order. Each is one transaction that locks the order first and then what it gives back, so that two at
//! once happen one after the other, and the second finds what the first has left.

mod expiry;
mod former;
mod shipping;

pub use expiry::expire_unpaid;
pub use former::forget;
pub use shipping::Packed;
use time::{Duration, OffsetDateTime};

use self::{expiry::expire_order, shipping::ship_order};
use super::{
    MoveRefused, OrderFacts, OrderStatus, PaymentStatus, check_move, client_tag, customer_may_cancel, invoice,
    jobs::{DeliveredAWeekAgo, PossessionChanged},
    mails::{Addressee, OrderMail, Parcel, customer_message},
    next_by_itself,
    queries::{self, Change, LockedLine, LockedOrder, NewEvent},
};
use crate::{
    catalog::actions::{CancelledLine, give_back},
    messages::{self, NewMessage},
    platform::{
        db::{self, Database, Tx},
        i18n::Lang,
        retry::Attempts,
    },
};

/// Who moves an order, and why where a reason was given.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub actor: &'a str,
    pub reason: Option<&'a str>,
}

/// Why an order was not moved. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("there is no such order")]
    NotFound,
    #[error(transparent)]
    Refused(#[from] MoveRefused),
    #[error("nothing is to be paid for an order that is {} and {}", .0.word(), .1.word())]
    NothingToPay(OrderStatus, PaymentStatus),
    #[error("a parcel holds something, and no more than is left")]
    NotToPack,
    #[error("its time to be paid is not over, or it waits for no payment")]
    NotDue,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is to be done with an order.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    Move(OrderStatus),
    /// Send what is left of all that is carried, in one parcel.
    Ship(&'a Parcel),
    /// Send some of it.
    ShipPart(&'a Parcel, &'a [Packed]),
    /// Note that all of it has been paid.
    Pay,
    /// Cancel it if it is still not paid after its time.
    Expire,
    /// Cancel it for its customer, unless it is cancelled already.
    Withdraw,
}

/// Takes a step in a transaction of its own, again when it lost against another one. Returns where the order stands.
pub async fn take_step(
    db: &Database,
    number: &str,
    step: Step<'_>,
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    let mut attempts = Attempts::first();
    loop {
        match attempt(db, number, step, by, now).await {
            Err(MoveError::Database(error)) if db::is_retryable(&error) && attempts.again().await => {}
            outcome => return outcome,
        }
    }
}

async fn attempt(
    db: &Database,
    number: &str,
    step: Step<'_>,
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    let mut tx = db.begin().await?;
    let stands = take(&mut tx, number, step, by, now).await?;
    tx.commit().await?;
    Ok(stands)
}

/// Takes a step in a transaction that does more.
pub(super) async fn take(
    tx: &mut Tx,
    number: &str,
    step: Step<'_>,
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    match step {
        Step::Move(to) => move_order(tx, number, to, by, now).await,
        Step::Ship(parcel) => ship_order(tx, number, (parcel, None), by, now).await,
        Step::ShipPart(parcel, contents) => ship_order(tx, number, (parcel, Some(contents)), by, now).await,
        Step::Pay => pay_order(tx, number, by, now).await,
        Step::Expire => expire_order(tx, number, by, now).await,
        Step::Withdraw => withdraw_order(tx, number, by, now).await,
    }
}

/// Moves an order as the table allows, and further where it goes on by itself. Returns where it stands.
pub async fn move_order(
    tx: &mut Tx,
    number: &str,
    to: OrderStatus,
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    let order = queries::lock(tx, number).await?.ok_or(MoveError::NotFound)?;
    move_locked(tx, &order, Some(to), (by, now), &usual_mail).await
}

/// Notes that all of an order has been paid, and moves it as far as it goes by itself.
pub async fn pay_order(tx: &mut Tx, number: &str, by: By<'_>, now: OffsetDateTime) -> Result<OrderStatus, MoveError> {
    let mut order = queries::lock(tx, number).await?.ok_or(MoveError::NotFound)?;
    let is_over = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
    if is_over || !is_owed(order.payment_status) {
        return Err(MoveError::NothingToPay(order.status, order.payment_status));
    }
    queries::pay(tx, order.id).await?;
    note(tx, &order, "paid", by).await?;
    tx.enqueue(&PossessionChanged { order_id: order.id }).await?;
    order.payment_status = PaymentStatus::Paid;
    order.paid_minor = order.total_minor;
    move_locked(tx, &order, None, (by, now), &usual_mail).await
}

/// Cancels an order as its customer may. Asked twice it is cancelled once, and both are told that it is.
async fn withdraw_order(tx: &mut Tx, number: &str, by: By<'_>, now: OffsetDateTime) -> Result<OrderStatus, MoveError> {
    let order = queries::lock(tx, number).await?.ok_or(MoveError::NotFound)?;
    if order.status == OrderStatus::Cancelled {
        return Ok(OrderStatus::Cancelled);
    }
    if !customer_may_cancel(order.status) {
        return Err(MoveRefused { from: order.status, to: OrderStatus::Cancelled, allowed: Vec::new() }.into());
    }
    move_locked(tx, &order, Some(OrderStatus::Cancelled), (by, now), &usual_mail).await
}

/// No money has come, and none is on hold.
pub(super) const fn is_owed(payment: PaymentStatus) -> bool {
    matches!(payment, PaymentStatus::Unpaid | PaymentStatus::Pending | PaymentStatus::Failed)
}

fn facts(order: &LockedOrder, lines: &[LockedLine]) -> OrderFacts {
    OrderFacts {
        status: order.status,
        delivery_type: order.delivery_type,
        is_fully_shipped: lines
            .iter()
            .filter(|line| !line.format.is_digital())
            .all(|line| line.quantity_shipped == line.quantity),
        is_partly_shipped: lines.iter().any(|line| line.quantity_shipped > 0),
        is_fully_refunded: order.paid_minor > 0 && order.refunded_minor == order.paid_minor,
        is_paid: order.payment_status == PaymentStatus::Paid,
        is_online: order.payment_type.is_online(),
    }
}

/// The statuses that an order passes now, from its first step on.
fn way(order: OrderFacts, first: Option<OrderStatus>) -> Vec<OrderStatus> {
    let first = first.or_else(|| next_by_itself(&order));
    std::iter::successors(first, |status| next_by_itself(&OrderFacts { status: *status, ..order })).collect()
}

/// What a customer is told of where an order has come to.
type MailOf<'a> = &'a (dyn Fn(&Addressee<'_>, OrderStatus) -> Option<NewMessage> + Sync);

fn usual_mail(to: &Addressee<'_>, status: OrderStatus) -> Option<NewMessage> {
    let mail = match status {
        OrderStatus::Confirmed => OrderMail::Confirmed,
        OrderStatus::Shipped => OrderMail::Shipped,
        OrderStatus::Delivered => OrderMail::Delivered,
        OrderStatus::Cancelled => OrderMail::Cancelled,
        OrderStatus::Pending | OrderStatus::Processing | OrderStatus::Refunded => return None,
    };
    Some(customer_message(to, mail))
}

/// Moves an order that is locked, to this status or as far as it goes by itself, with all that follows from where it
/// comes to. A customer whose order makes several steps at once is told of the last.
async fn move_locked(
    tx: &mut Tx,
    order: &LockedOrder,
    to: Option<OrderStatus>,
    (by, now): (By<'_>, OffsetDateTime),
    mail: MailOf<'_>,
) -> Result<OrderStatus, MoveError> {
    let lines = queries::lines_to_move(tx, order.id).await?;
    let facts = facts(order, &lines);
    to.map_or(Ok(()), |to| check_move(&facts, to))?;
    let steps = way(facts, to);
    let Some(&end) = steps.last() else {
        invoice::issue_if_due(tx, &order.number, now).await?;
        return Ok(order.status);
    };
    write_steps(tx, order, &steps, by).await?;
    if end == OrderStatus::Cancelled {
        cancel(tx, order, &lines, by, now).await?;
    } else {
        queries::change(tx, order.id, Change { status: end, payment_status: order.payment_status }).await?;
    }
    let language = Lang::from_code(&order.language).unwrap_or_default();
    let addressee = Addressee { order_id: order.id, number: &order.number, email: &order.email, language };
    let message: Vec<NewMessage> = mail(&addressee, end).into_iter().collect();
    messages::actions::queue(tx, &message).await?;
    if let Some(client_id) = order.client_id {
        tx.touch(client_tag(client_id));
    }
    if matches!(end, OrderStatus::Delivered | OrderStatus::Refunded) {
        tx.enqueue(&PossessionChanged { order_id: order.id }).await?;
    }
    if end == OrderStatus::Delivered {
        tx.enqueue_at(&DeliveredAWeekAgo { order_id: order.id }, now + Duration::WEEK).await?;
    }
    invoice::issue_if_due(tx, &order.number, now).await?;
    Ok(end)
}

/// Gives everything back: the stock, and the money that is not ours. What was paid waits for somebody to refund it.
async fn cancel(
    tx: &mut Tx,
    order: &LockedOrder,
    lines: &[LockedLine],
    by: By<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let payment_status = if order.paid_minor == 0 { PaymentStatus::Voided } else { order.payment_status };
    queries::change(tx, order.id, Change { status: OrderStatus::Cancelled, payment_status }).await?;
    if order.paid_minor > order.refunded_minor {
        queries::call_for_attention(tx, order.id).await?;
        note(tx, order, "refund_due", by).await?;
    }
    let lines: Vec<CancelledLine> = lines
        .iter()
        .map(|line| CancelledLine {
            id: line.id,
            product_id: line.product_id,
            quantity: line.quantity,
            is_unrecorded: line.format.is_digital() || line.edition_id.is_none(),
        })
        .collect();
    give_back(tx, &lines, by.actor, now).await
}

/// Writes each step into the history that the customer sees.
async fn write_steps(tx: &mut Tx, order: &LockedOrder, steps: &[OrderStatus], by: By<'_>) -> sqlx::Result<()> {
    let from = std::iter::once(&order.status).chain(steps);
    for (from, to) in from.zip(steps) {
        let moved = NewEvent {
            kind: "moved",
            from: Some(*from),
            to: Some(*to),
            actor: by.actor,
            is_public: true,
            reason: by.reason,
        };
        queries::insert_event(tx, order.id, &moved).await?;
    }
    Ok(())
}

/// Writes into the history what only the shop's people see.
async fn note(tx: &mut Tx, order: &LockedOrder, kind: &str, by: By<'_>) -> sqlx::Result<()> {
    let event = NewEvent { kind, from: None, to: None, actor: by.actor, is_public: false, reason: by.reason };
    queries::insert_event(tx, order.id, &event).await
}
