//! Moves and notes from the desk.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::{
    audit::{self, Action, Author, Entry},
    messages::{self, actions::ResendRefused},
    orders::{
        OrderStatus,
        actions::{By, MoveError, Step, take},
        mails::{Addressee, note_message},
        queries::{self, LockedOrder, NewEvent},
    },
    platform::{
        db::{self, Database},
        i18n::Lang,
        retry::Attempts,
    },
};

/// An order as somebody at the desk has it before them.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub number: &'a str,
    /// The order's version at that time.
    pub version: u32,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("somebody else has changed the order meanwhile, it is {}", .0.word())]
    Stale(OrderStatus),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Resend(#[from] ResendRefused),
}

impl From<sqlx::Error> for DeskError {
    fn from(error: sqlx::Error) -> Self {
        Self::Move(error.into())
    }
}

/// Takes a step with an order that is still as it was seen. Of two people at once one wins, and the other is told.
pub async fn advance(
    db: &Database,
    seen: Seen<'_>,
    step: Step<'_>,
    (author, reason): (&Author, Option<&str>),
    now: OffsetDateTime,
) -> Result<OrderStatus, DeskError> {
    let mut attempts = Attempts::first();
    loop {
        match attempt(db, seen, step, (author, reason), now).await {
            Err(DeskError::Move(MoveError::Database(error))) if db::is_retryable(&error) && attempts.again().await => {}
            outcome => return outcome,
        }
    }
}

async fn attempt(
    db: &Database,
    seen: Seen<'_>,
    step: Step<'_>,
    (author, reason): (&Author, Option<&str>),
    now: OffsetDateTime,
) -> Result<OrderStatus, DeskError> {
    let mut tx = db.begin().await?;
    let order = queries::lock(&mut tx, seen.number).await?.ok_or(MoveError::NotFound)?;
    if order.version != seen.version {
        return Err(DeskError::Stale(order.status));
    }
    let stands = take(&mut tx, seen.number, step, By { actor: &author.actor, reason }, now).await?;
    let object = object(seen.number);
    let after = queries::lock(&mut tx, seen.number).await?.map(|order| with_parcel(told(&order, reason), step));
    let entry = Entry { author, action: action(step), object: &object, before: Some(told(&order, None)), after };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(stands)
}

/// How the audit log names an order.
fn object(number: &str) -> String {
    format!("order:{number}")
}

const fn action(step: Step<'_>) -> Action {
    match step {
        Step::Pay => Action::OrderPay,
        Step::Ship(_) | Step::ShipPart(..) => Action::OrderShip,
        Step::Move(_) | Step::Expire | Step::Withdraw => Action::OrderMove,
    }
}

/// What the audit log tells of an order's state.
fn told(order: &LockedOrder, reason: Option<&str>) -> Value {
    let mut told = json!({ "status": order.status.word(), "payment_status": order.payment_status.word() });
    if let Some(reason) = reason {
        told["reason"] = json!(reason);
    }
    told
}

/// The same with the parcel that was sent, and how many of each line are in it.
fn with_parcel(mut told: Value, step: Step<'_>) -> Value {
    if let Step::ShipPart(parcel, contents) = step {
        told["parcel"] = json!(parcel);
        told["lines"] = contents.iter().map(|packed| (packed.line_id.to_string(), json!(packed.quantity))).collect();
    }
    told
}

/// Whom a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Staff,
    /// It goes out as a mail; the same words go out once.
    Customer,
}

impl Audience {
    /// The event that the history keeps of it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Staff => "note",
            Self::Customer => "message",
        }
    }
}

/// Adds a note to an order's history, and sends it if it is for the customer.
pub async fn add_note(
    db: &Database,
    number: &str,
    (audience, text): (Audience, &str),
    author: &Author,
) -> Result<(), DeskError> {
    let mut tx = db.begin().await?;
    let order = queries::lock(&mut tx, number).await?.ok_or(MoveError::NotFound)?;
    let is_public = audience == Audience::Customer;
    let kind = audience.event();
    let event = NewEvent { kind, from: None, to: None, actor: &author.actor, is_public, reason: Some(text) };
    queries::insert_event(&mut tx, order.id, &event).await?;
    if is_public {
        let language = Lang::from_code(&order.language).unwrap_or_default();
        let to = Addressee { order_id: order.id, number, email: &order.email, language };
        messages::actions::queue(&mut tx, &[note_message(&to, text)]).await?;
    }
    let object = object(number);
    let after = Some(json!({ "for": kind, "text": text }));
    audit::record(&mut tx, Entry { author, action: Action::OrderNote, object: &object, before: None, after }).await?;
    Ok(tx.commit().await?)
}

/// Sends one of an order's mails again.
pub async fn resend(
    db: &Database,
    (number, message_id): (&str, u64),
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let mut tx = db.begin().await?;
    let order = queries::lock(&mut tx, number).await?.ok_or(MoveError::NotFound)?;
    let is_its = messages::of_order(&mut tx, order.id).await?.iter().any(|message| message.id == message_id);
    if !is_its {
        return Err(MoveError::NotFound.into());
    }
    let sent = messages::actions::resend_in(&mut tx, message_id, now).await??;
    let object = object(number);
    let after = Some(json!({ "message": message_id, "sent_as": sent }));
    audit::record(&mut tx, Entry { author, action: Action::OrderResend, object: &object, before: None, after }).await?;
    Ok(tx.commit().await?)
}
