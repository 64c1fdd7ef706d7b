//! The badge of those who have bought the film.

use crate::{
    platform::{db::Database, queue::Run},
    reviews::{queries::badge, reviews_tag},
};

/// Gives the badge to the reviews of whoever has placed an order, or takes it away, now that the order has moved.
pub async fn refresh_badges(db: &Database, order_id: u64, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    for (client_id, review) in badge::of_order(&mut tx, order_id).await? {
        let has_bought = badge::is_buyer(&mut tx, client_id, review.product_id).await?;
        if has_bought != review.is_verified_buyer {
            badge::set(&mut tx, review.id, has_bought).await?;
            tx.touch(reviews_tag(review.product_id));
        }
    }
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
