//! What things cost together: pure arithmetic over plain values, in whole minor units.
//!
//! Prices include tax. Everybody who shows or charges a sum asks here, so that they cannot differ.

mod delivery;
pub mod messages;
mod tax;
mod totals;

pub use delivery::{DeliveryOption, DeliveryType, delivery_options};
pub use tax::tax_part;
pub use totals::{LineTotal, PricedLine, Totals, TrailKind, TrailStep, missing_for_free_delivery, totals};
