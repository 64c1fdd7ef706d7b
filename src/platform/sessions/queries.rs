//! Every statement on `sessions`.

use sqlx::types::Json;
use time::OffsetDateTime;

use super::{Session, SessionKey, Shown, Subject};
use crate::platform::db::Conn;

pub(super) async fn insert(
    conn: &mut Conn,
    key: &SessionKey,
    subject: Subject,
    shown: &Shown,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    let (client_id, staff_id) = subject.columns();
    sqlx::query!(
        "INSERT INTO sessions (id_hash, client_id, staff_id, data, created_at, seen_at, expires_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        key.bytes(),
        client_id,
        staff_id,
        Json(shown),
        now,
        now,
        expires_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The session, unless it is over.
pub(super) async fn find(conn: &mut Conn, key: &SessionKey, now: OffsetDateTime) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        "SELECT client_id, staff_id, data AS `data: Json<Shown>`, created_at AS `created_at: OffsetDateTime`, \
         seen_at AS `seen_at: OffsetDateTime`, expires_at AS `expires_at: OffsetDateTime` \
         FROM sessions WHERE id_hash = ? AND expires_at > ?",
        key.bytes(),
        now
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| {
        let subject = row.client_id.map(Subject::Client).or(row.staff_id.map(Subject::Staff))?;
        let (created_at, seen_at, expires_at) = (row.created_at, row.seen_at, row.expires_at);
        Some(Session { subject, shown: row.data.0, created_at, seen_at, expires_at })
    }))
}

/// Whose session it is, over or not.
pub(super) async fn subject(conn: &mut Conn, key: &SessionKey) -> sqlx::Result<Option<Subject>> {
    let row = sqlx::query!("SELECT client_id, staff_id FROM sessions WHERE id_hash = ?", key.bytes())
        .fetch_optional(conn)
        .await?;
    Ok(row.and_then(|row| row.client_id.map(Subject::Client).or(row.staff_id.map(Subject::Staff))))
}

pub(super) async fn see(
    conn: &mut Conn,
    key: &SessionKey,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("UPDATE sessions SET seen_at = ?, expires_at = ? WHERE id_hash = ?", now, expires_at, key.bytes())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut Conn, key: &SessionKey) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM sessions WHERE id_hash = ?", key.bytes()).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_all_of(conn: &mut Conn, subject: Subject) -> sqlx::Result<()> {
    match subject {
        Subject::Client(id) => sqlx::query!("DELETE FROM sessions WHERE client_id = ?", id).execute(conn).await?,
        Subject::Staff(id) => sqlx::query!("DELETE FROM sessions WHERE staff_id = ?", id).execute(conn).await?,
    };
    Ok(())
}

pub(super) async fn set_shown(conn: &mut Conn, subject: Subject, shown: &Shown) -> sqlx::Result<()> {
    let data = Json(shown);
    match subject {
        Subject::Client(id) => {
            sqlx::query!("UPDATE sessions SET data = ? WHERE client_id = ?", data, id).execute(conn).await?
        }
        Subject::Staff(id) => {
            sqlx::query!("UPDATE sessions SET data = ? WHERE staff_id = ?", data, id).execute(conn).await?
        }
    };
    Ok(())
}
