//! The pages of an account that are made of nothing else.

pub mod confirm;
pub mod password;
pub mod profile;
pub mod register;
