//! What reading the log leaves in it.

use serde_json::json;

use super::filters::Filters;
use crate::{
    audit::{self, Action, Author, Entry},
    platform::db::Database,
};

/// Puts on record that somebody takes entries along, and which.
pub(super) async fn note_export(db: &Database, filters: &Filters, author: &Author) -> sqlx::Result<()> {
    let after = Some(json!({ "filters": filters.query(None) }));
    let mut tx = db.begin().await?;
    audit::record(
        &mut tx,
        Entry { author, action: Action::AuditExport, object: "/admin/audit.csv", before: None, after },
    )
    .await?;
    tx.commit().await
}
