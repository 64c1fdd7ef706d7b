//! What has happened to an order, and what is still ahead of it.

use time::OffsetDateTime;

use super::OrderView;
use crate::orders::{OrderStatus, desk::actions::Audience, queries::HistoryRow};

/// A step of the timeline.
pub(super) struct Step {
    pub what: &'static str,
    pub place: Place,
    pub at: Option<OffsetDateTime>,
    /// Who took it, and from where to where; of what the customer has not done no more is told than that.
    pub who: Option<&'static str>,
    pub from: Option<&'static str>,
    /// The customer's own reason.
    pub reason: Option<String>,
    /// What the shop has written.
    pub message: Option<String>,
    /// When it is expected, in words.
    pub expected: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Done,
    Current,
    Ahead,
}

/// Whoever took a step, as the customer may know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Customer,
    Shop,
    Clock,
}

impl Who {
    fn of(actor: &str) -> Self {
        match actor {
            "expiry" | "system" => Self::Clock,
            "customer" => Self::Customer,
            client if client.starts_with("client:") => Self::Customer,
            _ => Self::Shop,
        }
    }
}

impl OrderView {
    /// What has happened, where the order stands, and what is still ahead of it.
    pub(super) fn timeline(&self) -> Vec<Step> {
        let last = self.events.iter().rposition(|event| event.to_status.is_some());
        let past = self.events.iter().enumerate().filter_map(|(index, event)| match event.to_status {
            Some(status) => {
                let place = if Some(index) == last { Place::Current } else { Place::Done };
                Some(self.taken(status, event, place))
            }
            None => self.on_the_way(event),
        });
        past.chain(self.ahead()).collect()
    }

    /// A parcel that has left, or a word of the shop.
    fn on_the_way(&self, event: &HistoryRow) -> Option<Step> {
        let (what, message) = match event.kind.as_str() {
            "parcel" => (self.t.parcel_sent(), None),
            kind if kind == Audience::Customer.event() => (self.t.mail_note(), event.reason.clone()),
            _ => return None,
        };
        let (place, at, who) = (Place::Done, Some(event.created_at), Some(self.t.by_shop()));
        Some(Step { what, place, at, who, from: None, reason: None, message, expected: None })
    }

    fn taken(&self, status: OrderStatus, event: &HistoryRow, place: Place) -> Step {
        let who = Who::of(&event.actor);
        Step {
            what: self.words.status(status, self.order.delivery_type),
            place,
            at: Some(event.created_at),
            who: Some(match who {
                Who::Customer => self.t.by_you(),
                Who::Shop => self.t.by_shop(),
                Who::Clock => self.t.by_clock(),
            }),
            from: event.from_status.map(|from| self.words.status(from, self.order.delivery_type)),
            reason: event.reason.clone().filter(|_| who == Who::Customer),
            message: None,
            expected: None,
        }
    }

    /// The statuses that an order still passes if nothing goes wrong.
    fn ahead(&self) -> impl Iterator<Item = Step> {
        const WAY: [OrderStatus; 5] = [
            OrderStatus::Pending,
            OrderStatus::Confirmed,
            OrderStatus::Processing,
            OrderStatus::Shipped,
            OrderStatus::Delivered,
        ];
        let is_carried = self.order.delivery_type.needs_address();
        let here = WAY.iter().position(|status| *status == self.order.status).unwrap_or(WAY.len());
        WAY.into_iter().skip(here + 1).filter(move |status| is_carried || *status != OrderStatus::Shipped).map(
            move |status| Step {
                what: self.words.status(status, self.order.delivery_type),
                place: Place::Ahead,
                at: None,
                who: None,
                from: None,
                reason: None,
                message: None,
                expected: (status == OrderStatus::Delivered && is_carried)
                    .then(|| self.dates())
                    .flatten()
                    .map(|dates| self.t.expected(&dates)),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_learn_who_acted_but_not_which_person_of_the_shop() {
        let told = ["customer", "client:7", "staff:3", "command", "expiry", "system"].map(Who::of);
        assert_eq!(told, [Who::Customer, Who::Customer, Who::Shop, Who::Shop, Who::Clock, Who::Clock]);
    }
}
