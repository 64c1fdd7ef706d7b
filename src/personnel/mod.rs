//! The shop's people: who they are, which roles they have, and what a role may do.
//!
//! Owns `staff` and `staff_roles`. What a role may do stands in `permissions`, in the program and nowhere else: a
//! permission is the name of something that the program does, so it cannot be granted before the program does it. There is
//! always an owner who can sign in.

pub mod actions;
mod permissions;
pub mod queries;

pub use permissions::{Permission, allows};

use crate::word_enum;

word_enum! {
    pub Role {
        Owner = "owner",
        Manager = "manager",
        Catalog = "catalog",
        Support = "support",
        Warehouse = "warehouse",
        Analyst = "analyst",
        Moderator = "moderator",
    }
}
