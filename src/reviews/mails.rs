//! What authors are told: that a review is in sight, that it is not and why, that the shop has answered.

use anyhow::Context as _;
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Reason,
    messages::{ReasonWords, ReviewMailWords},
    queries::moderate::Author,
    queries::write::LockedReview,
};
use crate::{
    accounts::preferences::{Kind, unsubscribe_url},
    catalog::queries::films,
    messages::{Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{db::Conn, http::PageContext, i18n::Lang},
    word_enum,
};

/// What happened to somebody's review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReviewMail {
    Approved,
    Rejected(Reason),
    /// What was approved before stays in sight.
    EditRejected(Reason),
    Replied,
}

word_enum! {
    ReviewTemplate {
        Approved = "review_approved",
        Rejected = "review_rejected",
        EditRejected = "review_edit_rejected",
        Replied = "review_replied",
    }
}

#[derive(Serialize, Deserialize)]
struct MailFacts {
    /// Not of those that were queued before such mails could be switched off.
    client_id: Option<u64>,
    product_id: u64,
    reason: Option<String>,
}

/// One message for each decision; the first answer of the shop is the only one that is told of.
pub(super) fn to_author(review: &LockedReview, author: &Author, mail: ReviewMail) -> NewMessage {
    let LockedReview { id, version, product_id, .. } = review;
    let (template, reason, which) = match mail {
        ReviewMail::Approved => (ReviewTemplate::Approved, None, *version),
        ReviewMail::Rejected(reason) => (ReviewTemplate::Rejected, Some(reason), *version),
        ReviewMail::EditRejected(reason) => (ReviewTemplate::EditRejected, Some(reason), *version),
        ReviewMail::Replied => (ReviewTemplate::Replied, None, 0),
    };
    NewMessage {
        dedupe_key: format!("review:{id}:{which}:{}:email", template.word()),
        channel: Channel::Email,
        template: template.word(),
        to: author.email.clone(),
        language: Lang::from_code(&author.language).unwrap_or_default(),
        order_id: None,
        payload: json!(MailFacts {
            client_id: Some(author.client_id),
            product_id: *product_id,
            reason: reason.map(|reason| reason.word().to_owned()),
        }),
    }
}

/// Whether this template is one of ours.
pub fn knows(template: &str) -> bool {
    ReviewTemplate::from_word(template).is_some()
}

/// Every template of a review.
pub fn templates() -> impl Iterator<Item = &'static str> {
    ReviewTemplate::ALL.iter().map(|template| template.word())
}

/// Writes a message. The context is that of the message's language.
pub async fn render(conn: &mut Conn, context: &PageContext, message: &Message) -> anyhow::Result<Rendered> {
    let template = ReviewTemplate::from_word(&message.template).context("no mail of ours")?;
    let facts: MailFacts = serde_json::from_value(message.payload.clone())?;
    let film = films(conn, &[facts.product_id]).await?.pop().context("the film is gone")?;
    let reason = facts.reason.as_deref().and_then(Reason::from_word);
    let unsubscribe = facts.client_id.map(|id| unsubscribe_url(context, id, Kind::ReviewReplies));
    letter(context, template, (&film.title(context.lang).text, &film.slug), reason, unsubscribe)
}

/// A template as it would be for a review that nobody wrote, to look at it; nothing for a word that is none.
pub fn sample(context: &PageContext, template: &str) -> anyhow::Result<Option<Rendered>> {
    let write = |template| {
        let reason = Some(Reason::Spoiler);
        let film = ("The Shawshank Redemption", "the-shawshank-redemption-1994");
        letter(context, template, film, reason, Some(unsubscribe_url(context, 0, Kind::ReviewReplies)))
    };
    ReviewTemplate::from_word(template).map(write).transpose()
}

struct Letter {
    heading: &'static str,
    lead: String,
    /// Why it is not in sight, and what can be done about it.
    notes: Vec<String>,
    button: &'static str,
    link: String,
}

#[derive(Template)]
#[template(path = "mail/review.html")]
struct LetterHtml<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/review.txt")]
struct LetterText<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

/// A mail about a review of the film with this title and slug.
fn letter(
    context: &PageContext,
    template: ReviewTemplate,
    (title, slug): (&str, &str),
    reason: Option<Reason>,
    unsubscribe: Option<String>,
) -> anyhow::Result<Rendered> {
    let t = ReviewMailWords(context.lang);
    let is_refused = matches!(template, ReviewTemplate::Rejected | ReviewTemplate::EditRejected);
    let (heading, lead) = match template {
        ReviewTemplate::Approved => (t.approved(), t.approved_lead(title)),
        ReviewTemplate::Rejected => (t.rejected(), t.rejected_lead(title)),
        ReviewTemplate::EditRejected => (t.edit_rejected(), t.edit_rejected_lead(title)),
        ReviewTemplate::Replied => (t.replied(), t.replied_lead(title)),
    };
    let why = reason.filter(|_| is_refused).map(|reason| t.why(ReasonWords(context.lang).name(reason)));
    let letter = Letter {
        heading,
        lead,
        notes: why.into_iter().chain(is_refused.then(|| t.again().to_owned())).collect(),
        button: if is_refused { t.see_own() } else { t.see() },
        link: absolute(
            context,
            &if is_refused { "/account/reviews".to_owned() } else { format!("/films/{slug}#reviews") },
        ),
    };
    let subject = t.subject(heading, title);
    let mut frame = MailFrame::new(context.lang, &subject, t.reason());
    frame.unsubscribe.clone_from(&unsubscribe);
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject, text, html, unsubscribe })
}

fn absolute(context: &PageContext, path: &str) -> String {
    format!("{}{}", context.site.config.base_url, context.href(path))
}
