//! Changes of a customer by somebody at the desk.

use serde_json::json;

use super::queries;
use crate::{
    accounts::ClientType,
    audit::{self, Action, Author, Entry},
    platform::db::Database,
};

/// Moves a customer to another tier; whether they were still in the one that the desk had before it.
pub async fn set_tier(
    db: &Database,
    id: u64,
    (from, to): (ClientType, ClientType),
    author: &Author,
) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let is_moved = queries::move_tier(&mut tx, id, from, to).await?;
    if is_moved && from != to {
        let object = format!("client:{id}");
        let (before, after) = (Some(json!({ "tier": from.word() })), Some(json!({ "tier": to.word() })));
        audit::record(&mut tx, Entry { author, action: Action::CustomerTier, object: &object, before, after }).await?;
    }
    tx.commit().await?;
    Ok(is_moved)
}
