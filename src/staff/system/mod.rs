//! How the shop runs, and what can be done about it: services, nodes, work in the queue, the schedule, the doctor's last
//! look, and maintenance mode.

mod actions;
pub mod handlers;
mod messages;
mod views;
