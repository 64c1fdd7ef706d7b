//! What the door and the gate write.

use std::time::Duration;

use serde_json::json;
use time::OffsetDateTime;

use crate::{
    app::App,
    audit::{self, Action, Author, Entry},
    personnel::{Permission, actions::keep_password, queries::Credentials},
    platform::{
        db::Database,
        limiter::{Limit, Limits, address_key},
        sessions::{self, SessionToken, Shown, Subject},
    },
};

const HOUR: Duration = Duration::from_hours(1);

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
    note_at_the_door(db, Action::StaffSignInFailed, known, author).await
}

/// Puts on record that somebody has tried so often that they must wait: once an hour for each address they come from, and
/// not more often than a log can bear, from however many they come.
pub(super) async fn note_held(app: &App, known: Option<u64>, author: &Author) -> sqlx::Result<()> {
    const OF_ADDRESS: Limit = Limit { name: "audit-held-address", most: 1, per: HOUR };
    const OF_ALL: Limit = Limit { name: "audit-held", most: 60, per: HOUR };
    let address = author.ip.map(address_key).unwrap_or_default();
    match app.limits.check_all(&[(&OF_ADDRESS, &address), (&OF_ALL, "")]).await {
        Ok(()) => note_at_the_door(&app.db, Action::StaffSignInHeld, known, author).await,
        Err(_) => Ok(()),
    }
}

async fn note_at_the_door(db: &Database, action: Action, known: Option<u64>, author: &Author) -> sqlx::Result<()> {
    let object = known.map_or_else(|| "staff:unknown".to_owned(), |id| format!("staff:{id}"));
    let mut tx = db.begin().await?;
    audit::record(&mut tx, Entry { author, action, object: &object, before: None, after: None }).await?;
    tx.commit().await
}

/// Ends a session, and puts on record whose it was; one that was over already is nobody's.
pub(super) async fn sign_out(
    db: &Database,
    token: &SessionToken,
    author: &Author,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(Subject::Staff(id)) = sessions::find(&mut tx, token, now).await?.map(|session| session.subject) {
        let object = format!("staff:{id}");
        let author = Author { actor: object.clone(), ..author.clone() };
        let entry = Entry { author: &author, action: Action::StaffSignOut, object: &object, before: None, after: None };
        audit::record(&mut tx, entry).await?;
    }
    sessions::end(&mut tx, token).await?;
    tx.commit().await
}

/// Whether it is put on record that somebody was refused. A page that is only looked at is so once a quarter of an hour,
/// and nobody fills the log by asking again and again.
pub(super) async fn is_refusal_noted(limits: &Limits, actor: &str, path: &str, is_read: bool) -> bool {
    const OF_PAGE: Limit = Limit { name: "audit-refused-page", most: 1, per: Duration::from_mins(15) };
    const OF_ACTOR: Limit = Limit { name: "audit-refused", most: 60, per: HOUR };
    let page = format!("{actor} {path}");
    let asked = [(&OF_ACTOR, actor), (&OF_PAGE, page.as_str())];
    limits.check_all(if is_read { &asked } else { &asked[..1] }).await.is_ok()
}

/// Puts on record that somebody asked for what they may not use.
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
