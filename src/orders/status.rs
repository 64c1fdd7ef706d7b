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
    /// Something has left; it comes back as a return, not by cancelling.
    pub is_partly_shipped: bool,
    /// The refunds come to what was paid.
    pub is_fully_refunded: bool,
    /// All of it is paid.
    pub is_paid: bool,
    /// The money comes through a provider.
    pub is_online: bool,
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

/// The move that an order makes without anybody: what is paid online is confirmed, and what is paid and digital has
/// nothing left to wait for.
pub fn next_by_itself(order: &OrderFacts) -> Option<OrderStatus> {
    let is_digital = order.delivery_type == DeliveryType::Digital;
    match order.status {
        _ if !order.is_paid => None,
        Pending if order.is_online || is_digital => Some(Confirmed),
        Confirmed if is_digital => Some(Processing),
        Processing if is_digital => Some(Delivered),
        _ => None,
    }
}

/// Whether customers may cancel by themselves: once somebody packs, only the shop can still stop it.
pub const fn customer_may_cancel(status: OrderStatus) -> bool {
    matches!(status, Pending | Confirmed)
}

fn is_possible(order: OrderFacts, next: OrderStatus) -> bool {
    let is_handed_over = matches!(order.delivery_type, DeliveryType::Pickup | DeliveryType::Digital);
    match (order.status, next) {
        (Processing, Shipped) => order.delivery_type.needs_address() && order.is_fully_shipped,
        (Processing, Delivered) => is_handed_over,
        (Processing, Cancelled) => !order.is_partly_shipped,
        (_, Refunded) => order.is_fully_refunded,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(status: OrderStatus, delivery_type: DeliveryType) -> OrderFacts {
        OrderFacts {
            status,
            delivery_type,
            is_fully_shipped: true,
            is_partly_shipped: false,
            is_fully_refunded: true,
            is_paid: false,
            is_online: false,
        }
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
        let order = OrderFacts { is_partly_shipped: true, ..order };
        assert!(check_move(&order, Cancelled).is_err(), "what has left is not cancelled");
        let order = OrderFacts { is_fully_refunded: false, ..facts(Delivered, DeliveryType::Express) };
        assert!(check_move(&order, Refunded).is_err());
    }

    #[test]
    fn paid_orders_go_on_by_themselves_as_far_as_nobody_has_to_pack() {
        let way = |order: OrderFacts| {
            let next = |order: &OrderFacts| Some(OrderFacts { status: next_by_itself(order)?, ..*order });
            std::iter::successors(Some(order), next).skip(1).map(|order| order.status).collect::<Vec<_>>()
        };
        for delivery in DeliveryType::ALL {
            let cash = facts(Pending, *delivery);
            let paid = OrderFacts { is_paid: true, ..cash };
            let online = OrderFacts { is_online: true, ..paid };
            let is_digital = *delivery == DeliveryType::Digital;
            let to_the_end = vec![Confirmed, Processing, Delivered];
            assert_eq!(way(cash), [], "unpaid");
            assert_eq!(way(paid), if is_digital { to_the_end.clone() } else { vec![] }, "{delivery:?}");
            assert_eq!(way(online), if is_digital { to_the_end } else { vec![Confirmed] }, "{delivery:?}");
        }
        for status in [Shipped, Delivered, Cancelled, Refunded] {
            assert_eq!(way(OrderFacts { is_paid: true, is_online: true, ..facts(status, DeliveryType::Digital) }), []);
        }
    }

    #[test]
    fn customers_cancel_only_what_the_table_lets_be_cancelled() {
        let theirs: Vec<_> = OrderStatus::ALL.iter().filter(|status| customer_may_cancel(**status)).collect();
        assert_eq!(theirs, [&Pending, &Confirmed]);
        assert!(theirs.iter().all(|from| check_move(&facts(**from, DeliveryType::Standard), Cancelled).is_ok()));
    }

    #[test]
    fn every_move_that_an_order_makes_by_itself_is_in_the_table() {
        for status in OrderStatus::ALL {
            for delivery in DeliveryType::ALL {
                let order = OrderFacts { is_paid: true, is_online: true, ..facts(*status, *delivery) };
                assert!(next_by_itself(&order).is_none_or(|next| check_move(&order, next).is_ok()), "{order:?}");
            }
        }
    }
}
