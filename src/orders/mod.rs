//! Orders: what was bought, for how much, and what has happened since.
//!
//! Owns `orders`, `order_lines`, `order_events`, `shipments`, `shipment_lines` and `invoices`. An order is a snapshot: nothing that changes in the catalogue later
//! changes what it says. Its status moves only along the table in [`status`].

pub mod actions;
pub mod cancel;
pub mod claim;
pub mod desk;
pub mod handlers;
pub mod history;
pub mod invoice;
pub mod jobs;
pub mod mails;
pub mod messages;
mod number;
pub mod owned;
pub mod queries;
pub mod reorder;
mod status;
pub mod track;
mod viewer;
pub mod views;

pub use number::{NUMBERS, absolute_link, link, new_number, number_at, read_number, verify_link};
pub use status::{MoveRefused, OrderFacts, check_move, customer_may_cancel, next_by_itself, next_statuses};
use time::{Duration, OffsetDateTime};
pub use viewer::{OrderPaths, Viewed};

use crate::word_enum;

/// Announced when something becomes a customer's by an order, or is theirs no longer.
pub fn client_tag(client_id: u64) -> String {
    format!("client:{client_id}")
}

word_enum! {
    pub OrderStatus {
        Pending = "pending",
        Confirmed = "confirmed",
        Processing = "processing",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        Refunded = "refunded",
    }
}

word_enum! {
    /// Where the money is; apart from where the goods are.
    pub PaymentStatus {
        Unpaid = "unpaid",
        Pending = "pending",
        Authorized = "authorized",
        Paid = "paid",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
        Failed = "failed",
        Voided = "voided",
    }
}

word_enum! {
    pub PaymentType {
        Cash = "cash",
        Card = "card",
        Payme = "payme",
        Click = "click",
        HumoUzcard = "humo_uzcard",
    }
}

impl PaymentType {
    /// Whether the money comes through a provider, which has to be configured before the type is offered.
    pub const fn is_online(self) -> bool {
        !matches!(self, Self::Cash)
    }

    /// When an order that is placed now and not paid gives its stock back; one that is paid in cash never does.
    pub fn expires_at(self, placed_at: OffsetDateTime, hold_minutes: u32) -> Option<OffsetDateTime> {
        self.is_online().then(|| placed_at + Duration::minutes(hold_minutes.into()))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn only_orders_that_are_paid_online_expire() {
        let placed_at = datetime!(2026-11-25 10:00 UTC);
        for payment in PaymentType::ALL {
            let expected = (*payment != PaymentType::Cash).then_some(datetime!(2026-11-25 10:30 UTC));
            assert_eq!(payment.expires_at(placed_at, 30), expected, "{payment:?}");
        }
    }
}
