//! What the shop's people see and change of customers. Each change leaves its entry in the audit log.

pub mod actions;
pub mod queries;
