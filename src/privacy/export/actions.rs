//! Asking for a file, and making it.

use time::OffsetDateTime;

use super::{LIFE, Standing, document, jobs::PrepareExport, queries};
use crate::{
    accounts::{
        self,
        mails::{self, AccountMail},
    },
    messages,
    platform::{
        db::{Database, Tx},
        queue::Run,
    },
};

/// Leaves a file to be made, in the place of the one before; nothing while one is being made.
pub(super) async fn ask(db: &Database, client_id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    accounts::queries::lock(&mut tx, client_id).await?;
    let known = queries::find(&mut tx, client_id).await?;
    if Standing::of(known.as_ref(), now) != Standing::InPreparation {
        queries::delete(&mut tx, client_id).await?;
        let export_id = queries::insert(&mut tx, client_id, now, now + LIFE).await?;
        tx.enqueue(&PrepareExport { export_id }).await?;
    }
    tx.commit().await
}

/// Makes a file and writes to its owner. Nothing for one that was given up meanwhile.
pub async fn prepare(db: &Database, job: PrepareExport, run: Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let outcome = make(db, job.export_id, &run, now).await;
    if outcome.is_err() && run.is_last_attempt() {
        queries::set_failed(&mut db.conn().await?, job.export_id).await?;
    }
    outcome
}

async fn make(db: &Database, export_id: u64, run: &Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let mut conn = db.conn().await?;
    let Some(client_id) = queries::owner_of_asked(&mut conn, export_id).await? else { return Ok(()) };
    let (document, bytes) = document::write(&mut conn, client_id, now).await?;
    drop(conn);
    let mut tx = db.begin().await?;
    accounts::queries::lock(&mut tx, client_id).await?;
    if queries::set_ready(&mut tx, export_id, &document, bytes, now + LIFE).await? {
        tell(&mut tx, client_id, export_id).await?;
    }
    run.done_in(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn tell(tx: &mut Tx, client_id: u64, export_id: u64) -> sqlx::Result<()> {
    let Some(known) = accounts::queries::known(tx, client_id).await? else { return Ok(()) };
    let mail = mails::message(AccountMail::DataReady, &known.email, &known, &export_id.to_string());
    messages::actions::queue(tx, &[mail]).await
}
