//! What customers are told about their account. A mail that waits holds the seed of its link, not the link.

use anyhow::Context as _;
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{CONFIRM, RESET, messages::AccountMailWords, queries::Known};
use crate::{
    messages::{Channel, MailFrame, Message, NewMessage, Rendered},
    platform::{http::PageContext, i18n::Lang, signing::sha256_hex, tokens},
    word_enum,
};

word_enum! {
    pub AccountMail {
        /// The link that confirms an address.
        Confirm = "account_confirm",
        /// Somebody registered with the address of a customer.
        Exists = "account_exists",
        Reset = "account_reset",
        PasswordChanged = "account_password_changed",
        /// To the address that was theirs until now.
        AddressChanged = "account_address_changed",
        /// The file with all that is kept of them can be fetched.
        DataReady = "account_data_ready",
        /// To the address that was theirs: the account is deleted.
        Closed = "account_closed",
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct MailFacts {
    name: String,
    /// What the link is made of; in mails without one, what tells them apart.
    seed: String,
}

/// How the keys of all mails of an account begin.
pub(super) fn keys_of(client_id: u64) -> String {
    format!("account:{client_id}:")
}

/// A mail to an address of a customer's; one for each seed.
pub fn message(mail: AccountMail, to: &str, client: &Known, seed: &str) -> NewMessage {
    NewMessage {
        dedupe_key: format!("{}{}:{}:email", keys_of(client.id), mail.word(), &sha256_hex(seed)[..16]),
        channel: Channel::Email,
        template: mail.word(),
        to: to.to_owned(),
        language: Lang::from_code(&client.language).unwrap_or_default(),
        order_id: None,
        payload: json!(MailFacts { name: client.name.clone(), seed: seed.to_owned() }),
    }
}

/// Whether this template is one of ours.
pub fn knows(template: &str) -> bool {
    AccountMail::from_word(template).is_some()
}

/// Every template of an account.
pub fn templates() -> impl Iterator<Item = &'static str> {
    AccountMail::ALL.iter().map(|mail| mail.word())
}

/// Writes a message. The context is that of the message's language.
pub fn render(context: &PageContext, message: &Message) -> anyhow::Result<Rendered> {
    let mail = AccountMail::from_word(&message.template).context("no mail of ours")?;
    letter(context, mail, &serde_json::from_value(message.payload.clone())?)
}

/// A template as it would be for nobody in particular, to look at it; nothing for a word that is none.
pub fn sample(context: &PageContext, template: &str) -> anyhow::Result<Option<Rendered>> {
    let facts = MailFacts { name: "Nora".to_owned(), seed: "sample".to_owned() };
    AccountMail::from_word(template).map(|mail| letter(context, mail, &facts)).transpose()
}

struct Letter {
    heading: &'static str,
    lead: String,
    /// Words and address of the one thing to do.
    button: (&'static str, String),
    note: &'static str,
}

#[derive(Template)]
#[template(path = "mail/account.html")]
struct LetterHtml<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct LetterText<'a> {
    letter: &'a Letter,
    frame: &'a MailFrame,
}

fn letter(context: &PageContext, mail: AccountMail, facts: &MailFacts) -> anyhow::Result<Rendered> {
    let t = AccountMailWords(context.lang);
    let at = |path: &str| format!("{}{}", context.site.config.base_url, context.href(path));
    let confirm = || at(&format!("/account/verify/{}", tokens::text(&context.site.signer, CONFIRM, &facts.seed)));
    let reset = || at(&format!("/account/password/reset/{}", tokens::text(&context.site.signer, RESET, &facts.seed)));
    let letter = match mail {
        AccountMail::Confirm => Letter {
            heading: t.confirm_heading(),
            lead: t.confirm_lead(&facts.name),
            button: (t.confirm_button(), confirm()),
            note: t.not_you(),
        },
        AccountMail::Exists => Letter {
            heading: t.exists_heading(),
            lead: t.exists_lead(&facts.name),
            button: (t.reset_button(), reset()),
            note: t.not_you(),
        },
        AccountMail::Reset => Letter {
            heading: t.reset_heading(),
            lead: t.reset_lead(&facts.name),
            button: (t.reset_button(), reset()),
            note: t.not_you(),
        },
        AccountMail::PasswordChanged => Letter {
            heading: t.password_changed_heading(),
            lead: t.password_changed_lead(&facts.name),
            button: (t.forgot_button(), at("/account/password/forgot")),
            note: t.changed_note(),
        },
        AccountMail::AddressChanged => Letter {
            heading: t.address_changed_heading(),
            lead: t.address_changed_lead(&facts.name),
            button: (t.forgot_button(), at("/account/password/forgot")),
            note: t.changed_note(),
        },
        AccountMail::DataReady => Letter {
            heading: t.data_ready_heading(),
            lead: t.data_ready_lead(&facts.name),
            button: (t.data_ready_button(), at("/account/data")),
            note: t.data_ready_note(),
        },
        AccountMail::Closed => Letter {
            heading: t.closed_heading(),
            lead: t.closed_lead(&facts.name),
            button: (t.closed_button(), at("/pages/privacy")),
            note: t.closed_note(),
        },
    };
    let frame = MailFrame::new(context.lang, letter.heading, t.reason());
    let text = LetterText { letter: &letter, frame: &frame }.render()?;
    let html = LetterHtml { letter: &letter, frame: &frame }.render()?;
    Ok(Rendered { subject: letter.heading.to_owned(), text, html, unsubscribe: None })
}
