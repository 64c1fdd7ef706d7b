//! Whom to ask, decided a week after the order came.

use super::{mails, queries};
use crate::{
    accounts::preferences::{self, Kind},
    messages,
    orders::jobs::DeliveredAWeekAgo,
    platform::{
        db::{Database, Tx},
        queue::Run,
    },
};

/// Asks whoever has an order, if there is anything to ask. The message has the order's key, so that it goes out once.
pub async fn ask(db: &Database, job: DeliveredAWeekAgo, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    queue_mail(&mut tx, job.order_id).await?;
    run.done_in(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn queue_mail(tx: &mut Tx, order_id: u64) -> sqlx::Result<()> {
    let Some(buyer) = queries::buyer(tx, order_id).await? else { return Ok(()) };
    let is_wanted = preferences::wants(tx, buyer.client_id, Kind::ReviewRequests).await?;
    if !is_wanted || queries::films_left(tx, order_id, buyer.client_id).await?.is_empty() {
        return Ok(());
    }
    messages::actions::queue(tx, &[mails::about(order_id, &buyer)]).await
}
