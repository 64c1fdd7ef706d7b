//! What becomes of an order: the moves of the table, one after the other, until it has come to an end or to the present.

use time::{Duration, OffsetDateTime};

use crate::{
    catalog::sample::dice::Dice,
    orders::{
        OrderFacts,
        OrderStatus::{self, Cancelled, Confirmed, Delivered, Pending, Processing, Refunded, Shipped},
        PaymentStatus, next_by_itself, next_statuses,
    },
    pricing::DeliveryType,
};

/// For so long the shop holds what is paid through a provider.
const HOLD: Duration = Duration::minutes(30);
/// Money that waits to be given back is given back by then.
const REFUND_DUE: Duration = Duration::days(5);

/// An entry of an order's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: &'static str,
    pub from: Option<OrderStatus>,
    pub to: Option<OrderStatus>,
    pub actor: &'static str,
    pub is_public: bool,
    pub reason: Option<&'static str>,
    pub at: OffsetDateTime,
}

/// The way of one order.
#[derive(Debug)]
pub struct Course {
    facts: OrderFacts,
    until: OffsetDateTime,
    pub payment_status: PaymentStatus,
    pub needs_attention: bool,
    pub events: Vec<Event>,
}

impl Course {
    /// An order that is placed at a moment and goes its way until another.
    pub fn run(
        delivery_type: DeliveryType,
        is_online: bool,
        (placed_at, until): (OffsetDateTime, OffsetDateTime),
        dice: &mut Dice,
    ) -> Self {
        let facts = OrderFacts {
            status: Pending,
            delivery_type,
            is_fully_shipped: false,
            is_partly_shipped: false,
            is_fully_refunded: false,
            is_paid: false,
            is_online,
        };
        let placed = Event {
            kind: "placed",
            from: None,
            to: Some(Pending),
            actor: "customer",
            is_public: true,
            reason: None,
            at: placed_at,
        };
        let mut course =
            Self { facts, until, payment_status: PaymentStatus::Unpaid, needs_attention: false, events: vec![placed] };
        while course.goes_on(dice) {}
        course
    }

    pub const fn status(&self) -> OrderStatus {
        self.facts.status
    }

    pub const fn is_paid(&self) -> bool {
        self.facts.is_paid
    }

    pub const fn is_refunded(&self) -> bool {
        self.facts.is_fully_refunded
    }

    /// Everything that is carried was handed over.
    pub const fn is_shipped(&self) -> bool {
        self.facts.is_fully_shipped
    }

    /// When it came to a status.
    pub fn reached(&self, status: OrderStatus) -> Option<OffsetDateTime> {
        self.events.iter().find(|event| event.to == Some(status)).map(|event| event.at)
    }

    pub fn ended_at(&self) -> OffsetDateTime {
        self.events.last().map_or(self.until, |event| event.at)
    }

    /// Takes the next step, if there is one before the present.
    fn goes_on(&mut self, dice: &mut Dice) -> bool {
        if self.facts.is_online && self.facts.status == Pending {
            return self.pays_online(dice);
        }
        if self.facts.status == Delivered {
            // Few send everything back.
            self.facts.is_fully_refunded = dice.chance(2);
        }
        let at = self.ended_at() + self.dwell(dice);
        let choices: Vec<_> = next_statuses(&OrderFacts { is_fully_shipped: true, ..self.facts })
            .into_iter()
            .map(|next| (next, self.weight(next)))
            .collect();
        if choices.is_empty() || at >= self.until {
            self.facts.is_fully_refunded &= self.facts.status != Delivered;
            return false;
        }
        self.comes_to(dice.weighted(&choices), at, dice);
        true
    }

    /// How long it stays where it is.
    fn dwell(&self, dice: &mut Dice) -> Duration {
        let (least, most) = match (self.facts.status, self.facts.delivery_type) {
            (Pending, _) => (20, 900),
            (Confirmed, DeliveryType::Express) => (30, 240),
            (Confirmed, _) => (60, 1_500),
            (Processing, DeliveryType::Express) => (60, 600),
            (Processing, _) => (300, 2_900),
            (Shipped, DeliveryType::Express) => (300, 2_000),
            (Shipped, _) => (1_440, 8_000),
            (Delivered, _) => (4_000, 28_000),
            (Cancelled | Refunded, _) => (0, 0),
        };
        let seconds = dice.between(least * 60, most * 60);
        Duration::seconds(i64::try_from(seconds).unwrap_or_default())
    }

    const fn weight(&self, next: OrderStatus) -> u32 {
        match (self.facts.status, next) {
            (Pending, Cancelled) => 6,
            (_, Cancelled) => 2,
            _ => 98,
        }
    }

    /// Most pay within minutes; some never do.
    fn pays_online(&mut self, dice: &mut Dice) -> bool {
        let (placed_at, is_forgotten) = (self.ended_at(), dice.chance(7));
        let seconds = i64::try_from(dice.between(40, 1_200)).unwrap_or_default();
        let at = placed_at + if is_forgotten { HOLD } else { Duration::seconds(seconds) };
        if at >= self.until {
            return false;
        }
        if is_forgotten {
            self.step(Cancelled, "expiry", Some("not paid in time"), at);
            self.payment_status = PaymentStatus::Voided;
        } else {
            self.pay("system", at);
        }
        true
    }

    fn comes_to(&mut self, status: OrderStatus, at: OffsetDateTime, dice: &mut Dice) {
        match status {
            Cancelled => self.is_cancelled(at, dice),
            // What is digital and paid by hand goes to its end with the payment.
            Confirmed if self.facts.delivery_type == DeliveryType::Digital => self.pay("staff", at),
            Delivered => {
                if !self.facts.is_paid {
                    self.pay("staff", at);
                }
                self.step(Delivered, "staff", None, at);
            }
            Shipped => {
                self.facts.is_fully_shipped = true;
                self.step(Shipped, "staff", None, at);
            }
            Refunded => {
                self.note("refunded", "staff", at);
                self.step(Refunded, "staff", Some("sent back"), at);
                self.payment_status = PaymentStatus::Refunded;
            }
            Pending | Confirmed | Processing => self.step(status, "staff", None, at),
        }
    }

    /// What was paid is given back some days later, and waits for somebody to do it until then.
    fn is_cancelled(&mut self, at: OffsetDateTime, dice: &mut Dice) {
        let (actor, reason) = if dice.chance(70) { ("customer", None) } else { ("staff", Some("out of reach")) };
        self.step(Cancelled, actor, reason, at);
        if !self.facts.is_paid {
            self.payment_status = PaymentStatus::Voided;
            return;
        }
        self.note("refund_due", actor, at);
        if at + REFUND_DUE < self.until {
            self.note("refunded", "staff", at + REFUND_DUE);
            self.payment_status = PaymentStatus::Refunded;
            self.facts.is_fully_refunded = true;
        } else {
            self.needs_attention = true;
        }
    }

    fn pay(&mut self, actor: &'static str, at: OffsetDateTime) {
        self.note("paid", actor, at);
        self.facts.is_paid = true;
        self.payment_status = PaymentStatus::Paid;
        while let Some(next) = next_by_itself(&self.facts) {
            self.step(next, actor, None, at);
        }
    }

    fn step(&mut self, to: OrderStatus, actor: &'static str, reason: Option<&'static str>, at: OffsetDateTime) {
        let from = Some(self.facts.status);
        self.events.push(Event { kind: "moved", from, to: Some(to), actor, is_public: true, reason, at });
        self.facts.status = to;
    }

    fn note(&mut self, kind: &'static str, actor: &'static str, at: OffsetDateTime) {
        self.events.push(Event { kind, from: None, to: None, actor, is_public: false, reason: None, at });
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::orders::check_move;

    const PLACED: OffsetDateTime = datetime!(2026-03-02 18:00 UTC);

    /// Many orders of each kind that have so long to go.
    fn courses(days: i64) -> Vec<(DeliveryType, bool, Course)> {
        let kinds = DeliveryType::ALL.iter().flat_map(|delivery| [(*delivery, true), (*delivery, false)]);
        let of_a_kind = |(delivery, is_online)| {
            let course = move |n| {
                let moments = (PLACED, PLACED + Duration::days(days));
                (delivery, is_online, Course::run(delivery, is_online, moments, &mut Dice::nth(3, n)))
            };
            (0..500).map(course)
        };
        kinds.flat_map(of_a_kind).collect()
    }

    #[test]
    fn orders_move_by_the_table_only_and_never_after_the_present() {
        for days in [0, 1, 3, 10, 60] {
            for (delivery_type, is_online, course) in courses(days) {
                let mut facts = OrderFacts {
                    status: Pending,
                    delivery_type,
                    is_online,
                    is_fully_shipped: course.is_shipped(),
                    is_partly_shipped: false,
                    is_fully_refunded: course.is_refunded(),
                    is_paid: false,
                };
                for event in &course.events[1..] {
                    facts.is_paid |= event.kind == "paid";
                    if let Some(to) = event.to {
                        assert_eq!(event.from, Some(facts.status));
                        assert_eq!(check_move(&facts, to), Ok(()));
                        facts.status = to;
                    }
                }
                assert_eq!((facts.status, facts.is_paid), (course.status(), course.is_paid()));
                assert!(course.events.is_sorted_by_key(|event| event.at));
                assert!(course.ended_at() == PLACED || course.ended_at() < PLACED + Duration::days(days));
            }
        }
    }

    #[test]
    fn money_follows_the_way_of_the_goods() {
        for (_, is_online, course) in courses(60) {
            let (status, payment) = (course.status(), course.payment_status);
            match status {
                Cancelled if course.is_paid() => assert_eq!(payment, PaymentStatus::Refunded),
                Cancelled => assert_eq!(payment, PaymentStatus::Voided),
                Refunded => assert_eq!(payment, PaymentStatus::Refunded),
                Delivered => assert_eq!(payment, PaymentStatus::Paid),
                _ => panic!("{status:?} after two months, online: {is_online}"),
            }
        }
        let waiting = courses(2).into_iter().filter(|(_, _, course)| course.needs_attention).count();
        assert!(waiting > 0, "some who paid and cancelled wait for their money");
    }

    #[test]
    fn every_end_and_every_station_is_seen() {
        for status in OrderStatus::ALL {
            let seen = [0, 1, 3, 60].into_iter().flat_map(courses).any(|(_, _, course)| course.status() == *status);
            assert!(seen, "{status:?}");
        }
    }
}
