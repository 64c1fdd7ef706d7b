//! Customers: who they are, how they come in, and what is theirs.
//!
//! Owns `clients` and `addresses`. Nothing that a stranger can ask for tells whether somebody is a customer: answers, the
//! work behind them and the number of mails are the same, and what differs is only in the mail that goes to the address.
//!
//! An account **holds** its address once that is confirmed, and only **claims** it before; its number it holds then too, if
//! nobody else does. One account holds a name, any number may claim it. Otherwise a name that is taken would show itself:
//! whoever registers may sign in and shop before the address is confirmed, so that a registration that lets nobody in would
//! tell of an account that was there before. At the door the password is compared with that of the account that holds the
//! name and with that of the last one that claims it, always with both. What is somebody's by their address alone (mails,
//! alerts, orders of guests) belongs to the account that holds it.

pub mod actions;
pub mod addresses;
mod customer;
pub mod desk;
mod form_page;
pub mod handlers;
pub mod jobs;
pub mod mails;
pub mod messages;
pub mod preferences;
mod present_password;
pub mod queries;
mod registration;

use std::time::Duration;

pub use customer::{Customer, Visitor, recognise};
pub use form_page::{FormPage, Input};
pub use present_password::is_present_password;
pub use registration::{MAX_NAME_CHARS, password_problem};

use crate::{
    platform::{limiter::Limit, tokens::TokenKind},
    word_enum,
};

word_enum! {
    /// How the shop values a customer.
    pub ClientType {
        Regular = "regular",
        Premium = "premium",
        Vip = "vip",
    }
}

/// The link that confirms an address.
pub const CONFIRM: TokenKind = TokenKind { name: "confirm", life: time::Duration::hours(24) };
/// The link that lets somebody choose a new password.
pub const RESET: TokenKind = TokenKind { name: "reset", life: time::Duration::hours(1) };

/// Who asks for mails to be sent to an address.
const ASKS: Limit = Limit { name: "account-mails", most: 5, per: Duration::from_hours(1) };

/// How many accounts may be asked for with one address, from wherever: each sends a mail to it.
const MAILBOX: Limit = Limit { name: "account-mailbox", most: 10, per: Duration::from_hours(1) };
