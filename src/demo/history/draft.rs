//! A whole order as it will be stored, but for the words of its films, which are read with its chunk.

use time::{OffsetDateTime, UtcOffset};

use super::{
    calendar::Calendar,
    course::Course,
    customers::{Customer, Customers},
    dice, kind,
    ledger::Flow,
    shelf::Shelf,
    words,
};
use crate::{
    cart::DELIVERY_TAX_CLASS,
    catalog::{queries::EditionRow, sample::dice::Dice},
    orders::{self, OrderStatus, PaymentType},
    platform::ids,
    pricing::{DeliveryOption, DeliveryType, LineTotal, PricedLine, Totals, delivery_options, totals},
    settings::Settings,
};

/// An odd number that is no multiple of 31: it carries each place to another number, far from its neighbours'.
const SPREAD: u64 = 519_283_746_571;

/// What makes orders.
#[derive(Debug)]
pub struct Counter {
    pub seed: u64,
    pub orders: u64,
    pub settings: Settings,
    pub shelf: Shelf,
    pub calendar: Calendar,
    pub customers: Customers,
    pub until: OffsetDateTime,
}

/// An order with all that happened to it.
#[derive(Debug)]
pub struct Draft {
    pub number: String,
    pub placement_key: String,
    pub cart_hash: String,
    pub customer: Customer,
    pub payment_type: PaymentType,
    pub delivery: DeliveryOption,
    /// Which pickup point it waits at.
    pub pickup_point: Option<usize>,
    pub note: &'static str,
    pub totals: Totals,
    pub lines: Vec<DraftLine>,
    pub placed_at: OffsetDateTime,
    pub course: Course,
}

/// An edition of an order: where it stands on the shelf, how many, and for how much.
#[derive(Debug)]
pub struct DraftLine {
    pub edition: EditionRow,
    pub quantity: u32,
    pub price: PricedLine,
    pub sums: LineTotal,
}

impl Counter {
    /// The order at a place of the past.
    pub fn order(&self, place: u64) -> Draft {
        let mut dice = dice(self.seed, kind::ORDER, place);
        let placed_at = self.calendar.moment(place, self.orders, &mut dice);
        let customer = self.customers.of_order(place, self.orders, placed_at, &mut dice);
        let basket = self.basket(placed_at, &mut dice);
        let delivery = self.delivery(&basket, &customer.address.country, placed_at, &mut dice);
        let priced: Vec<PricedLine> = basket.iter().map(|(_, price)| *price).collect();
        let totals = totals(&priced, delivery.price_minor, self.tax_rate_bp(DELIVERY_TAX_CLASS, placed_at));
        let lines = basket.into_iter().zip(&totals.lines).map(|((edition, price), sums)| DraftLine {
            edition,
            quantity: price.quantity,
            price,
            sums: *sums,
        });
        let payment_type = dice.weighted(PAYMENTS);
        let points = self.settings.pickup_points.len() as u64;
        Draft {
            number: orders::number_at(number_place(self.seed, place)),
            placement_key: ids::uuid_of((u128::from(dice.number()) << 64 | u128::from(dice.number())).to_be_bytes()),
            cart_hash: format!("{:032x}{:032x}", dice.number(), dice.number()),
            pickup_point: (delivery.kind == DeliveryType::Pickup)
                .then(|| usize::try_from(dice.below(points)).unwrap_or_default()),
            note: if dice.chance(6) { words::note(customer.language, &mut dice) } else { "" },
            lines: lines.collect(),
            course: Course::run(delivery.kind, payment_type.is_online(), (placed_at, self.until), &mut dice),
            customer,
            payment_type,
            delivery,
            totals,
            placed_at,
        }
    }

    /// Editions with what they cost then.
    fn basket(&self, placed_at: OffsetDateTime, dice: &mut Dice) -> Vec<(EditionRow, PricedLine)> {
        let priced = |at: usize, dice: &mut Dice| {
            let edition = self.shelf.edition(at).clone();
            let offer = edition.offer(placed_at);
            let quantity = dice.weighted(&[(1, 90), (2, 8), (3, 2)]).min(u32::from(edition.max_per_order));
            let price = PricedLine {
                list_minor: offer.list_minor,
                unit_price_minor: offer.price_minor,
                quantity,
                tax_rate_bp: self.tax_rate_bp(&edition.tax_class, placed_at),
            };
            (edition, price)
        };
        self.shelf.basket(dice).into_iter().map(|at| priced(at, dice)).collect()
    }

    /// One of the ways that the shop offers.
    fn delivery(
        &self,
        basket: &[(EditionRow, PricedLine)],
        country: &str,
        placed_at: OffsetDateTime,
        dice: &mut Dice,
    ) -> DeliveryOption {
        let goods = basket.iter().map(|(_, price)| price.unit_price_minor * i64::from(price.quantity)).sum();
        let is_digital = basket.iter().all(|(edition, _)| edition.format.is_digital());
        let today = placed_at.to_offset(self.settings.zone).date();
        let options = delivery_options(&self.settings, goods, is_digital, Some(country), today);
        let weights: Vec<_> = (0..options.len()).map(|at| (at, weight(options[at].kind))).collect();
        if weights.is_empty() {
            // The shop has settings of its own that carry nothing there.
            let kind = if is_digital { DeliveryType::Digital } else { DeliveryType::Standard };
            return DeliveryOption { kind, price_minor: 0, free_from_minor: None, dates: (today, today) };
        }
        options[dice.weighted(&weights)].clone()
    }

    fn tax_rate_bp(&self, class: &str, at: OffsetDateTime) -> u32 {
        self.settings.tax_rate_bp(class, at.to_offset(self.settings.zone).date())
    }
}

const PAYMENTS: &[(PaymentType, u32)] = &[
    (PaymentType::Cash, 58),
    (PaymentType::Card, 20),
    (PaymentType::Payme, 9),
    (PaymentType::Click, 8),
    (PaymentType::HumoUzcard, 5),
];

const fn weight(kind: DeliveryType) -> u32 {
    match kind {
        DeliveryType::Standard => 55,
        DeliveryType::Pickup => 27,
        DeliveryType::Express => 18,
        DeliveryType::Digital => 100,
    }
}

/// Where an order's number stands among all numbers: another one for each order of a seed.
fn number_place(seed: u64, place: u64) -> u64 {
    let all = u128::from(orders::NUMBERS);
    let at = (u128::from(place) + u128::from(seed) * 1_000_003) * u128::from(SPREAD) % all;
    u64::try_from(at).unwrap_or_default()
}

impl Draft {
    /// What the order took from the shelves and gave back, with the ids of its lines from `first_line` on.
    pub fn flows(&self, first_line: u64) -> impl Iterator<Item = Flow> {
        let cancelled_at = self.course.reached(OrderStatus::Cancelled);
        let physical = (first_line..).zip(&self.lines).filter(|(_, line)| !line.edition.format.is_digital());
        physical.flat_map(move |(order_line_id, line)| {
            let units = i32::try_from(line.quantity).unwrap_or_default();
            let flow = |delta, actor, at| Flow {
                edition_id: line.edition.id,
                stock: line.edition.stock,
                order_line_id,
                delta,
                actor,
                at,
            };
            let back = cancelled_at.map(|at| flow(units, "staff", at));
            std::iter::once(flow(-units, "customer", self.placed_at)).chain(back)
        })
    }

    /// When an order that waits for its money is given up.
    pub fn expires_at(&self, hold_minutes: u32) -> Option<OffsetDateTime> {
        let is_pending = self.course.status() == OrderStatus::Pending;
        self.payment_type.expires_at(self.placed_at, hold_minutes).filter(|_| is_pending)
    }

    pub fn paid_minor(&self) -> i64 {
        if self.course.is_paid() { self.totals.total_minor } else { 0 }
    }

    pub fn refunded_minor(&self) -> i64 {
        if self.course.is_refunded() { self.totals.total_minor } else { 0 }
    }
}

/// The midnight before a moment, by the clock of a zone.
pub fn midnight(now: OffsetDateTime, zone: UtcOffset) -> OffsetDateTime {
    now.to_offset(zone).replace_time(time::Time::MIDNIGHT)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_number_comes_twice_in_a_past() {
        let numbers: HashSet<String> = (0..200_000).map(|n| orders::number_at(number_place(9, n))).collect();
        assert_eq!(numbers.len(), 200_000);
    }
}
