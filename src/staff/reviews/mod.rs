//! The desk at which reviews are read before others see them.

pub mod handlers;
mod messages;
mod views;
