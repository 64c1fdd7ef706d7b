//! Stock that comes and goes otherwise than by an order that is placed.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::Refusal;
use crate::{
    catalog::{
        StockReason, film_tag,
        jobs::StockArrived,
        queries::{self, EditionRow, Movement, Taken, changes},
    },
    platform::db::Tx,
};

/// A correction of an edition's stock, and who made it why.
#[derive(Clone, Copy, Debug)]
pub struct Adjustment<'a> {
    pub delta: i32,
    pub reason: StockReason,
    pub actor: &'a str,
    pub note: &'a str,
}

/// Adds units or takes them away, with a line in the ledger; returns the stock after it.
pub async fn adjust_stock(
    tx: &mut Tx,
    edition_id: u64,
    adjustment: Adjustment<'_>,
    now: OffsetDateTime,
) -> Result<i32, Refusal> {
    let Adjustment { delta, reason, actor, note } = adjustment;
    let product_id = changes::lock_edition(tx, edition_id).await?;
    if !changes::add_stock(tx, edition_id, delta).await? {
        return Err(Refusal::NotEnoughStock);
    }
    let balance = changes::record_movement(tx, edition_id, delta, reason, (actor, note)).await?;
    queries::refresh_products(tx, &[product_id], now).await?;
    tx.touch(film_tag(product_id));
    if let Some(arrived) = StockArrived::of(edition_id, balance - delta, balance) {
        tx.enqueue(&arrived).await?;
    }
    Ok(balance)
}

/// A line of an order that is cancelled.
#[derive(Clone, Copy, Debug)]
pub struct CancelledLine {
    pub id: u64,
    /// Not of a film that is no longer known.
    pub product_id: Option<u64>,
    pub quantity: u32,
    /// The ledger knows nothing of it: it is digital, or its edition is gone, and the ledger with it.
    pub is_unrecorded: bool,
}

/// Gives back what these lines took, and no longer counts it as sold. A line that took nothing, or has given it back,
/// changes nothing; the ledger knows, and refuses a second time. The caller holds the order.
pub async fn give_back(tx: &mut Tx, lines: &[CancelledLine], actor: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    let taken = queries::units_taken(tx, &lines.iter().map(|line| line.id).collect::<Vec<_>>()).await?;
    let editions = restock(tx, &taken, actor).await?;
    let unsold = unsold(lines, &taken);
    let mut products: Vec<u64> = editions.iter().map(|edition| edition.product_id).collect();
    products.extend(unsold.keys());
    products.sort_unstable();
    products.dedup();
    if products.is_empty() {
        return Ok(());
    }
    queries::lock_products(tx, &products).await?;
    queries::take_off_sold(tx, &unsold).await?;
    queries::refresh_products(tx, &products, now).await?;
    for product_id in products {
        tx.touch(film_tag(product_id));
    }
    Ok(())
}

/// Puts units back on the shelf, with the ledger; returns the editions as they were before.
async fn restock(tx: &mut Tx, taken: &[Taken], actor: &str) -> sqlx::Result<Vec<EditionRow>> {
    let mut ids: Vec<u64> = taken.iter().map(|line| line.edition_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let editions = queries::lock_editions(tx, &ids).await?;
    let mut stock: BTreeMap<u64, i32> = editions.iter().map(|edition| (edition.id, edition.stock)).collect();
    let mut movements = Vec::new();
    for line in taken {
        let balance = stock.entry(line.edition_id).or_default();
        *balance += line.units;
        movements.push(Movement {
            edition_id: line.edition_id,
            order_line_id: line.order_line_id,
            delta: line.units,
            balance_after: *balance,
        });
    }
    queries::set_stock(tx, &stock).await?;
    queries::record_movements(tx, StockReason::Cancel, &movements, actor).await?;
    let arrived = editions.iter().filter_map(|before| StockArrived::of(before.id, before.stock, stock[&before.id]));
    tx.enqueue_all(&arrived.collect::<Vec<_>>()).await?;
    Ok(editions)
}

/// Units that no longer count as sold, by film: of lines that had taken stock, and of those without a ledger.
fn unsold(lines: &[CancelledLine], taken: &[Taken]) -> BTreeMap<u64, u32> {
    let mut unsold = BTreeMap::new();
    for line in lines {
        let counted = line.is_unrecorded || taken.iter().any(|taken| taken.order_line_id == line.id);
        if let Some(product_id) = line.product_id.filter(|_| counted) {
            *unsold.entry(product_id).or_default() += line.quantity;
        }
    }
    unsold
}
