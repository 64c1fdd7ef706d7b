//! Repeatable chance: a small generator whose numbers never change between releases.

use crate::catalog::slug::fingerprint;

/// `SplitMix64`. Good spread from any start value; not for secrets.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one question about one thing: another question never shifts its numbers.
    pub fn of(thing: &str, question: &str) -> Self {
        Self(fingerprint(thing) ^ fingerprint(question).rotate_left(17))
    }

    /// The dice of the n-th thing of a numbered set.
    pub fn nth(seed: u64, n: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ n.wrapping_mul(0xaf25_1af3_b0f0_25b5));
        Self(dice.number())
    }

    pub const fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..sides`.
    pub const fn below(&mut self, sides: u64) -> u64 {
        // The high half of a 64 by 64 bit product: no modulo bias that matters, no division.
        ((self.number() as u128 * sides as u128) >> 64) as u64
    }

    /// A number in `low..=high`.
    pub const fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of a hundred cases.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the things, all alike.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.index(things.len())]
    }

    /// One of the things, heavier ones more often.
    pub fn weighted<T: Copy>(&mut self, things: &[(T, u32)]) -> T {
        let total: u64 = things.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = self.below(total);
        for (thing, weight) in things {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return *thing,
            }
        }
        things[things.len() - 1].0
    }

    /// An index that favours the first ones strongly: the least of three throws.
    pub fn skewed_index(&mut self, len: usize) -> usize {
        self.index(len).min(self.index(len)).min(self.index(len))
    }

    /// An index below `len`.
    pub fn index(&mut self, len: usize) -> usize {
        // A number below a `usize` is one.
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn numbers_never_change() {
        let mut dice = Dice::of("the-matrix-1999", "price");
        assert_eq!([dice.below(1000), dice.below(1000), dice.below(1000)], [147, 959, 8]);
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::nth(1, 1);
        let heavy = (0..10_000).filter(|_| dice.weighted(&[("heavy", 9), ("light", 1)]) == "heavy").count();
        assert!((8_800..9_200).contains(&heavy), "{heavy}");
    }
}
