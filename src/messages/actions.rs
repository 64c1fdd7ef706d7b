//! Messages on their way: queued, delivered, sent again.

use anyhow::bail;
use time::{Duration, OffsetDateTime};

use super::{
    Message, MessageStatus, NewMessage, Notice, Post, Rendered, SendMessage, Writer,
    notice::{STAFF_NOTICE, staff_messages},
    post::Failure,
    queries,
    words::MailWords,
};
use crate::platform::{
    clock,
    config::MessagesConfig,
    db::{Conn, Database, Tx},
    i18n::Lang,
};

/// The mailbox remembers this many messages.
const KEPT: u64 = 500;
/// Between two times that a message is sent again.
const QUIET: Duration = Duration::minutes(10);

/// Queues messages with the change that gives reason for them: one statement for the ledger, one for the jobs. A message
/// whose key was used before is not queued again.
pub async fn queue(tx: &mut Tx, messages: &[NewMessage]) -> sqlx::Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    queries::insert(tx, messages).await?;
    let jobs: Vec<_> =
        messages.iter().map(|message| SendMessage { key: message.dedupe_key.clone(), round: 0 }).collect();
    tx.enqueue_all(&jobs).await
}

/// Who writes messages, and the ways that they take.
pub struct Delivery<'a, W> {
    pub db: &'a Database,
    pub config: &'a MessagesConfig,
    pub post: &'a Post,
    pub writer: &'a W,
}

impl<W: Writer> Delivery<'_, W> {
    /// Sends a message that still waits. An error means that the same should be tried again later; whoever makes the
    /// last try says so, and a message that fails then is given up.
    pub async fn deliver(&self, job: &SendMessage, is_last_try: bool) -> anyhow::Result<()> {
        let mut conn = self.db.conn().await?;
        let Some(message) = queries::find(&mut conn, &job.key).await?.filter(Message::is_waiting) else {
            return Ok(());
        };
        let outcome = match self.writer.write(&mut conn, &message).await {
            Ok(None) => return Ok(queries::mark_dropped(&mut conn, message.id).await?),
            Ok(Some(rendered)) if self.post.keeps() => {
                self.keep(&mut conn, &message, &rendered).await?;
                drop(conn);
                Ok(())
            }
            Ok(Some(rendered)) => {
                // Nothing of the database is held while a server far away takes its time.
                drop(conn);
                self.post.send(&message, &rendered).await
            }
            Err(error) => {
                drop(conn);
                Err(Failure::unwritten(&error))
            }
        };
        self.settle(&message, outcome, is_last_try).await
    }

    async fn keep(&self, conn: &mut Conn, message: &Message, rendered: &Rendered) -> sqlx::Result<()> {
        let headers = self.post.headers(message, rendered);
        let id = queries::keep(conn, message, rendered, &headers).await?;
        if id > KEPT {
            queries::forget_kept(conn, id - KEPT).await?;
        }
        Ok(())
    }

    /// Writes into the ledger what became of a try.
    async fn settle(&self, message: &Message, outcome: Result<(), Failure>, is_last_try: bool) -> anyhow::Result<()> {
        let id = message.id;
        match outcome {
            Ok(()) => {
                queries::mark_sent(&mut self.db.conn().await?, id, clock::now()).await?;
                tracing::info!(id, template = message.template, "message sent");
                Ok(())
            }
            Err(failure) if failure.is_final || is_last_try => self.give_up(message, &failure).await,
            Err(failure) => {
                let mut conn = self.db.conn().await?;
                queries::mark_unsent(&mut conn, id, MessageStatus::Failed, &failure.reason()).await?;
                bail!("message {id} was not sent: {}", failure.brief)
            }
        }
    }

    /// One line in the log, and a word to the shop's people by a way that may still be open.
    async fn give_up(&self, message: &Message, failure: &Failure) -> anyhow::Result<()> {
        let mut tx = self.db.begin().await?;
        queries::mark_unsent(&mut tx, message.id, MessageStatus::Parked, &failure.reason()).await?;
        queue(&mut tx, &self.alert(message, failure)).await?;
        tx.commit().await?;
        let Message { id, template, channel, .. } = message;
        tracing::error!(id, template, channel = channel.word(), "message given up: {}", failure.brief);
        Ok(())
    }

    /// Notices that a message was given up, by another way than its own. That a notice failed is no news for a notice.
    fn alert(&self, message: &Message, failure: &Failure) -> Vec<NewMessage> {
        if message.template == STAFF_NOTICE {
            return Vec::new();
        }
        let t = MailWords(Lang::default());
        let notice = Notice {
            title: t.given_up_title().to_owned(),
            facts: vec![
                (t.given_up_number().to_owned(), message.id.to_string()),
                (t.given_up_template().to_owned(), message.template.clone()),
                (t.given_up_reason().to_owned(), failure.brief.clone()),
            ],
            lines: vec![t.given_up_again(message.id)],
        };
        let mut alerts = staff_messages(self.config, &format!("given_up:{}", message.id), message.order_id, &notice);
        alerts.retain(|alert| alert.channel != message.channel);
        alerts
    }
}

/// Why a message is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResendRefused {
    #[error("there is no such message")]
    Unknown,
    #[error("it changed less than ten minutes ago; wait a little")]
    TooSoon,
}

/// Sends a message again. One that never arrived is tried anew as itself; one that was sent goes out as another message,
/// which mailboxes do not take for the first. Returns the message that is now on its way.
pub async fn resend(db: &Database, id: u64, now: OffsetDateTime) -> anyhow::Result<Result<u64, ResendRefused>> {
    let mut tx = db.begin().await?;
    let outcome = resend_in(&mut tx, id, now).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// The same in a transaction that does more.
pub async fn resend_in(tx: &mut Tx, id: u64, now: OffsetDateTime) -> sqlx::Result<Result<u64, ResendRefused>> {
    let Some(message) = queries::find_by_id(tx, id).await? else {
        return Ok(Err(ResendRefused::Unknown));
    };
    let was_sent = message.status == MessageStatus::Sent;
    let status = if was_sent { MessageStatus::Sent } else { MessageStatus::Queued };
    if !queries::claim_again(tx, id, status, (now, now - QUIET)).await? {
        return Ok(Err(ResendRefused::TooSoon));
    }
    let round = now.unix_timestamp().unsigned_abs();
    let key = if was_sent {
        let key = format!("{}+{round}", base_of(&message.dedupe_key));
        queries::insert_copy(tx, id, &key).await?;
        key
    } else {
        message.dedupe_key
    };
    tx.enqueue(&SendMessage { key: key.clone(), round }).await?;
    let sent = queries::find(tx, &key).await?.map_or(id, |message| message.id);
    Ok(Ok(sent))
}

/// The key of the first message of its kind.
fn base_of(key: &str) -> &str {
    key.split_once('+').map_or(key, |(base, _)| base)
}

/// The newest messages of the ledger, in this state only if one is named.
pub async fn list(db: &Database, status: Option<MessageStatus>, most: u32) -> sqlx::Result<Vec<Message>> {
    queries::newest(&mut db.conn().await?, status, most).await
}
