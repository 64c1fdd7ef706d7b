//! Closing the shop and opening it again. Each leaves its entry in the audit log.

use serde_json::json;
use time::OffsetDateTime;

use super::{Closure, read};
use crate::{
    audit::{self, Action, Author, Entry},
    platform::db::Database,
    settings::{self, MAINTENANCE},
};

/// Why the shop stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ModeError {
    #[error("the shop is open already")]
    Open,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// How the audit log names the shop as a whole.
const OBJECT: &str = "shop";

/// Closes the shop, or tells shoppers something else while it is closed.
pub async fn close(
    db: &Database,
    (until, message): (Option<OffsetDateTime>, &str),
    author: &Author,
    now: OffsetDateTime,
) -> sqlx::Result<Closure> {
    let mut tx = db.begin().await?;
    let before = read(&mut tx).await?;
    let since = before.as_ref().map_or(now, |before| before.since);
    let closure = Closure { since, until, message: message.to_owned(), by: author.actor.clone() };
    settings::store(&mut tx, MAINTENANCE, &closure).await?;
    tx.touch(MAINTENANCE);
    let (before, after) = (before.map(|before| json!(before)), Some(json!(closure)));
    audit::record(&mut tx, Entry { author, action: Action::MaintenanceOn, object: OBJECT, before, after }).await?;
    tx.commit().await?;
    Ok(closure)
}

/// Opens the shop.
pub async fn open(db: &Database, author: &Author) -> Result<(), ModeError> {
    let mut tx = db.begin().await?;
    let before = read(&mut tx).await?.ok_or(ModeError::Open)?;
    if !settings::forget(&mut tx, MAINTENANCE).await? {
        return Err(ModeError::Open);
    }
    tx.touch(MAINTENANCE);
    let before = Some(json!(before));
    audit::record(&mut tx, Entry { author, action: Action::MaintenanceOff, object: OBJECT, before, after: None })
        .await?;
    Ok(tx.commit().await?)
}
