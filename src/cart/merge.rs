//! A visitor's cart comes to a customer's.

use time::OffsetDateTime;

use super::{Cart, CartToken, MAX_LINES, SavedCheckout, actions, queries};
use crate::{
    catalog::queries::FilmRow,
    platform::{db::Tx, error::Result},
};

/// What became of a visitor's cart.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// Lines that the visitor brought.
    pub lines: usize,
    /// Films of which fewer are in the customer's cart now than the visitor wanted.
    pub cut: Vec<FilmRow>,
}

/// Brings what a visitor's cart holds to the customer's: of each edition the larger quantity, as far as it can be had, and
/// what was typed at checkout. The visitor's cart is gone then, so that doing it again changes nothing.
pub async fn merge(tx: &mut Tx, visitor: &CartToken, client_id: u64, now: OffsetDateTime) -> Result<Merged> {
    let Some(from) = queries::lock(tx, &visitor.hash(), now).await? else { return Ok(Merged::default()) };
    let Some(brought) = actions::load(tx, visitor, now).await?.filter(|cart| !cart.lines.is_empty()) else {
        return Ok(Merged::default());
    };
    let customer = CartToken::of_client(client_id);
    let to = queries::insert(tx, &customer, now).await?;
    let held = actions::load(tx, &customer, now).await?;
    let cut = bring_lines(tx, to, &brought, held.as_ref()).await?;
    if !brought.note.is_empty() {
        queries::set_note(tx, to, &brought.note).await?;
    }
    if brought.saved != SavedCheckout::default() {
        queries::save_checkout(tx, &customer.hash(), &brought.saved).await?;
    }
    queries::delete(tx, from.id).await?;
    Ok(Merged { lines: brought.lines.len(), cut })
}

async fn bring_lines(tx: &mut Tx, to: u64, brought: &Cart, held: Option<&Cart>) -> Result<Vec<FilmRow>> {
    let held_lines = held.map(|cart| cart.lines.as_slice()).unwrap_or_default();
    let (mut count, mut cut) = (held_lines.len(), Vec::new());
    for line in &brought.lines {
        let held = held_lines.iter().find(|held| held.edition.id == line.edition.id).map(|held| held.quantity);
        if held.is_none() && count >= MAX_LINES {
            cut.push(line.film.clone());
            continue;
        }
        count += usize::from(held.is_none());
        let (wanted, most) = (line.quantity.max(held.unwrap_or_default()), line.edition.purchasable());
        // What cannot be had at all stays as it was wanted, and the cart's page says so.
        let kept = if most == 0 { wanted } else { wanted.min(most) };
        if kept < wanted {
            cut.push(line.film.clone());
        }
        queries::put_line(tx, to, line.edition.id, kept, line.seen_price_minor).await?;
    }
    Ok(cut)
}
