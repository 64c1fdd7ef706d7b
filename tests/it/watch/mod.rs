//! What those who watch over the shop see of it.

mod errors;
mod exposition;
mod metrics;
mod slow;
