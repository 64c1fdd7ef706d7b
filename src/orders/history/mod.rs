//! The orders of a customer, page by page.

pub mod handlers;
mod messages;
mod views;

/// Orders on a page.
const PAGE_SIZE: u32 = 20;
