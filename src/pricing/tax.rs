//! The tax inside a price.

/// The tax part of a price that includes it: price × rate / (100 % + rate), half up to the minor unit.
/// The rate is in basis points: 1200 is 12 %.
pub fn tax_part(gross_minor: i64, rate_bp: u32) -> i64 {
    let (gross, rate) = (i128::from(gross_minor), i128::from(rate_bp));
    let whole = 10_000 + rate;
    let half_up = (2 * gross * rate + whole).div_euclid(2 * whole);
    // The part of an i64 is smaller than it.
    i64::try_from(half_up).unwrap_or(gross_minor)
}

#[cfg(test)]
mod tests {
    use super::tax_part;

    #[test]
    fn half_a_unit_is_rounded_up() {
        assert_eq!(tax_part(1999, 1200), 214);
        assert_eq!(tax_part(0, 1200), 0);
        assert_eq!(tax_part(1000, 0), 0);
        // 3 × 2000 / 12000 is exactly one half.
        assert_eq!(tax_part(3, 2000), 1);
        assert_eq!(tax_part(i64::MAX, 1200), 988_218_432_520_154_551);
    }

    #[test]
    fn the_part_stays_within_half_a_unit_of_the_exact_one() {
        for gross in (0..5000).step_by(7) {
            for rate in [0, 500, 1200, 2000, 2300, 10_000] {
                let exact = i128::from(gross) * i128::from(rate);
                let part = i128::from(tax_part(gross, rate)) * (10_000 + i128::from(rate));
                assert!(2 * (part - exact).abs() <= 10_000 + i128::from(rate), "{gross} at {rate}");
            }
        }
    }
}
