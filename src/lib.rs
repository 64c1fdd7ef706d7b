//! Marquee, an online film shop: one process that renders every page on the server.
//!
//! Modules stand from low to high; a module may use only those above it in this list, and of them only what their
//! `mod.rs` offers:
//!
//! `platform < settings < messages < audit < accounts < catalog < recent < pricing < cart < orders < reviews < alerts < reminders < wishlists < reports < recommendations < checkout
//! < maintenance < privacy < doctor < backup < app < shell < personnel < shop < staff < router < worker < exporter < demo < cli`
//!
//! Features take what they use from the state of the router by type and do not name [`app::App`]; surfaces do.
//!
//! Features own their tables, rules, forms and pages; [`shop`] holds the pages made of several of them. Inside a feature
//! the file names say the layer: `queries` has every statement on the feature's tables, `actions` changes of more than
//! one statement, `forms` turns input into values, `handlers` answers requests, `views` are the templates' data and
//! `messages` the words.

pub mod accounts;
pub mod alerts;
pub mod app;
pub mod audit;
pub mod backup;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod cli;
pub mod demo;
pub mod doctor;
pub mod exporter;
pub mod maintenance;
pub mod messages;
pub mod orders;
pub mod personnel;
pub mod platform;
pub mod pricing;
pub mod privacy;
pub mod recent;
pub mod recommendations;
pub mod reminders;
pub mod reports;
pub mod reviews;
pub mod router;
pub mod settings;
pub mod shell;
pub mod shop;
pub mod staff;
pub mod wishlists;
pub mod worker;
