//! What happened to an order, as the shop's people read it.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::messages::DeskMessages;
use crate::{
    orders::{desk::actions::Audience, messages::OrderWords, queries::HistoryRow},
    pricing::DeliveryType,
};

/// An entry of the history.
pub struct Entry {
    pub what: String,
    /// From where it was moved.
    pub from: Option<&'static str>,
    pub who: String,
    pub at: OffsetDateTime,
    pub text: Option<String>,
    /// The customer does not see it.
    pub is_internal: bool,
}

/// The ids of the people who stand in a history.
pub fn people(events: &[HistoryRow]) -> Vec<u64> {
    let mut ids: Vec<u64> = events.iter().filter_map(|event| staff_id(&event.actor)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn staff_id(actor: &str) -> Option<u64> {
    actor.strip_prefix("staff:")?.parse().ok()
}

/// The history in words, newest first. `names` are those of [`people`].
pub fn told(
    t: DeskMessages,
    delivery: DeliveryType,
    events: Vec<HistoryRow>,
    names: &HashMap<u64, String>,
) -> Vec<Entry> {
    let words = OrderWords(t.0);
    let entry = |event: HistoryRow| Entry {
        what: what(t, words, delivery, &event),
        from: event.from_status.map(|status| words.status(status, delivery)),
        who: who(t, &event.actor, names),
        at: event.created_at,
        text: event.reason,
        is_internal: !event.is_public,
    };
    events.into_iter().rev().map(entry).collect()
}

fn what(t: DeskMessages, words: OrderWords, delivery: DeliveryType, event: &HistoryRow) -> String {
    if let Some(status) = event.to_status {
        return words.status(status, delivery).to_owned();
    }
    let known = match event.kind.as_str() {
        "paid" => t.event_paid(),
        "parcel" => t.event_parcel(),
        "refund_due" => t.event_refund_due(),
        kind if kind == Audience::Staff.event() => t.event_note(),
        kind if kind == Audience::Customer.event() => t.event_message(),
        other => return other.to_owned(),
    };
    known.to_owned()
}

fn who(t: DeskMessages, actor: &str, names: &HashMap<u64, String>) -> String {
    match (actor, staff_id(actor)) {
        (_, Some(id)) => names.get(&id).cloned().unwrap_or_else(|| actor.to_owned()),
        ("customer", _) => t.by_customer().to_owned(),
        ("expiry" | "system", _) => t.by_itself().to_owned(),
        ("command", _) => t.by_command().to_owned(),
        (client, _) if client.starts_with("client:") => t.by_customer().to_owned(),
        (other, _) => other.to_owned(),
    }
}
