//! A number for a value, by which it is found or by which it is seen that it changed.

use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;

/// The same for equal values. It keeps nobody out: a visitor who types what shares a digest with a title finds that film.
pub fn digest<T: Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}
