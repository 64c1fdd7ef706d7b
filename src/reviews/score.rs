//! How helpful a review is held to be.

/// 1.96 standard deviations, and their square, in ten-thousandths.
const Z: u128 = 19_600;
const Z_SQUARED: u128 = 38_416;
const UNIT: u128 = 10_000;

/// The lower bound of the share of readers who find a review helpful, by Wilson at 95 %, in millionths. Many voices weigh
/// more than few that agree.
pub fn helpfulness(up: u32, down: u32) -> u32 {
    let (up, down) = (u128::from(up), u128::from(down));
    let all = up + down;
    if up == 0 {
        return 0;
    }
    // Everything is in ten-thousandths, and the root, of their squares, too.
    let spread = up * UNIT * down * UNIT / all + Z_SQUARED * UNIT / 4;
    let below = Z * spread.isqrt() / UNIT;
    let bound = (up * UNIT + Z_SQUARED / 2).saturating_sub(below);
    u32::try_from(bound * 1_000_000 / (all * UNIT + Z_SQUARED)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::helpfulness;

    #[test]
    fn the_bound_is_that_of_the_books() {
        // (p + z²/2n - z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), computed by hand.
        for (up, down, expected) in [(1, 0, 206_543), (10, 0, 722_460), (5, 5, 236_590), (90, 10, 825_633)] {
            let bound = helpfulness(up, down);
            assert!(bound.abs_diff(expected) < 300, "{up} of {}: {bound}", up + down);
        }
    }

    #[test]
    fn many_who_mostly_agree_outweigh_one_who_does() {
        assert!(helpfulness(90, 10) > helpfulness(3, 0));
        assert!(helpfulness(2, 0) > helpfulness(1, 0));
        assert!(helpfulness(2, 0) > helpfulness(2, 1));
        assert_eq!((helpfulness(0, 0), helpfulness(0, 50)), (0, 0));
        assert!(helpfulness(u32::MAX, u32::MAX) <= 1_000_000 && helpfulness(u32::MAX, 0) <= 1_000_000);
    }
}
