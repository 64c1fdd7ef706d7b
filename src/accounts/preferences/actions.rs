//! Changes of what a customer wants.

use time::OffsetDateTime;

use super::{Kind, queries};
use crate::{
    accounts,
    platform::{db::Database, i18n::Lang},
};

/// Keeps which kinds a customer wants, and in which language.
pub(super) async fn set(
    db: &Database,
    client_id: u64,
    wanted: &[Kind],
    language: Lang,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let unwanted: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| !wanted.contains(kind)).collect();
    let has_consent = wanted.iter().any(|kind| kind.takes_consent());
    let mut tx = db.begin().await?;
    accounts::queries::lock(&mut tx, client_id).await?;
    queries::set_consent(&mut tx, client_id, has_consent, language.code(), now).await?;
    queries::forget(&mut tx, client_id).await?;
    queries::add(&mut tx, client_id, &unwanted).await?;
    tx.commit().await
}
