//! The edge of the shop: what happens around every request, whatever its route.
//!
//! It takes the language off the path, refuses unknown hosts, answers with kept pages where it can, turns errors into
//! pages, fills the personal slots of pages, sets the headers that every answer has, and writes one log line.

mod aside;
mod bytes;
mod closed;
mod errors;
mod front;
mod messages;
mod panel;
mod public;
mod run;
mod shelf;
mod slots;
mod theme;
mod visit;

pub use front::Front;
pub use panel::Panel;
pub use public::{PublicRoutes, no_parameters};
pub use theme::Theme;
pub use visit::Route;
