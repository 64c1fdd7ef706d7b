//! The mailbox and a message in it.

use askama::Template;
use time::OffsetDateTime;

use crate::{
    messages::{Channel, KeptMessage, KeptRow, Rendered},
    platform::{
        http::{Link, PageContext, Shell},
        i18n::Lang,
    },
    shop::messages::MailboxMessages,
};

#[derive(Template)]
#[template(path = "shop/mailbox.html")]
pub(super) struct MailboxView {
    shell: Shell,
    t: MailboxMessages,
    kept: Vec<KeptRow>,
    templates: Vec<&'static str>,
}

impl MailboxView {
    pub fn new(context: &PageContext, kept: Vec<KeptRow>, templates: Vec<&'static str>) -> Self {
        let t = MailboxMessages(context.lang);
        Self { shell: Shell::private(context, t.title()), t, kept, templates }
    }

    /// The previews of a template: a mail in every language, and what goes to the shop's people by Telegram too.
    fn previews(&self, template: &str) -> Vec<Link> {
        let link = |lang: Lang, channel: Channel, label: &str| Link {
            href: format!("{}/dev/mail/previews/{template}?channel={}", lang.prefix(), channel.word()),
            label: label.to_owned(),
        };
        let mails = Lang::ALL.map(|lang| link(lang, Channel::Email, lang.name()));
        let telegram = template.starts_with("staff").then(|| link(self.shell.lang, Channel::Telegram, "Telegram"));
        mails.into_iter().chain(telegram).collect()
    }
}

/// A message to look at.
pub(super) struct Shown {
    pub channel: Channel,
    pub to: String,
    pub subject: String,
    pub headers: String,
    pub text: String,
    pub at: Option<OffsetDateTime>,
}

impl From<KeptMessage> for Shown {
    fn from(kept: KeptMessage) -> Self {
        let KeptMessage { channel, to, subject, headers, text, created_at, .. } = kept;
        Self { channel, to, subject, headers, text, at: Some(created_at) }
    }
}

impl Shown {
    pub fn sample(channel: Channel, rendered: Rendered) -> Self {
        let Rendered { subject, text, .. } = rendered;
        Self { channel, to: String::new(), subject, headers: String::new(), text, at: None }
    }
}

#[derive(Template)]
#[template(path = "shop/letter.html")]
pub(super) struct LetterView {
    shell: Shell,
    t: MailboxMessages,
    shown: Shown,
    /// Address of the message alone.
    frame: String,
}

impl LetterView {
    pub fn new(context: &PageContext, shown: Shown, frame: String) -> Self {
        Self { shell: Shell::private(context, &shown.subject), t: MailboxMessages(context.lang), shown, frame }
    }
}
