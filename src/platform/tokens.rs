//! Links that work once: to confirm an address, to choose a new password.
//!
//! The table `tokens` holds a digest of each link. A link is made of a random seed and the shop's secret key, so that a
//! mail which waits in the database holds only the seed: neither the table nor the mail lets anybody in who reads them there.

use time::{Duration, OffsetDateTime};

use super::{
    db::{Conn, Tx},
    ids,
    signing::{Signer, sha256_hex},
};

/// What a link is for, and how long it waits. Links of one kind open nothing of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenKind {
    pub name: &'static str,
    pub life: Duration,
}

/// What a link that still works is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub subject: u64,
    /// What else its maker wanted to know then.
    pub data: String,
}

/// The secret part of a link.
pub fn text(signer: &Signer, kind: TokenKind, seed: &str) -> String {
    signer.sign(kind.name, seed)
}

/// Makes a link about `subject`; its seed, for [`text`].
pub async fn create(
    tx: &mut Tx,
    signer: &Signer,
    kind: TokenKind,
    Token { subject, data }: &Token,
    now: OffsetDateTime,
) -> sqlx::Result<String> {
    let seed = ids::token();
    sqlx::query!(
        "INSERT INTO tokens (hash, kind, subject, data, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        sha256_hex(&text(signer, kind, &seed)),
        kind.name,
        subject,
        data,
        now,
        now + kind.life
    )
    .execute(&mut **tx)
    .await?;
    Ok(seed)
}

/// What a link is about, as long as it works.
pub async fn find(conn: &mut Conn, kind: TokenKind, text: &str, now: OffsetDateTime) -> sqlx::Result<Option<Token>> {
    sqlx::query_as!(
        Token,
        "SELECT subject, data FROM tokens WHERE hash = ? AND kind = ? AND used_at IS NULL AND expires_at > ?",
        sha256_hex(text),
        kind.name,
        now
    )
    .fetch_optional(conn)
    .await
}

/// Uses a link up. Of two at once one gets it.
pub async fn take(tx: &mut Tx, kind: TokenKind, text: &str, now: OffsetDateTime) -> sqlx::Result<Option<Token>> {
    let hash = sha256_hex(text);
    let done = sqlx::query!(
        "UPDATE tokens SET used_at = ? WHERE hash = ? AND kind = ? AND used_at IS NULL AND expires_at > ?",
        now,
        hash,
        kind.name,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query_as!(Token, "SELECT subject, data FROM tokens WHERE hash = ?", hash).fetch_optional(&mut **tx).await
}

/// Makes every link of this kind about `subject` useless.
pub async fn void(tx: &mut Tx, kind: TokenKind, subject: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tokens SET used_at = ? WHERE subject = ? AND kind = ? AND used_at IS NULL",
        now,
        subject,
        kind.name
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets every link of this kind about `subject`.
pub async fn forget(tx: &mut Tx, kind: TokenKind, subject: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM tokens WHERE subject = ? AND kind = ?", subject, kind.name).execute(&mut **tx).await?;
    Ok(())
}

/// How many links of this kind were made about `subject` since then.
pub async fn count_since(conn: &mut Conn, kind: TokenKind, subject: u64, since: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "SELECT COUNT(*) FROM tokens WHERE subject = ? AND kind = ? AND created_at > ?",
        subject,
        kind.name,
        since
    )
    .fetch_one(conn)
    .await
}
