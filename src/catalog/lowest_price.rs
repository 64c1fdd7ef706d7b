//! The lowest price of the 30 days before a sale, which stands beside the sale's price.

use time::{Duration, OffsetDateTime};

use super::queries::PricePoint;

const DAYS: Duration = Duration::days(30);

/// From when on prices matter for a sale that began at `start`.
pub fn since(start: OffsetDateTime) -> OffsetDateTime {
    start - DAYS
}

/// The lowest price in force in the 30 days before the sale that runs at `sale_minor` since `start`, that sale excluded.
///
/// `points` are the edition's prices, oldest first. The running sale was announced by the last run of points that name
/// its price; of those only the price outside the sale counts.
pub fn before_sale(points: &[PricePoint], sale_minor: i64, start: OffsetDateTime) -> Option<i64> {
    let is_announcement = |point: &&PricePoint| point.sale_price_minor == Some(sale_minor);
    let announced = points.len() - points.iter().rev().take_while(is_announcement).count();
    let (before, sale) = points.split_at(announced);
    let is_over = |index: usize| points.get(index + 1).is_some_and(|next| next.at <= since(start));
    let earlier = before.iter().enumerate().filter(|(index, _)| !is_over(*index)).map(|(_, point)| lowest(point));
    earlier.chain(sale.iter().map(|point| point.price_minor)).min()
}

fn lowest(point: &PricePoint) -> i64 {
    point.sale_price_minor.map_or(point.price_minor, |sale| sale.min(point.price_minor))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-11-20 00:00 UTC);

    fn point(days_before: i64, price_minor: i64, sale_price_minor: Option<i64>) -> PricePoint {
        PricePoint { at: START - Duration::days(days_before), price_minor, sale_price_minor }
    }

    #[test]
    fn the_running_sale_does_not_count_and_earlier_ones_do() {
        let lowest = |points: &[PricePoint]| before_sale(points, 1000, START);
        assert_eq!(lowest(&[]), None);
        assert_eq!(lowest(&[point(1, 2000, Some(1000))]), Some(2000));
        assert_eq!(lowest(&[point(90, 1800, None), point(1, 2000, Some(1000))]), Some(1800), "in force until then");
        assert_eq!(
            lowest(&[point(20, 2000, Some(1500)), point(9, 2000, None), point(1, 2000, Some(1000))]),
            Some(1500)
        );
        assert_eq!(lowest(&[point(9, 1500, None), point(5, 2000, Some(1000)), point(1, 2100, Some(1000))]), Some(1500));
    }

    #[test]
    fn prices_that_ended_before_the_30_days_do_not_count() {
        let points = [point(60, 900, None), point(30, 2000, None), point(1, 2000, Some(1000))];
        assert_eq!(before_sale(&points, 1000, START), Some(2000));
        let points = [point(60, 900, None), point(29, 2000, None), point(1, 2000, Some(1000))];
        assert_eq!(before_sale(&points, 1000, START), Some(900));
    }
}
