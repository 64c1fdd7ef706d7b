//! Back in stock: whoever asks is told, once, when an edition that was sold out can be had again.
//!
//! Owns `stock_alerts`, a row for each edition and address. A request counts once its address has been confirmed by the
//! link that was sent there; until then, and after the one mail, it is only kept so that the links in those mails work.

pub mod actions;
pub mod handlers;
pub mod jobs;
mod link;
pub mod mails;
pub mod messages;
pub mod queries;
pub mod views;

use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

/// For so long a request waits for its address to be confirmed.
pub const KEPT_UNCONFIRMED: Duration = DAY.saturating_mul(3);
/// For so long a request is kept after its mail, for the sake of the link that ends them.
pub const KEPT_AFTER_MAIL: Duration = DAY.saturating_mul(30);
/// Nobody is still waiting after that.
pub const KEPT_WAITING: Duration = DAY.saturating_mul(365);

/// So many people are told for each unit that came in: not everybody who asked will buy.
pub const TOLD_PER_UNIT: u32 = 5;

/// The longest address that mail can go to.
const MAX_EMAIL_CHARS: u16 = 254;
