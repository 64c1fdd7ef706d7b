//! Messages about an order: the customer's mails, and the notices to the shop's people.
//!
//! They are queued with what happened to the order and written when they are sent, from the order as it is then.

mod letter;
pub mod samples;
mod staff;
mod words;

use anyhow::Context as _;
use askama::Template as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;

use self::{
    letter::{Letter, LetterHtml, LetterText},
    words::OrderMailWords,
};
use super::{queries, views::OrderView};
use crate::{
    messages::{self, Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{config::MessagesConfig, db::Conn, http::PageContext, i18n::Lang, signing::sha256_hex},
    word_enum,
};

word_enum! {
    /// What a customer is told of an order, by the word of its template.
    pub OrderMail {
        Placed = "order_placed",
        Confirmed = "order_confirmed",
        /// A part of it is on its way.
        Parcel = "order_parcel",
        Shipped = "order_shipped",
        Delivered = "order_delivered",
        Cancelled = "order_cancelled",
        Refunded = "order_refunded",
        /// The link to an order, for somebody who asked for it.
        Link = "order_link",
        /// What somebody of the shop writes to the customer.
        Note = "order_note",
    }
}

/// The template of the notice that an order was placed.
pub const STAFF_ORDER_PLACED: &str = "staff_order_placed";

/// The customer of an order.
#[derive(Clone, Copy, Debug)]
pub struct Addressee<'a> {
    pub order_id: u64,
    pub number: &'a str,
    pub email: &'a str,
    pub language: Lang,
}

/// What a mail says besides what the order says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct MailFacts {
    number: String,
    parcels: Vec<Parcel>,
    /// No payment came in time.
    is_expired: bool,
    /// What somebody of the shop has written.
    note: String,
}

/// A parcel that is on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parcel {
    pub carrier: String,
    /// The number under which the carrier knows it.
    pub tracking: String,
    /// Where the carrier tells how far it has come; empty when nowhere.
    pub url: String,
}

/// The mail that tells the customer what happened; there is one of each kind for an order.
pub fn customer_message(to: &Addressee<'_>, mail: OrderMail) -> NewMessage {
    message(to, mail, "", &facts(to))
}

/// The mail that a parcel is on its way, and that others follow.
pub fn parcel_message(to: &Addressee<'_>, parcel_id: u64, parcel: &Parcel) -> NewMessage {
    let facts = MailFacts { parcels: vec![parcel.clone()], ..facts(to) };
    message(to, OrderMail::Parcel, &format!(":{parcel_id}"), &facts)
}

/// The mail that all of the order is on its way.
pub fn shipped_message(to: &Addressee<'_>, parcels: Vec<Parcel>) -> NewMessage {
    message(to, OrderMail::Shipped, "", &MailFacts { parcels, ..facts(to) })
}

/// The mail that the order was cancelled because it was not paid in time.
pub fn expired_message(to: &Addressee<'_>) -> NewMessage {
    message(to, OrderMail::Cancelled, "", &MailFacts { is_expired: true, ..facts(to) })
}

/// The mail with the order's link, once an hour at most, however often somebody asks.
pub fn link_message(to: &Addressee<'_>, now: OffsetDateTime) -> NewMessage {
    let hour = now.unix_timestamp() / 3600;
    message(to, OrderMail::Link, &format!(":{hour}"), &facts(to))
}

/// A mail with what somebody of the shop has written; the same words go out once.
pub fn note_message(to: &Addressee<'_>, note: &str) -> NewMessage {
    let words: String = sha256_hex(note).chars().take(16).collect();
    message(to, OrderMail::Note, &format!(":{words}"), &MailFacts { note: note.to_owned(), ..facts(to) })
}

fn facts(to: &Addressee<'_>) -> MailFacts {
    MailFacts { number: to.number.to_owned(), ..MailFacts::default() }
}

fn message(to: &Addressee<'_>, mail: OrderMail, which: &str, facts: &MailFacts) -> NewMessage {
    NewMessage {
        dedupe_key: format!("order:{}:{}{which}:email", to.number, mail.word()),
        channel: Channel::Email,
        template: mail.word(),
        to: to.email.to_owned(),
        language: to.language,
        order_id: Some(to.order_id),
        payload: json!(facts),
    }
}

/// Notices to the shop's people that an order was placed.
pub fn staff_placed_messages(config: &MessagesConfig, to: &Addressee<'_>) -> Vec<NewMessage> {
    let key = format!("order:{}:staff_placed", to.number);
    messages::to_staff(config, &key, STAFF_ORDER_PLACED, Some(to.order_id), &json!(facts(to)))
}

/// Whether this template is one of an order's.
pub fn knows(template: &str) -> bool {
    template == STAFF_ORDER_PLACED || OrderMail::from_word(template).is_some()
}

/// Writes a message about an order. The context is that of the message's language.
pub async fn render(conn: &mut Conn, context: &PageContext, message: &Message) -> anyhow::Result<Rendered> {
    let facts: MailFacts = serde_json::from_value(message.payload.clone())?;
    let (order, lines) = queries::find(conn, &facts.number).await?.context("the order is gone")?;
    let order = OrderView::new(context, order, lines, Vec::new(), false);
    match OrderMail::from_word(&message.template) {
        Some(mail) => letter(context, mail, &order, &facts),
        None => staff::placed(&order).render(context.lang, message.channel),
    }
}

fn letter(context: &PageContext, mail: OrderMail, order: &OrderView, facts: &MailFacts) -> anyhow::Result<Rendered> {
    let t = OrderMailWords(context.lang);
    let letter =
        Letter { t, mail, order, facts, link: super::absolute_link(&context.site, context.lang, &order.order.number) };
    let subject = letter.subject();
    let frame = MailFrame::new(context.lang, &subject, t.reason());
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject, text, html, unsubscribe: None })
}
