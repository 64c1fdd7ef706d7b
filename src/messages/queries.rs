//! Every statement on `messages` and `kept_messages`.

use serde_json::Value;
use sqlx::{FromRow, QueryBuilder, types::Json};
use time::OffsetDateTime;

use super::{Channel, Message, MessageStatus, NewMessage, Rendered};
use crate::platform::{db::Conn, i18n::Lang};

/// Stores messages, in one statement. One whose key exists stays as it is.
pub(super) async fn insert(conn: &mut Conn, messages: &[NewMessage]) -> sqlx::Result<()> {
    let mut query =
        QueryBuilder::new("INSERT INTO messages (dedupe_key, channel, template, `to`, language, order_id, payload) ");
    query.push_values(messages, |mut row, message| {
        row.push_bind(&message.dedupe_key)
            .push_bind(message.channel)
            .push_bind(message.template)
            .push_bind(&message.to)
            .push_bind(message.language.code())
            .push_bind(message.order_id)
            .push_bind(Json(&message.payload));
    });
    query.push(" ON DUPLICATE KEY UPDATE dedupe_key = messages.dedupe_key");
    query.build().execute(conn).await?;
    Ok(())
}

#[derive(FromRow)]
struct MessageRow {
    id: u64,
    dedupe_key: String,
    channel: Channel,
    template: String,
    to: String,
    language: String,
    order_id: Option<u64>,
    payload: Json<Value>,
    status: MessageStatus,
    sent_at: Option<OffsetDateTime>,
    last_error: Option<String>,
    created_at: OffsetDateTime,
}

impl From<MessageRow> for Message {
    fn from(row: MessageRow) -> Self {
        let MessageRow { id, dedupe_key, channel, template, to, order_id, status, sent_at, .. } = row;
        let language = Lang::from_code(&row.language).unwrap_or_default();
        let (payload, last_error, created_at) = (row.payload.0, row.last_error, row.created_at);
        Self {
            id,
            dedupe_key,
            channel,
            template,
            to,
            language,
            order_id,
            payload,
            status,
            sent_at,
            last_error,
            created_at,
        }
    }
}

const COLUMNS: &str = "SELECT id, dedupe_key, channel, template, `to`, language, order_id, payload, status, sent_at, \
                       last_error, created_at FROM messages";

pub(super) async fn find(conn: &mut Conn, dedupe_key: &str) -> sqlx::Result<Option<Message>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE dedupe_key = ").push_bind(dedupe_key);
    let row: Option<MessageRow> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(Message::from))
}

pub(super) async fn find_by_id(conn: &mut Conn, id: u64) -> sqlx::Result<Option<Message>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE id = ").push_bind(id);
    let row: Option<MessageRow> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(Message::from))
}

/// The newest messages, in this state only if one is named.
pub(super) async fn newest(conn: &mut Conn, status: Option<MessageStatus>, most: u32) -> sqlx::Result<Vec<Message>> {
    let mut query = QueryBuilder::new(COLUMNS);
    if let Some(status) = status {
        query.push(" WHERE status = ").push_bind(status).push(" ORDER BY created_at DESC, id DESC LIMIT ");
    } else {
        query.push(" ORDER BY id DESC LIMIT ");
    }
    query.push_bind(most);
    let rows: Vec<MessageRow> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(Message::from).collect())
}

pub(super) async fn mark_sent(conn: &mut Conn, id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("UPDATE messages SET status = 'sent', sent_at = ?, last_error = NULL WHERE id = ?", now, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn mark_dropped(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE messages SET status = 'dropped', last_error = NULL WHERE id = ?", id).execute(conn).await?;
    Ok(())
}

/// A try that came to nothing, and whether it was the last.
pub(super) async fn mark_unsent(conn: &mut Conn, id: u64, status: MessageStatus, reason: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE messages SET status = ?, last_error = LEFT(?, 500) WHERE id = ?", status, reason, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a message to be sent again, unless it changed after `quiet_since`: of two who try at once, one wins.
pub(super) async fn claim_again(
    conn: &mut Conn,
    id: u64,
    status: MessageStatus,
    (now, quiet_since): (OffsetDateTime, OffsetDateTime),
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE messages SET status = ?, updated_at = ? WHERE id = ? AND updated_at <= ?",
        status,
        now,
        id,
        quiet_since
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Another message with the same content.
pub(super) async fn insert_copy(conn: &mut Conn, id: u64, dedupe_key: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO messages (dedupe_key, channel, template, `to`, language, order_id, payload) \
         SELECT ?, channel, template, `to`, language, order_id, payload FROM messages WHERE id = ?",
        dedupe_key,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what was written to an address about no order. To the database's order of letters an accent is no difference,
/// to a mail server it is.
pub async fn forget(conn: &mut Conn, to: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM messages WHERE `to` = ? AND order_id IS NULL AND CAST(`to` AS BINARY) = CAST(? AS BINARY)",
        to,
        to
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets messages about no order by the beginning of their keys, whatever address they went to.
pub async fn forget_keys(conn: &mut Conn, beginning: &str) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM messages WHERE dedupe_key LIKE CONCAT(?, '%') AND order_id IS NULL", beginning)
        .execute(conn)
        .await?;
    Ok(())
}

/// What the ledger tells of an order's message.
pub struct LedgerRow {
    pub id: u64,
    pub template: String,
    pub to: String,
    pub status: MessageStatus,
    pub sent_at: Option<OffsetDateTime>,
}

/// The mails about an order, oldest first.
pub async fn of_order(conn: &mut Conn, order_id: u64) -> sqlx::Result<Vec<LedgerRow>> {
    sqlx::query_as!(
        LedgerRow,
        "SELECT id, template, `to`, status AS `status: MessageStatus`, sent_at AS `sent_at: OffsetDateTime` \
         FROM messages WHERE order_id = ? AND channel = 'email' ORDER BY id",
        order_id
    )
    .fetch_all(conn)
    .await
}

/// A message in the mailbox, as a list shows it.
pub struct KeptRow {
    pub id: u64,
    pub channel: Channel,
    pub to: String,
    pub subject: String,
    pub created_at: OffsetDateTime,
}

/// A message in the mailbox.
pub struct KeptMessage {
    pub id: u64,
    pub channel: Channel,
    pub to: String,
    pub subject: String,
    pub headers: String,
    pub text: String,
    pub html: String,
    pub created_at: OffsetDateTime,
}

/// Puts a message into the mailbox; a message that comes again replaces itself, as in any mailbox that knows its
/// Message-ID.
pub(super) async fn keep(conn: &mut Conn, message: &Message, rendered: &Rendered, headers: &str) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO kept_messages (dedupe_key, channel, `to`, subject, headers, text, html) VALUES (?, ?, ?, ?, ?, ?, ?) \
         ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), headers = VALUES(headers), text = VALUES(text), \
         html = VALUES(html)",
        message.dedupe_key,
        message.channel,
        message.to,
        rendered.subject,
        headers,
        rendered.text,
        rendered.html
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Forgets the messages of the mailbox up to this one.
pub(super) async fn forget_kept(conn: &mut Conn, last_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM kept_messages WHERE id <= ?", last_id).execute(conn).await?;
    Ok(())
}

/// The mailbox, newest first.
pub async fn kept_messages(conn: &mut Conn) -> sqlx::Result<Vec<KeptRow>> {
    sqlx::query_as!(
        KeptRow,
        "SELECT id, channel AS `channel: Channel`, `to`, subject, created_at AS `created_at: OffsetDateTime` \
         FROM kept_messages ORDER BY id DESC LIMIT 100"
    )
    .fetch_all(conn)
    .await
}

pub async fn kept(conn: &mut Conn, id: u64) -> sqlx::Result<Option<KeptMessage>> {
    sqlx::query_as!(
        KeptMessage,
        "SELECT id, channel AS `channel: Channel`, `to`, subject, headers, text, html, \
         created_at AS `created_at: OffsetDateTime` FROM kept_messages WHERE id = ?",
        id
    )
    .fetch_optional(conn)
    .await
}
