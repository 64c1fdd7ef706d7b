//! A number for a value, by which it is found or by which it is seen that it changed.

use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;

/// The same for equal values, in this process. It is no secret which values share a digest: they are the shop's own.
pub fn digest<T: Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}
