//! Pages and their answers, in the order of the URL map.

mod account;
mod addresses;
mod alerts;
mod cached;
mod cart;
mod catalog;
mod checkout;
mod crowds;
mod edge;
mod film;
mod for_you;
mod headers;
mod home;
mod limits;
mod orders;
mod owned;
mod posters;
mod preferences;
mod privacy;
mod recent;
mod related;
mod review_forms;
mod reviews;
mod sitemap;
mod theirs;
mod wishlists;
