//! What the desk does to work that was given up, and to kept pages. Each leaves its entry in the audit log.

use serde_json::json;

use crate::{
    audit::{self, Action, Author, Entry},
    platform::{
        changes,
        db::Database,
        queue::{Queue, overview},
    },
};

/// Lets a job run at once. False when it is done or under way.
pub(super) async fn retry(db: &Database, id: u64, author: &Author) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    if overview::retry(&mut tx, &[id]).await? == 0 {
        return Ok(false);
    }
    let object = format!("job:{id}");
    audit::record(&mut tx, Entry { author, action: Action::JobRetry, object: &object, before: None, after: None })
        .await?;
    tx.commit().await?;
    db.jobs().ring();
    Ok(true)
}

/// Forgets all jobs that were given up, or those of one queue; how many there were.
pub(super) async fn purge(db: &Database, queue: Option<Queue>, author: &Author) -> sqlx::Result<u64> {
    let mut tx = db.begin().await?;
    let count = overview::purge_parked(&mut tx, queue).await?;
    let object = queue.map_or_else(|| "jobs".to_owned(), |queue| format!("jobs:{}", queue.word()));
    let before = Some(json!({ "parked": count }));
    audit::record(&mut tx, Entry { author, action: Action::JobPurge, object: &object, before, after: None }).await?;
    tx.commit().await?;
    Ok(count)
}

/// Has every node forget its kept pages. Redis is tidied by whoever calls.
pub(super) async fn clear_cache(db: &Database, author: &Author) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.touch(changes::ALL_PAGES);
    let entry = Entry { author, action: Action::CacheClear, object: "shop", before: None, after: None };
    audit::record(&mut tx, entry).await?;
    tx.commit().await
}
