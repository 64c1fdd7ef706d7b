//! Mending numbers that follow from others.

use super::{Mend, queries};
use crate::{
    catalog::{film_tag, queries::refresh_products},
    platform::{
        clock,
        db::{Database, Tx},
    },
    reviews,
};

/// Computes a number anew, in a transaction of its own. False where that cannot be told from the rows.
pub async fn mend(db: &Database, mend: Mend) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let is_mended = match mend {
        Mend::Stock(edition_id) => stock(&mut tx, edition_id).await?,
        Mend::Film(product_id) => film(&mut tx, product_id).await?,
        Mend::Sold(product_id) => queries::mend_sold(&mut tx, product_id).await?,
        Mend::Votes(review_id) => reviews::actions::count_votes(&mut tx, review_id).await?,
        Mend::Parcels(order_line_id) => queries::mend_parcels(&mut tx, order_line_id).await?,
    };
    tx.commit().await?;
    Ok(is_mended)
}

async fn stock(tx: &mut Tx, edition_id: u64) -> sqlx::Result<bool> {
    let Some(product_id) = queries::film_of(tx, edition_id).await? else { return Ok(false) };
    if !queries::mend_stock(tx, edition_id).await? {
        return Ok(false);
    }
    film(tx, product_id).await
}

async fn film(tx: &mut Tx, product_id: u64) -> sqlx::Result<bool> {
    refresh_products(tx, &[product_id], clock::now()).await?;
    tx.touch(film_tag(product_id));
    Ok(true)
}
