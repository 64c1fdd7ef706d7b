//! Lists, searches and suggestions.

mod listing;
mod search;
