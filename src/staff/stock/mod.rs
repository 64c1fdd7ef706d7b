//! Editions: how many are there and why, and what they cost.
//!
//! Each form carries the version of the edition that it was made from. One that was changed since is not written over: the
//! form comes back with what was typed beside what is there now. Sales do not count as such a change.

mod actions;
mod form;
pub mod handlers;
mod messages;
mod queries;
mod views;

/// The path of an edition's page, without language.
fn path(sku: &str) -> String {
    let sku: String = form_urlencoded::byte_serialize(sku.as_bytes()).collect();
    // A plus stands for itself in a path.
    format!("/admin/stock/{}", sku.replace('+', "%20"))
}
