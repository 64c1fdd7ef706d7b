//! Films from before cards had columns of their own get them.

use futures_util::future::BoxFuture;

use super::{film_tag, queries};
use crate::platform::{
    clock,
    db::{Conn, Tx},
    migrations::data::{Batch, DataMigration},
};

/// Films of one transaction.
const BATCH: u32 = 500;

/// Until a film has its turn, its card shows the lowest price alone.
pub struct FillCards;

impl DataMigration for FillCards {
    fn name(&self) -> &'static str {
        "fill_cards"
    }

    fn end<'a>(&'a self, conn: &'a mut Conn) -> BoxFuture<'a, sqlx::Result<u64>> {
        Box::pin(queries::last_product(conn))
    }

    fn batch<'a>(&'a self, tx: &'a mut Tx, after: u64) -> BoxFuture<'a, sqlx::Result<Batch>> {
        Box::pin(async move {
            let ids = queries::products_after(tx, after, BATCH).await?;
            let Some(place) = ids.last().copied() else { return Ok(Batch::End) };
            queries::lock_products(tx, &ids).await?;
            queries::refresh_products(tx, &ids, clock::now()).await?;
            for id in &ids {
                tx.touch(film_tag(*id));
            }
            Ok(Batch::UpTo { place, changed: u64::try_from(ids.len()).unwrap_or_default() })
        })
    }
}
