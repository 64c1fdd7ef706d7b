//! What the door and the gate write.

use serde_json::json;
use time::OffsetDateTime;

use crate::{
    audit::{self, Action, Author, Entry},
    personnel::{Permission, actions::keep_password, queries::Credentials},
    platform::{
        db::Database,
        sessions::{self, SessionToken, Shown, Subject},
    },
};

/// Lets somebody in, under a name that nobody has known before; whatever session the browser had is over.
/// `new_hash` replaces a password's hash that is weaker than those made today.
pub(super) async fn sign_in(
    db: &Database,
    credentials: &Credentials,
    (old, new_hash): (Option<&SessionToken>, Option<&str>),
    author: &Author,
    now: OffsetDateTime,
) -> sqlx::Result<SessionToken> {
    let mut tx = db.begin().await?;
    if let Some(old) = old {
        sessions::end(&mut tx, old).await?;
    }
    if let Some(hash) = new_hash {
        keep_password(&mut tx, credentials.id, hash).await?;
    }
    let shown = Shown { name: credentials.name.clone() };
    let token = sessions::begin(&mut tx, Subject::Staff(credentials.id), &shown, now).await?;
    let object = format!("staff:{}", credentials.id);
    let author = Author { actor: object.clone(), ..author.clone() };
    let entry = Entry { author: &author, action: Action::StaffSignIn, object: &object, before: None, after: None };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(token)
}

/// Puts on record that somebody could not sign in. What was typed may be a password in the wrong field and is not kept.
pub(super) async fn note_failure(db: &Database, known: Option<u64>, author: &Author) -> sqlx::Result<()> {
    let object = known.map_or_else(|| "staff:unknown".to_owned(), |id| format!("staff:{id}"));
    let entry = Entry { author, action: Action::StaffSignInFailed, object: &object, before: None, after: None };
    let mut tx = db.begin().await?;
    audit::record(&mut tx, entry).await?;
    tx.commit().await
}

pub(super) async fn sign_out(db: &Database, token: &SessionToken) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sessions::end(&mut tx, token).await?;
    tx.commit().await
}

/// Puts on record that somebody sent a form to what they may not use.
pub(super) async fn note_refusal(
    db: &Database,
    author: &Author,
    path: &str,
    permission: Permission,
) -> sqlx::Result<()> {
    let after = Some(json!({ "permission": permission.word() }));
    let mut tx = db.begin().await?;
    audit::record(&mut tx, Entry { author, action: Action::AccessRefused, object: path, before: None, after }).await?;
    tx.commit().await
}
