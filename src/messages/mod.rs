//! Messages that leave the shop: mails to customers, notices to the shop's own people.
//!
//! Owns `messages`, the ledger of what was sent, and `kept_messages`, where they end that are not to reach the world.
//! A message is queued in the transaction that gives reason for it, and written when it is sent, by the feature that
//! knows its words. The job tries again when a server is away; the row only tells. Sending is at least once: a mail that
//! is sent again carries the same Message-ID.

pub mod actions;
mod address;
mod frame;
mod jobs;
mod notice;
mod post;
mod queries;
mod words;

use serde_json::Value;
use time::OffsetDateTime;

pub use address::is_email;
pub use frame::MailFrame;
pub use jobs::SendMessage;
pub use notice::{Notice, STAFF_NOTICE, sample_notice, staff_messages, to_staff};
pub use post::Post;
pub use queries::{KeptMessage, KeptRow, LedgerRow, forget, forget_keys, kept, kept_messages, of_order};

use crate::{
    platform::{db::Conn, i18n::Lang},
    word_enum,
};

word_enum! {
    pub Channel {
        Email = "email",
        Telegram = "telegram",
    }
}

word_enum! {
    pub MessageStatus {
        Queued = "queued",
        Sent = "sent",
        /// Did not go out the last time; it is tried again.
        Failed = "failed",
        /// Given up.
        Parked = "parked",
        /// Nobody wanted it any more when it was to go out.
        Dropped = "dropped",
    }
}

/// A message that is about to be queued.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// One message for each of them, as long as the ledger remembers: what it is about, the template, the channel. At most 110 characters of
    /// ASCII.
    pub dedupe_key: String,
    pub channel: Channel,
    /// The word by which the feature that writes it knows it.
    pub template: &'static str,
    /// An address, or a chat.
    pub to: String,
    pub language: Lang,
    pub order_id: Option<u64>,
    /// What the writer needs to know besides what is stored elsewhere.
    pub payload: Value,
}

/// A message of the ledger.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: u64,
    pub dedupe_key: String,
    pub channel: Channel,
    pub template: String,
    pub to: String,
    pub language: Lang,
    pub order_id: Option<u64>,
    pub payload: Value,
    pub status: MessageStatus,
    pub sent_at: Option<OffsetDateTime>,
    pub last_error: Option<String>,
    pub created_at: OffsetDateTime,
}

impl Message {
    pub const fn is_waiting(&self) -> bool {
        matches!(self.status, MessageStatus::Queued | MessageStatus::Failed)
    }
}

/// A message as it goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    /// A whole document for a mail; for Telegram the text with the few tags that it knows.
    pub html: String,
    /// Where one click ends mails of this kind. Mails about an order have none.
    pub unsubscribe: Option<String>,
}

/// Writes messages when they are sent.
pub trait Writer: Sync {
    /// Nothing if there is no reason for the message any more.
    fn write(
        &self,
        conn: &mut Conn,
        message: &Message,
    ) -> impl Future<Output = anyhow::Result<Option<Rendered>>> + Send;
}
