//! Parcels: what of an order leaves the shop, and when all of it has.

use time::OffsetDateTime;

use super::{By, MoveError, facts, move_locked};
use crate::{
    messages,
    orders::{
        MoveRefused, OrderStatus,
        mails::{Addressee, Parcel, parcel_message, shipped_message},
        next_statuses,
        queries::{self, LockedLine, LockedOrder, NewEvent},
    },
    platform::{db::Tx, i18n::Lang},
};

/// So many of a line of the order go into a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    pub line_id: u64,
    /// From 1.
    pub quantity: u32,
}

/// Sends a parcel with these things, or with all that is left. When nothing is left after it the order is shipped.
pub(super) async fn ship_order(
    tx: &mut Tx,
    number: &str,
    (parcel, contents): (&Parcel, Option<&[Packed]>),
    by: By<'_>,
    now: OffsetDateTime,
) -> Result<OrderStatus, MoveError> {
    let order = queries::lock(tx, number).await?.ok_or(MoveError::NotFound)?;
    let lines = queries::lines_to_move(tx, order.id).await?;
    if order.status != OrderStatus::Processing || !order.delivery_type.needs_address() {
        let allowed = next_statuses(&facts(&order, &lines));
        return Err(MoveRefused { from: order.status, to: OrderStatus::Shipped, allowed }.into());
    }
    let left = left(&lines);
    let contents = contents.unwrap_or(&left);
    if !fits(contents, &left) {
        return Err(MoveError::NotToPack);
    }
    let parcel_id = queries::insert_parcel(tx, order.id, parcel, contents).await?;
    let event = NewEvent { kind: "parcel", from: None, to: None, actor: by.actor, is_public: true, reason: None };
    queries::insert_event(tx, order.id, &event).await?;
    if contents.iter().map(|packed| packed.quantity).sum::<u32>() < left.iter().map(|rest| rest.quantity).sum() {
        return tell_of_part(tx, &order, (parcel_id, parcel)).await;
    }
    let (_, _, sent) = queries::find_with_parcels(tx, number).await?.ok_or(MoveError::NotFound)?;
    let parcels: Vec<Parcel> = sent.into_iter().map(|sent| sent.label).collect();
    let mail = |to: &Addressee<'_>, _: OrderStatus| Some(shipped_message(to, parcels.clone()));
    move_locked(tx, &order, Some(OrderStatus::Shipped), (by, now), &mail).await
}

/// What can be carried and has not left yet.
fn left(lines: &[LockedLine]) -> Vec<Packed> {
    let of = |line: &LockedLine| Packed { line_id: line.id, quantity: line.quantity - line.quantity_shipped };
    lines.iter().filter(|line| !line.format.is_digital()).map(of).filter(|packed| packed.quantity > 0).collect()
}

/// Whether there is something in a parcel, each line stands in it once, and none with more than is left.
fn fits(contents: &[Packed], left: &[Packed]) -> bool {
    let is_left = |packed: &Packed| {
        let is_once = contents.iter().filter(|other| other.line_id == packed.line_id).count() == 1;
        let rest = left.iter().find(|rest| rest.line_id == packed.line_id);
        is_once && packed.quantity > 0 && rest.is_some_and(|rest| packed.quantity <= rest.quantity)
    };
    !contents.is_empty() && contents.iter().all(is_left)
}

/// Tells the customer of a parcel that others will follow. The order stands where it stood.
async fn tell_of_part(
    tx: &mut Tx,
    order: &LockedOrder,
    (parcel_id, parcel): (u64, &Parcel),
) -> Result<OrderStatus, MoveError> {
    queries::touch(tx, order.id).await?;
    let language = Lang::from_code(&order.language).unwrap_or_default();
    let to = Addressee { order_id: order.id, number: &order.number, email: &order.email, language };
    messages::actions::queue(tx, &[parcel_message(&to, parcel_id, parcel)]).await?;
    Ok(order.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn packed(line_id: u64, quantity: u32) -> Packed {
        Packed { line_id, quantity }
    }

    #[test]
    fn a_parcel_holds_something_and_no_more_than_is_left() {
        let left = [packed(1, 2), packed(2, 1)];
        for good in [&[packed(1, 1)][..], &[packed(1, 2)], &[packed(2, 1), packed(1, 2)]] {
            assert!(fits(good, &left), "{good:?}");
        }
        for bad in [&[][..], &[packed(1, 3)], &[packed(1, 0)], &[packed(3, 1)], &[packed(1, 1), packed(1, 1)]] {
            assert!(!fits(bad, &left), "{bad:?}");
        }
    }
}
