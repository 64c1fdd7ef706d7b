//! An account that its owner deletes.
//!
//! What is personal goes at once and in one transaction; what law has the shop keep stays under a pseudonym. Nobody leaves
//! while an order is on its way: somebody has to be told of it, and to be found with the parcel.

mod actions;
pub mod handlers;
mod report;
mod views;
