//! Every statement on `data_exports`, and those that read what stands in a file.

pub(super) mod orders;
pub(super) mod records;

use time::OffsetDateTime;

use super::standing::{Export, Status};
use crate::platform::db::Conn;

/// What is stored of a customer's file, beside the file.
pub async fn find(conn: &mut Conn, client_id: u64) -> sqlx::Result<Option<Export>> {
    sqlx::query_as!(
        Export,
        "SELECT status AS `status: Status`, asked_at AS `asked_at: OffsetDateTime`, \
         expires_at AS `expires_at: OffsetDateTime`, bytes FROM data_exports WHERE client_id = ?",
        client_id
    )
    .fetch_optional(conn)
    .await
}

/// A customer's file, compressed, with its size when it is not, until its time is over.
pub(super) async fn document(
    conn: &mut Conn,
    client_id: u64,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Vec<u8>, u64)>> {
    let row = sqlx::query!(
        "SELECT document AS `document!`, bytes AS `bytes!` FROM data_exports \
         WHERE client_id = ? AND status = 'ready' AND expires_at > ?",
        client_id,
        now
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.document, row.bytes)))
}

pub(super) async fn insert(
    conn: &mut Conn,
    client_id: u64,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO data_exports (client_id, asked_at, expires_at) VALUES (?, ?, ?)",
        client_id,
        now,
        expires_at
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Whose file it is, as long as it is still to be made.
pub(super) async fn owner_of_asked(conn: &mut Conn, id: u64) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("SELECT client_id FROM data_exports WHERE id = ? AND status = 'asked'", id)
        .fetch_optional(conn)
        .await
}

/// Stores a file that was still to be made; whether it was.
pub(super) async fn set_ready(
    conn: &mut Conn,
    id: u64,
    document: &[u8],
    bytes: u64,
    expires_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE data_exports SET status = 'ready', document = ?, bytes = ?, expires_at = ? \
         WHERE id = ? AND status = 'asked'",
        document,
        bytes,
        expires_at,
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_failed(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE data_exports SET status = 'failed' WHERE id = ? AND status = 'asked'", id)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM data_exports WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(())
}
