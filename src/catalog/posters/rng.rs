//! The poster's only source of chance: a seed from the film's record and a small generator on it, so that the same
//! record always draws the same sheet.

use std::fmt;

/// FNV-1a, 32 bit.
pub(super) fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// FNV-1a, 64 bit, of all that is written to it.
pub(super) struct Fnv64(pub u64);

impl Default for Fnv64 {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl fmt::Write for Fnv64 {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = text.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Ok(())
    }
}

/// mulberry32.
pub(super) struct Rng(u32);

impl Rng {
    pub(super) fn new(seed: u32) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x6D2B_79F5);
        let mut word = (self.0 ^ (self.0 >> 15)).wrapping_mul(self.0 | 1);
        word ^= word.wrapping_add((word ^ (word >> 7)).wrapping_mul(word | 0x3D));
        word ^ (word >> 14)
    }

    /// At least 0, less than 1.
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(self.next()) / 4_294_967_296.0
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Both ends included.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + scaled(self.unit(), high - low + 1)
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let count = u32::try_from(choices.len()).unwrap_or(u32::MAX);
        choices[scaled(self.unit(), count) as usize]
    }
}

/// A whole number below `count`, since `unit` is below 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= unit < 1")]
fn scaled(unit: f64, count: u32) -> u32 {
    (unit * f64::from(count)) as u32
}
