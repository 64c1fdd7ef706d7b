//! What those who watch over the shop see of it.

mod errors;
mod exposition;
mod logs;
mod metrics;
mod panel;
mod slow;
