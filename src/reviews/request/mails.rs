//! The mail that asks for reviews. It is written when it is sent, with the films that are left then.

use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    messages::RequestMailWords,
    queries::{self, Buyer},
};
use crate::{
    accounts::preferences::{Kind, unsubscribe_url},
    catalog::queries::films,
    messages::{Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{clock, db::Conn, http::PageContext, i18n::Lang},
};

const TEMPLATE: &str = "review_request";

/// What a mail is about.
#[derive(Debug, Serialize, Deserialize)]
struct MailFacts {
    client_id: u64,
    order_id: u64,
}

/// The one mail of an order.
pub(super) fn about(order_id: u64, buyer: &Buyer) -> NewMessage {
    NewMessage {
        dedupe_key: format!("order:{order_id}:{TEMPLATE}:email"),
        channel: Channel::Email,
        template: TEMPLATE,
        to: buyer.email.clone(),
        language: Lang::from_code(&buyer.language).unwrap_or_default(),
        order_id: None,
        payload: json!(MailFacts { client_id: buyer.client_id, order_id }),
    }
}

/// Whether this template is ours.
pub fn knows(template: &str) -> bool {
    template == TEMPLATE
}

pub fn templates() -> impl Iterator<Item = &'static str> {
    [TEMPLATE].into_iter()
}

/// Writes a message, if there is anything left to review. The context is that of the message's language.
pub async fn render(conn: &mut Conn, context: &PageContext, message: &Message) -> anyhow::Result<Option<Rendered>> {
    let facts: MailFacts = serde_json::from_value(message.payload.clone())?;
    let left = queries::films_left(conn, facts.order_id, facts.client_id).await?;
    let films = films(conn, &left).await?.into_iter().filter(|film| film.is_visible(clock::now()));
    let lines: Vec<_> = films.map(|film| (film.title(context.lang).text, film.slug)).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    letter(context, facts.client_id, lines).map(Some)
}

/// The mail as it would be about an order that nobody placed, to look at it.
pub fn sample(context: &PageContext) -> anyhow::Result<Rendered> {
    let films = [("The Shawshank Redemption", "the-shawshank-redemption-1994"), ("M", "m-1931")];
    letter(context, 0, films.map(|(title, slug)| (title.to_owned(), slug.to_owned())).to_vec())
}

struct Letter {
    t: RequestMailWords,
    /// Titles, each with the address of the form.
    films: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail/review_request.html")]
struct LetterHtml<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/review_request.txt")]
struct LetterText<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

/// A mail about films, titles with slugs.
fn letter(context: &PageContext, client_id: u64, films: Vec<(String, String)>) -> anyhow::Result<Rendered> {
    let t = RequestMailWords(context.lang);
    let base = &context.site.config.base_url;
    let form = |slug: &str| format!("{base}{}", context.href(&format!("/films/{slug}/reviews/new")));
    let stop = unsubscribe_url(context, client_id, Kind::ReviewRequests);
    let letter = Letter { t, films: films.into_iter().map(|(title, slug)| (title, form(&slug))).collect() };
    let mut frame = MailFrame::new(context.lang, t.subject(), t.reason());
    frame.unsubscribe = Some(stop.clone());
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject: t.subject().to_owned(), text, html, unsubscribe: Some(stop) })
}
