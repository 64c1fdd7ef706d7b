//! Work behind the counter.

mod queue;
mod warm;
