//! How a message leaves the house. Every step over the network has an end.

mod mail;
mod telegram;

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::{Channel, Message, Rendered};
use crate::platform::config::MessagesConfig;

/// Between two greetings on behalf of those who ask often.
const SELDOM: Duration = Duration::from_secs(30);

/// Why a message did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// Nothing will change by trying again.
    pub is_final: bool,
    /// What happened, without an address: for the log.
    pub brief: String,
    /// What the other side said, which may name the recipient: for the ledger.
    pub detail: String,
}

impl Failure {
    /// Something that may pass.
    fn passing(brief: impl Into<String>, detail: impl ToString) -> Self {
        Self { is_final: false, brief: brief.into(), detail: detail.to_string() }
    }

    fn lasting(brief: impl Into<String>, detail: impl ToString) -> Self {
        Self { is_final: true, ..Self::passing(brief, detail) }
    }

    /// The message could not be written.
    pub fn unwritten(error: &anyhow::Error) -> Self {
        Self::passing(format!("it could not be written: {error:#}"), "")
    }

    /// All of it, for those who may see the recipient too.
    pub fn reason(&self) -> String {
        if self.detail.is_empty() { self.brief.clone() } else { format!("{}: {}", self.brief, self.detail) }
    }
}

/// The ways out of the house, as they are configured.
pub struct Post {
    keeps: bool,
    mail: mail::Mailer,
    telegram: Option<telegram::Bot>,
    /// What came of the last greeting, and when.
    greeted: Mutex<Option<(Instant, Result<bool, String>)>>,
}

impl Post {
    pub fn new(config: &MessagesConfig) -> anyhow::Result<Self> {
        Ok(Self {
            keeps: config.keeps,
            mail: mail::Mailer::new(config)?,
            telegram: config.telegram.clone().map(telegram::Bot::new),
            greeted: Mutex::default(),
        })
    }

    /// Whether messages end in the mailbox of this shop.
    pub const fn keeps(&self) -> bool {
        self.keeps
    }

    /// Whether mails can go anywhere at all.
    pub const fn takes_mail(&self) -> bool {
        self.keeps || self.mail.has_server()
    }

    /// Whether the mail server can be spoken to; false where there is none. The error says what happened, without an address.
    pub async fn greet(&self) -> Result<bool, String> {
        self.mail.greet().await.map_err(|failure| failure.brief)
    }

    /// The same as of half a minute ago at most: however many ask, the server is greeted seldom.
    pub async fn greet_seldom(&self) -> Result<bool, String> {
        let mut greeted = self.greeted.lock().await;
        match &*greeted {
            Some((at, outcome)) if at.elapsed() < SELDOM => outcome.clone(),
            _ => {
                let outcome = self.greet().await;
                *greeted = Some((Instant::now(), outcome.clone()));
                outcome
            }
        }
    }

    /// The headers of a mail as they would be sent; nothing for other channels.
    pub(super) fn headers(&self, message: &Message, rendered: &Rendered) -> String {
        match message.channel {
            Channel::Email => self.mail.headers(message, rendered),
            Channel::Telegram => String::new(),
        }
    }

    pub(super) async fn send(&self, message: &Message, rendered: &Rendered) -> Result<(), Failure> {
        match (message.channel, &self.telegram) {
            (Channel::Email, _) => self.mail.send(message, rendered).await,
            (Channel::Telegram, Some(bot)) => bot.send(&message.to, &rendered.html).await,
            (Channel::Telegram, None) => Err(Failure::lasting("no Telegram bot is configured", "")),
        }
    }
}
