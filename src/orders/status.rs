//! Which status may follow which. Whatever is not in this table is refused.

use OrderStatus::{Cancelled, Confirmed, Delivered, Pending, Processing, Refunded, Shipped};

use super::OrderStatus;
use crate::pricing::DeliveryType;

/// What the table asks about an order besides its status.
#[derive(Clone, Copy, Debug)]
pub struct OrderFacts {
    pub status: OrderStatus,
    pub delivery_type: DeliveryType,
    /// Every physical line is in a parcel.
    pub is_fully_shipped: bool,
    /// The refunds come to what was paid.
    pub is_fully_refunded: bool,
}

/// A move that the table does not have, with those that it has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} may not become {}", from.word(), to.word())]
pub struct MoveRefused {
    pub from: OrderStatus,
    pub to: OrderStatus,
    pub allowed: Vec<OrderStatus>,
}

/// Every status that may follow, in the order in which a desk offers them.
pub fn next_statuses(order: &OrderFacts) -> Vec<OrderStatus> {
    let all: &[OrderStatus] = match order.status {
        Pending => &[Confirmed, Cancelled],
        Confirmed => &[Processing, Cancelled],
        Processing => &[Shipped, Delivered, Cancelled],
        Shipped => &[Delivered, Refunded],
        Delivered => &[Refunded],
        Cancelled | Refunded => &[],
    };
    all.iter().copied().filter(|next| is_possible(*order, *next)).collect()
}

pub fn check_move(order: &OrderFacts, to: OrderStatus) -> Result<(), MoveRefused> {
    let allowed = next_statuses(order);
    if allowed.contains(&to) { Ok(()) } else { Err(MoveRefused { from: order.status, to, allowed }) }
}

fn is_possible(order: OrderFacts, next: OrderStatus) -> bool {
    let is_handed_over = matches!(order.delivery_type, DeliveryType::Pickup | DeliveryType::Digital);
    match (order.status, next) {
        (Processing, Shipped) => order.delivery_type.needs_address() && order.is_fully_shipped,
        (Processing, Delivered) => is_handed_over,
        (_, Refunded) => order.is_fully_refunded,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(status: OrderStatus, delivery_type: DeliveryType) -> OrderFacts {
        OrderFacts { status, delivery_type, is_fully_shipped: true, is_fully_refunded: true }
    }

    #[test]
    fn exactly_these_moves_exist() {
        let allowed = [
            (Pending, Confirmed),
            (Pending, Cancelled),
            (Confirmed, Processing),
            (Confirmed, Cancelled),
            (Processing, Shipped),
            (Processing, Cancelled),
            (Shipped, Delivered),
            (Shipped, Refunded),
            (Delivered, Refunded),
        ];
        for &from in OrderStatus::ALL {
            for &to in OrderStatus::ALL {
                let verdict = check_move(&facts(from, DeliveryType::Standard), to);
                assert_eq!(verdict.is_ok(), allowed.contains(&(from, to)), "{} to {}", from.word(), to.word());
                if let Err(refused) = verdict {
                    assert!(refused.allowed.iter().all(|next| allowed.contains(&(from, *next))));
                }
            }
        }
    }

    #[test]
    fn what_is_not_carried_is_delivered_at_once() {
        for delivery in [DeliveryType::Pickup, DeliveryType::Digital] {
            let order = facts(Processing, delivery);
            assert!(check_move(&order, Delivered).is_ok());
            assert!(check_move(&order, Shipped).is_err());
        }
    }

    #[test]
    fn parcels_and_refunds_must_be_complete() {
        let order = OrderFacts { is_fully_shipped: false, ..facts(Processing, DeliveryType::Express) };
        assert!(check_move(&order, Shipped).is_err());
        let order = OrderFacts { is_fully_refunded: false, ..facts(Delivered, DeliveryType::Express) };
        assert!(check_move(&order, Refunded).is_err());
    }
}
