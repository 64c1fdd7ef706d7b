//! The sums of a cart or an order, and the trail that explains them.

use serde::{Deserialize, Serialize};

use super::tax_part;

/// A line as it is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// Price of one without any sale.
    pub list_minor: i64,
    /// Price of one that is charged.
    pub unit_price_minor: i64,
    pub quantity: u32,
    pub tax_rate_bp: u32,
}

impl PricedLine {
    fn at_list(&self) -> i64 {
        self.list_minor.saturating_mul(i64::from(self.quantity))
    }
}

/// What a line comes to, and the tax inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineTotal {
    pub total_minor: i64,
    pub tax_minor: i64,
}

/// The sums: total = subtotal − discount + delivery, with the tax inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub lines: Vec<LineTotal>,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub delivery_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub trail: Vec<TrailStep>,
}

/// A step from the list prices to the total. The amounts add up to the total; the tax is inside and does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailStep {
    pub kind: TrailKind,
    pub amount_minor: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrailKind {
    /// Everything at its list price.
    List,
    /// What sales take off.
    Sale,
    Delivery,
    /// Tax inside the total, for information.
    TaxIncluded,
}

/// Sums up `lines` and a delivery that is taxed at `delivery_tax_bp`.
pub fn totals(lines: &[PricedLine], delivery_minor: i64, delivery_tax_bp: u32) -> Totals {
    let sums: Vec<LineTotal> = lines.iter().map(line_total).collect();
    let subtotal_minor: i64 = sums.iter().map(|line| line.total_minor).sum();
    let at_list: i64 = lines.iter().map(PricedLine::at_list).sum();
    let tax_minor = sums.iter().map(|line| line.tax_minor).sum::<i64>() + tax_part(delivery_minor, delivery_tax_bp);
    Totals {
        trail: trail(at_list, subtotal_minor, delivery_minor, tax_minor),
        lines: sums,
        subtotal_minor,
        discount_minor: 0,
        delivery_minor,
        tax_minor,
        total_minor: subtotal_minor + delivery_minor,
    }
}

fn line_total(line: &PricedLine) -> LineTotal {
    let total_minor = line.unit_price_minor.saturating_mul(i64::from(line.quantity));
    LineTotal { total_minor, tax_minor: tax_part(total_minor, line.tax_rate_bp) }
}

fn trail(at_list: i64, subtotal: i64, delivery: i64, tax: i64) -> Vec<TrailStep> {
    let step = |kind, amount_minor| TrailStep { kind, amount_minor };
    let mut trail = vec![step(TrailKind::List, at_list)];
    if subtotal != at_list {
        trail.push(step(TrailKind::Sale, subtotal - at_list));
    }
    trail.push(step(TrailKind::Delivery, delivery));
    trail.push(step(TrailKind::TaxIncluded, tax));
    trail
}

/// How much more has to be bought for free delivery; nothing when there is no threshold or it is reached.
pub fn missing_for_free_delivery(goods_minor: i64, free_from_minor: Option<i64>) -> Option<i64> {
    free_from_minor.map(|threshold| threshold - goods_minor).filter(|missing| *missing > 0)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn sums_of_ten_thousand_random_carts_agree_with_their_parts() {
        let mut rng = StdRng::seed_from_u64(20_261_122);
        for _ in 0..10_000 {
            let lines: Vec<_> = (0..rng.random_range(1..20))
                .map(|_| {
                    let list_minor = rng.random_range(1..100_000);
                    PricedLine {
                        list_minor,
                        unit_price_minor: rng.random_range(1..=list_minor),
                        quantity: rng.random_range(1..100),
                        tax_rate_bp: [0, 500, 1200, 2300][rng.random_range(0..4)],
                    }
                })
                .collect();
            let delivery = rng.random_range(0..2000);
            let sums = totals(&lines, delivery, 1200);
            let parts: i64 = sums.lines.iter().map(|line| line.total_minor).sum();
            assert_eq!(sums.total_minor, parts + delivery - sums.discount_minor);
            let trail = sums.trail.iter().filter(|step| step.kind != TrailKind::TaxIncluded);
            assert_eq!(trail.map(|step| step.amount_minor).sum::<i64>(), sums.total_minor);
            let tax: i64 = sums.lines.iter().map(|line| line.tax_minor).sum();
            assert_eq!(sums.tax_minor, tax + tax_part(delivery, 1200));
            assert!(sums.lines.iter().all(|line| line.tax_minor <= line.total_minor));
        }
    }

    #[test]
    fn the_threshold_is_reached_by_equality() {
        assert_eq!(missing_for_free_delivery(4999, Some(5000)), Some(1));
        assert_eq!(missing_for_free_delivery(5000, Some(5000)), None);
        assert_eq!(missing_for_free_delivery(0, None), None);
    }
}
