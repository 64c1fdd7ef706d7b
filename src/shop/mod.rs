//! Customer pages made of several features, and what belongs to no feature: static files, theme, health.

pub mod account;
pub mod assets;
pub mod cart;
pub mod dev_mail;
pub mod film;
pub mod health;
pub mod home;
pub mod mails;
pub mod messages;
pub mod pages;
pub mod preferences;
pub mod sitemap;
pub mod views;
