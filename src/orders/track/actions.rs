//! Questions for an order, and their answers by mail.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    messages,
    orders::{
        mails::{Addressee, link_message},
        queries,
    },
    platform::{
        db::Database,
        i18n::Lang,
        queue::{Job, Queue, Run},
        signing::sha256_hex,
    },
};

/// Looks for an order, and mails its link if this is its address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FindOrder {
    pub number: String,
    pub email: String,
}

impl Job for FindOrder {
    const KIND: &'static str = "find_order";
    const QUEUE: Queue = Queue::Notifications;

    fn dedup_key(&self) -> Option<String> {
        Some(sha256_hex(&format!("{} {}", self.number, self.email)))
    }
}

/// Writes a question down; the same work whether there is such an order or not.
pub(super) async fn ask(db: &Database, question: &FindOrder) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.enqueue(question).await?;
    tx.commit().await
}

/// Queues the mail with the link; the answer and the end of the job happen together.
pub async fn answer(db: &Database, question: &FindOrder, run: &Run, now: OffsetDateTime) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(owner) = queries::find_owner(&mut tx, &question.number, &question.email).await? {
        let to = Addressee {
            order_id: owner.id,
            number: &question.number,
            // As it stands in the order: what was typed may differ from it in case.
            email: &owner.email,
            language: Lang::from_code(&owner.language).unwrap_or_default(),
        };
        messages::actions::queue(&mut tx, &[link_message(&to, now)]).await?;
    }
    run.done_in(&mut tx).await?;
    Ok(tx.commit().await?)
}
