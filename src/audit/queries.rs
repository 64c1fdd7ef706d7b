//! The one statement that writes `audit_log`; there is none that changes it.

use sqlx::types::Json;

use super::Entry;
use crate::platform::db::Conn;

pub(super) async fn insert(conn: &mut Conn, entry: &Entry<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO audit_log (actor, action, object, `before`, `after`, ip, request_id) VALUES (?, ?, LEFT(?, 128), ?, ?, ?, ?)",
        entry.author.actor,
        entry.action,
        entry.object,
        entry.before.as_ref().map(Json),
        entry.after.as_ref().map(Json),
        entry.author.ip.map(|ip| ip.to_string()),
        entry.author.request_id.as_deref()
    )
    .execute(conn)
    .await?;
    Ok(())
}
