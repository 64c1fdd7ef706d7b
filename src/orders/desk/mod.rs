//! What the shop's people do with orders. Each deed leaves its entry in the audit log, in the same transaction.

pub mod actions;

use super::{OrderFacts, OrderStatus, PaymentStatus, actions::is_owed, next_statuses, queries::OrderRow};

/// The longest note, and the longest reason of a move.
pub const MAX_NOTE: u16 = 1000;

/// The statuses that a desk offers for an order. Shipping sends everything at once, so that nothing has to be in a parcel
/// before it.
pub fn offered_moves(order: &OrderRow) -> Vec<OrderStatus> {
    next_statuses(&OrderFacts {
        status: order.status,
        delivery_type: order.delivery_type,
        is_fully_shipped: true,
        is_fully_refunded: order.paid_minor > 0 && order.refunded_minor == order.paid_minor,
        is_paid: order.payment_status == PaymentStatus::Paid,
        is_online: order.payment_type.is_online(),
    })
}

/// Whether a desk may note that an order has been paid.
pub const fn awaits_payment(order: &OrderRow) -> bool {
    !matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded) && is_owed(order.payment_status)
}
