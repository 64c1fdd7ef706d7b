//! What the shop's people do with orders. Each deed leaves its entry in the audit log, in the same transaction.

pub mod actions;

use super::{
    OrderFacts, OrderStatus, PaymentStatus,
    actions::is_owed,
    next_statuses,
    queries::{OrderLineRow, OrderRow},
};

/// The longest note, and the longest reason of a move.
pub const MAX_NOTE: u16 = 1000;

/// The statuses that a desk offers for an order.
pub fn offered_moves(order: &OrderRow, lines: &[OrderLineRow]) -> Vec<OrderStatus> {
    next_statuses(&OrderFacts {
        status: order.status,
        delivery_type: order.delivery_type,
        is_fully_shipped: lines.iter().all(|line| line.left() == 0),
        is_partly_shipped: lines.iter().any(|line| line.quantity_shipped > 0),
        is_fully_refunded: order.paid_minor > 0 && order.refunded_minor == order.paid_minor,
        is_paid: order.payment_status == PaymentStatus::Paid,
        is_online: order.payment_type.is_online(),
    })
}

/// Whether a desk may note that an order has been paid.
pub const fn awaits_payment(order: &OrderRow) -> bool {
    !matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded) && is_owed(order.payment_status)
}

/// Whether parcels of an order can be sent.
pub fn awaits_parcels(order: &OrderRow, lines: &[OrderLineRow]) -> bool {
    order.status == OrderStatus::Processing
        && order.delivery_type.needs_address()
        && lines.iter().any(|line| line.left() > 0)
}
