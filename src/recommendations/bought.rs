//! Which films are bought together more often than chance would have it.

use std::cmp::Reverse;

use super::{Likeness, scoring::Alike};

/// Films that are together in fewer orders are so by chance.
pub const LEAST_TOGETHER: u64 = 3;
/// So many are kept for a film: below them there is room for what is alike.
const MOST: usize = 4;
/// A score of so many is what chance gives.
const CHANCE: u128 = 100;

/// Two films with the number of orders that have both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub film: u64,
    pub other: u64,
    pub together: u64,
}

/// How many orders there are, and in how many of them each film is: sixteen bytes a film.
#[derive(Debug, Default)]
pub struct Orders {
    count: u64,
    ids: Vec<u64>,
    of_each: Vec<u64>,
}

impl Orders {
    /// `films` come by ascending id, each with the number of its orders.
    pub fn new(count: u64, films: Vec<(u64, u64)>) -> Self {
        let (ids, of_each) = films.into_iter().unzip();
        Self { count, ids, of_each }
    }

    pub fn ids(&self) -> &[u64] {
        &self.ids
    }

    /// Of pairs that come by film those with the highest lift, each film's in the order in which they are kept.
    pub fn best(&self, pairs: &[Pair]) -> Vec<(u64, Alike)> {
        let mut best = Vec::new();
        for pairs in pairs.chunk_by(|one, other| one.film == other.film) {
            let mut scored: Vec<_> = pairs.iter().filter_map(|pair| Some((self.lift(pair)?, pair))).collect();
            scored.sort_unstable_by_key(|(lift, pair)| (Reverse((*lift, pair.together)), pair.other));
            scored.truncate(MOST);
            scored.sort_unstable_by_key(|(_, pair)| pair.other);
            best.extend(scored.into_iter().map(|(lift, pair)| (pair.film, alike(pair, lift))));
        }
        best
    }

    /// How many times more often than by chance: together × all ÷ (one × other), in hundredths.
    fn lift(&self, pair: &Pair) -> Option<u32> {
        let (one, other) = (self.of(pair.film)?, self.of(pair.other)?);
        let by_chance = u128::from(one) * u128::from(other);
        let lift = u128::from(pair.together) * u128::from(self.count) * CHANCE / by_chance.max(1);
        Some(u32::try_from(lift).unwrap_or(u32::MAX))
    }

    fn of(&self, film: u64) -> Option<u64> {
        self.ids.binary_search(&film).ok().map(|at| self.of_each[at])
    }
}

/// The film itself is what it is bought with.
const fn alike(pair: &Pair, score: u32) -> Alike {
    Alike { other_id: pair.other, score, reason: Likeness::Bought, subject_id: Some(pair.film) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(film: u64, other: u64, together: u64) -> Pair {
        Pair { film, other, together }
    }

    #[test]
    fn lift_tells_company_from_fame() {
        // Film 2 is in half of all orders: that it is often beside film 1 means little.
        let orders = Orders::new(1_000, vec![(1, 20), (2, 500), (3, 10), (4, 20)]);
        let best = orders.best(&[pair(1, 2, 12), pair(1, 3, 5), pair(1, 4, 5), pair(3, 1, 5)]);
        let told: Vec<_> = best.iter().map(|(film, alike)| (*film, alike.other_id, alike.score)).collect();
        assert_eq!(told, [(1, 2, 120), (1, 3, 2_500), (1, 4, 1_250), (3, 1, 2_500)]);
        assert!(best.iter().all(|(film, alike)| alike.subject_id == Some(*film)));
    }

    #[test]
    fn the_four_best_are_kept() {
        let orders = Orders::new(100, (1..=9).map(|film| (film, 3 + film)).collect());
        let pairs: Vec<_> = (2..=9).map(|other| pair(1, other, 3)).collect();
        let kept: Vec<_> = orders.best(&pairs).into_iter().map(|(_, alike)| alike.other_id).collect();
        assert_eq!(kept, [2, 3, 4, 5]);
    }
}
