//! Every statement on `unwanted_mails`, and on the consent that some kinds take.

use sqlx::{MySql, QueryBuilder};
use time::OffsetDateTime;

use super::Kind;
use crate::platform::db::Conn;

/// Whether a mail of this kind may go to this customer. Nobody who has left wants any.
pub async fn wants(conn: &mut Conn, client_id: u64, kind: Kind) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "SELECT c.id FROM clients c WHERE c.id = ? AND c.email IS NOT NULL \
         AND (NOT ? OR c.marketing_consent_at IS NOT NULL) \
         AND NOT EXISTS (SELECT 1 FROM unwanted_mails u WHERE u.client_id = c.id AND u.kind = ?)",
        client_id,
        kind.takes_consent(),
        kind.word()
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.is_some())
}

/// The kinds that this customer gets.
pub async fn wanted(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<Kind>> {
    let row = sqlx::query!(
        "SELECT c.marketing_consent_at IS NOT NULL AS `has_consent: bool`, \
         (SELECT GROUP_CONCAT(u.kind) FROM unwanted_mails u WHERE u.client_id = c.id) AS `unwanted: String` \
         FROM clients c WHERE c.id = ?",
        client_id
    )
    .fetch_one(conn)
    .await?;
    let unwanted = row.unwanted.unwrap_or_default();
    let is_wanted =
        |kind: &Kind| (row.has_consent || !kind.takes_consent()) && unwanted.split(',').all(|word| word != kind.word());
    Ok(Kind::ALL.iter().copied().filter(is_wanted).collect())
}

/// Sets the language of mails, and whether there is a consent, which keeps the time at which it was given.
pub(super) async fn set_consent(
    conn: &mut Conn,
    client_id: u64,
    has_consent: bool,
    language: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE clients SET marketing_consent_at = CASE WHEN ? THEN COALESCE(marketing_consent_at, ?) END, language = ? \
         WHERE id = ?",
        has_consent,
        now,
        language,
        client_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what a customer does not want.
pub async fn forget(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM unwanted_mails WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(())
}

/// Notes what a customer does not want; nothing for one who is gone, or what was noted before.
pub(super) async fn add(conn: &mut Conn, client_id: u64, kinds: &[Kind]) -> sqlx::Result<()> {
    if kinds.is_empty() {
        return Ok(());
    }
    let mut query: QueryBuilder<MySql> = QueryBuilder::new("INSERT IGNORE INTO unwanted_mails (client_id, kind) ");
    query.push_values(kinds, |mut row, kind| {
        row.push_bind(client_id).push_bind(kind.word());
    });
    query.build().execute(conn).await?;
    Ok(())
}
