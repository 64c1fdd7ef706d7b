//! The two mails: the link that confirms a request, and the news that an edition is back. They are written when they are
//! sent, so that the price in them is the one in force.

use anyhow::Context as _;
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;

use super::{
    link,
    messages::AlertMailWords,
    queries::{Waiting, find},
};
use crate::{
    catalog::{Format, queries, views::FormatMessages},
    messages::{Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{clock, db::Conn, http::PageContext, i18n::Lang},
    word_enum,
};

word_enum! {
    /// What somebody who waits is written, by the word of its template.
    pub AlertMail {
        Confirm = "alert_confirm",
        BackInStock = "back_in_stock",
    }
}

/// What a mail is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct MailFacts {
    alert_id: u64,
    edition_id: u64,
}

/// The mail with the link that confirms a request.
pub(super) fn confirm(edition_id: u64, person: &Waiting) -> NewMessage {
    message(AlertMail::Confirm, edition_id, person)
}

/// The mail that an edition is back.
pub(super) fn back_in_stock(edition_id: u64, person: &Waiting) -> NewMessage {
    message(AlertMail::BackInStock, edition_id, person)
}

/// One of each kind for a request; a request that is made anew is another one.
fn message(mail: AlertMail, edition_id: u64, person: &Waiting) -> NewMessage {
    let Waiting { id, requested_at, .. } = person;
    NewMessage {
        dedupe_key: format!("alert:{id}:{}:{}:email", microseconds(*requested_at), mail.word()),
        channel: Channel::Email,
        template: mail.word(),
        to: person.email.clone(),
        language: Lang::from_code(&person.language).unwrap_or_default(),
        order_id: None,
        payload: json!(MailFacts { alert_id: *id, edition_id }),
    }
}

fn microseconds(at: OffsetDateTime) -> i128 {
    at.unix_timestamp_nanos() / 1000
}

/// Whether this template is one of ours.
pub fn knows(template: &str) -> bool {
    AlertMail::from_word(template).is_some()
}

/// Writes a message, unless its reader has thought better of it meanwhile. The context is that of the message's language.
pub async fn render(conn: &mut Conn, context: &PageContext, message: &Message) -> anyhow::Result<Option<Rendered>> {
    let mail = AlertMail::from_word(&message.template).context("no mail of ours")?;
    let facts: MailFacts = serde_json::from_value(message.payload.clone())?;
    if find(conn, facts.alert_id).await?.is_none() {
        return Ok(None);
    }
    let edition = queries::edition(conn, facts.edition_id).await?.context("the edition is gone")?;
    let film = queries::films(conn, &[edition.product_id]).await?.pop().context("the film is gone")?;
    let about = About {
        title: film.title(context.lang).text,
        format: edition.format,
        price_minor: edition.offer(clock::now()).price_minor,
        slug: film.slug,
        sku: edition.sku,
    };
    letter(context, mail, facts.alert_id, &about).map(Some)
}

/// Every template of a request.
pub fn templates() -> impl Iterator<Item = &'static str> {
    AlertMail::ALL.iter().map(|mail| mail.word())
}

/// A template as it would be for a request that nobody made, to look at it; nothing for a word that is none.
pub fn sample(context: &PageContext, template: &str) -> anyhow::Result<Option<Rendered>> {
    let about = About {
        title: "The Shawshank Redemption".to_owned(),
        format: Format::BluRay,
        price_minor: 1999,
        slug: "the-shawshank-redemption-1994".to_owned(),
        sku: "SHAWSHANK-BD".to_owned(),
    };
    AlertMail::from_word(template).map(|mail| letter(context, mail, 0, &about)).transpose()
}

/// The edition that a mail is about.
struct About {
    title: String,
    format: Format,
    price_minor: i64,
    slug: String,
    sku: String,
}

/// A mail with what it says.
fn letter(context: &PageContext, mail: AlertMail, alert_id: u64, about: &About) -> anyhow::Result<Rendered> {
    let letter = Letter::new(context, mail, alert_id, about);
    let unsubscribe = absolute(context, &link::unsubscribe_path(&context.site.signer, context.lang, alert_id));
    let mut frame = MailFrame::new(context.lang, &letter.subject, letter.reason);
    frame.unsubscribe = Some(unsubscribe.clone());
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject: letter.subject, text, html, unsubscribe: Some(unsubscribe) })
}

struct Letter {
    subject: String,
    heading: &'static str,
    lead: String,
    film: String,
    /// Format, and the price where there is something to buy.
    what: String,
    button: &'static str,
    link: String,
    /// What to do when it was somebody else.
    note: Option<&'static str>,
    reason: &'static str,
}

#[derive(Template)]
#[template(path = "mail/alert.html")]
struct LetterHtml<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/alert.txt")]
struct LetterText<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

impl Letter {
    fn new(context: &PageContext, mail: AlertMail, alert_id: u64, about: &About) -> Self {
        let t = AlertMailWords(context.lang);
        let title = about.title.clone();
        let format = FormatMessages(context.lang).name(about.format);
        match mail {
            AlertMail::Confirm => Self {
                subject: t.confirm_subject(&title),
                heading: t.confirm_heading(),
                lead: t.confirm_lead(&title, format),
                what: format.to_owned(),
                button: t.confirm_button(),
                link: absolute(context, &link::confirm_path(&context.site.signer, context.lang, alert_id)),
                note: Some(t.confirm_note()),
                reason: t.confirm_reason(),
                film: title,
            },
            AlertMail::BackInStock => Self {
                subject: t.back_subject(&title),
                heading: t.back_heading(),
                lead: t.back_lead(&title, format),
                what: format!("{format}, {}", context.money(about.price_minor)),
                button: t.back_button(),
                link: absolute(context, &film_path(context, about)),
                note: None,
                reason: t.back_reason(),
                film: title,
            },
        }
    }
}

fn film_path(context: &PageContext, about: &About) -> String {
    let sku: String = form_urlencoded::byte_serialize(about.sku.as_bytes()).collect();
    context.href(&format!("/films/{}?edition={sku}", about.slug))
}

fn absolute(context: &PageContext, path: &str) -> String {
    format!("{}{path}", context.site.config.base_url)
}
