//! Customers: who they are, how they sign in, and what is theirs.
//!
//! Owns `clients` and `addresses`. Nothing that a stranger can ask for tells whether somebody is a customer.

mod customer;
pub mod queries;

pub use customer::{Customer, Visitor, recognise};

use crate::word_enum;

word_enum! {
    /// How the shop values a customer.
    pub ClientType {
        Regular = "regular",
        Premium = "premium",
        Vip = "vip",
    }
}
