//! The mail about a cart. It is written when it is sent, with the titles in its reader's language.

use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;

use super::{
    LINK_LIFE,
    link::{self, Left},
    messages::ReminderMailWords,
    queries::IdleCart,
};
use crate::{
    accounts::preferences::{Kind, unsubscribe_url},
    catalog::{queries, views::FormatMessages},
    messages::{Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{db::Conn, http::PageContext, i18n::Lang},
};

const TEMPLATE: &str = "cart_reminder";

/// Editions by id, each with its quantity.
pub(super) type Held = Vec<(u64, u32)>;

/// What a mail is about.
#[derive(Debug, Serialize, Deserialize)]
struct MailFacts {
    client_id: u64,
    held: Held,
    /// In seconds: when the link ends.
    until: i64,
}

/// One mail for a cart as it stands.
pub(super) fn about(cart: &IdleCart, held: Held, now: OffsetDateTime) -> NewMessage {
    let until = (now + LINK_LIFE).unix_timestamp();
    NewMessage {
        dedupe_key: format!("cart:{}:{}:{TEMPLATE}:email", cart.cart_id, cart.expires_at.unix_timestamp_nanos() / 1000),
        channel: Channel::Email,
        template: TEMPLATE,
        to: cart.email.clone(),
        language: Lang::from_code(&cart.language).unwrap_or_default(),
        order_id: None,
        payload: json!(MailFacts { client_id: cart.client_id, held, until }),
    }
}

/// Whether this template is ours.
pub fn knows(template: &str) -> bool {
    template == TEMPLATE
}

pub fn templates() -> impl Iterator<Item = &'static str> {
    [TEMPLATE].into_iter()
}

/// Writes a message. The context is that of the message's language.
pub async fn render(conn: &mut Conn, context: &PageContext, message: &Message) -> anyhow::Result<Rendered> {
    let facts: MailFacts = serde_json::from_value(message.payload.clone())?;
    let ids: Vec<u64> = facts.held.iter().map(|(edition, _)| *edition).collect();
    let editions = queries::editions(conn, &ids).await?;
    let products: Vec<u64> = editions.iter().map(|edition| edition.product_id).collect();
    let films = queries::films(conn, &products).await?;
    let lines = editions.iter().filter_map(|edition| {
        let film = films.iter().find(|film| film.id == edition.product_id)?;
        Some((film.title(context.lang).text, FormatMessages(context.lang).name(edition.format)))
    });
    letter(context, &facts, lines.collect())
}

/// The mail as it would be about a cart that nobody has, to look at it.
pub fn sample(context: &PageContext) -> anyhow::Result<Rendered> {
    let facts = MailFacts { client_id: 0, held: vec![(1, 1), (2, 1)], until: 4_000_000_000 };
    let lines = vec![("The Shawshank Redemption".to_owned(), "Blu-ray"), ("M".to_owned(), "DVD")];
    letter(context, &facts, lines)
}

struct Letter {
    t: ReminderMailWords,
    /// Titles with their formats.
    lines: Vec<(String, &'static str)>,
    link: String,
}

#[derive(Template)]
#[template(path = "mail/cart.html")]
struct LetterHtml<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/cart.txt")]
struct LetterText<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

fn letter(context: &PageContext, facts: &MailFacts, lines: Vec<(String, &'static str)>) -> anyhow::Result<Rendered> {
    let t = ReminderMailWords(context.lang);
    let (signer, base) = (&context.site.signer, &context.site.config.base_url);
    let left = Left { held: facts.held.clone(), until: facts.until };
    let stop = unsubscribe_url(context, facts.client_id, Kind::CartReminders);
    let link = format!("{base}{}", link::restore_path(signer, context.lang, &left));
    let letter = Letter { t, lines, link };
    let mut frame = MailFrame::new(context.lang, t.subject(), t.reason());
    frame.unsubscribe = Some(stop.clone());
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject: t.subject().to_owned(), text, html, unsubscribe: Some(stop) })
}
