//! One transaction: the orders, the note on each of them, and the job that tells of what somebody has now.

use crate::{
    accounts,
    orders::{
        client_tag,
        jobs::PossessionChanged,
        queries::{self, NewEvent, claim as rows},
    },
    platform::{db::Database, queue::Run},
};

/// Gives the guest orders of exactly this address to a customer. Case aside nothing is taken for the same: to the
/// database's order of letters an accent is no difference, to a mail server it is. Nothing for one who has left meanwhile.
pub async fn claim(db: &Database, client_id: u64, email: &str, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    if !accounts::queries::try_lock(&mut tx, client_id).await? {
        run.done_in(&mut tx).await?;
        return Ok(tx.commit().await?);
    }
    let of_guests = rows::lock_guest_orders(&mut tx, email).await?;
    let wanted = email.to_lowercase();
    let actor = format!("client:{client_id}");
    for (order_id, _) in of_guests.into_iter().filter(|(_, email)| email.to_lowercase() == wanted) {
        rows::set_client(&mut tx, order_id, client_id).await?;
        let event = NewEvent { kind: "claimed", from: None, to: None, actor: &actor, is_public: false, reason: None };
        queries::insert_event(&mut tx, order_id, &event).await?;
        tx.enqueue(&PossessionChanged { order_id }).await?;
    }
    tx.touch(client_tag(client_id));
    run.done_in(&mut tx).await?;
    Ok(tx.commit().await?)
}
