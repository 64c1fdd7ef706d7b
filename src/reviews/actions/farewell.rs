//! What becomes of the reviews of a customer who leaves.

use time::OffsetDateTime;

use crate::{
    catalog::{
        film_tag,
        queries::{lock_products, refresh_products},
    },
    platform::db::Tx,
    reviews::{FEATURED_TAG, ReviewStatus, queries::farewell as rows, reviews_tag},
};

/// How many reviews went, and how many stay without a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    pub removed: u64,
    pub kept: u64,
}

/// Takes away the reviews of a customer whom this transaction has locked, so that they write no other meanwhile. Those that
/// others see may stay, without the name; ratings are right either way. Votes on the reviews of others stay counted.
pub async fn leave(tx: &mut Tx, client_id: u64, keeps_shown: bool, now: OffsetDateTime) -> sqlx::Result<Left> {
    let films = rows::products_of(tx, client_id).await?;
    if films.is_empty() {
        return Ok(Left::default());
    }
    lock_products(tx, &films).await?;
    let reviews = rows::lock(tx, client_id).await?;
    let is_shown = |(_, status): &&(u64, ReviewStatus)| *status == ReviewStatus::Approved;
    let shown: Vec<u64> = reviews.iter().filter(is_shown).map(|(product_id, _)| *product_id).collect();
    rows::delete(tx, client_id, !keeps_shown).await?;
    if keeps_shown {
        rows::drop_edits(tx, client_id).await?;
    } else {
        refresh_products(tx, &shown, now).await?;
    }
    for product_id in &shown {
        tx.touch(if keeps_shown { reviews_tag(*product_id) } else { film_tag(*product_id) });
    }
    tx.touch(FEATURED_TAG);
    let (all, shown) = (reviews.len() as u64, shown.len() as u64);
    let kept = if keeps_shown { shown } else { 0 };
    Ok(Left { removed: all - kept, kept })
}
