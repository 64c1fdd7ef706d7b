//! Films and what the shop sells of them.
//!
//! Owns the tables `products`, `editions`, `genres`, `people`, `studios`, `categories`, their links, `price_history`,
//! `stock_movements` and `slug_history`. A *product* is one film: one page, one slug. Its *editions* carry SKU, price and
//! stock. The denormalised columns of a product follow its editions in every transaction that changes them.

pub mod actions;
pub mod draft;
mod fill_cards;
pub mod filters;
pub mod handlers;
pub mod import;
pub mod index;
pub mod jobs;
pub mod loading;
pub mod lowest_price;
mod messages;
mod offer;
pub mod posters;
pub mod queries;
pub mod sample;
pub mod schedule;
pub mod slug;
pub mod views;

pub use fill_cards::FillCards;
pub use offer::{Availability, Offer, is_visible, purchasable};

use std::time::Duration;

use crate::word_enum;

word_enum! {
    /// What an edition is sold on.
    pub Format {
        Dvd = "dvd",
        BluRay = "blu_ray",
        Uhd4k = "uhd_4k",
        BoxSet = "box_set",
        DigitalHd = "digital_hd",
        Digital4k = "digital_4k",
    }
}

impl Format {
    /// Digital editions need no delivery and never run out.
    pub const fn is_digital(self) -> bool {
        matches!(self, Self::DigitalHd | Self::Digital4k)
    }
}

word_enum! {
    /// Whether a film is shown: drafts to nobody, archived films without a buy button.
    pub ProductStatus {
        Draft = "draft",
        Active = "active",
        Archived = "archived",
    }
}

word_enum! {
    /// Why the stock of an edition changed.
    pub StockReason {
        Initial = "initial",
        Purchase = "purchase",
        Sale = "sale",
        Cancel = "cancel",
        Return = "return",
        Damage = "damage",
        Count = "count",
        Import = "import",
        Hold = "hold",
        Release = "release",
    }
}

/// The tag in `cache_invalidations` that says a film, its editions or its links were changed.
pub fn film_tag(product_id: u64) -> String {
    format!("film:{product_id}")
}

/// The film that a tag is about.
pub fn film_of_tag(tag: &str) -> Option<u64> {
    tag.strip_prefix("film:")?.parse().ok()
}

/// The tags of a page that lists these films.
pub fn list_tags<'a>(films: impl IntoIterator<Item = &'a u64>) -> impl Iterator<Item = String> {
    films.into_iter().map(|id| film_tag(*id)).chain([LISTS_TAG.to_owned()])
}

/// The tag of every page that shows which films there are: lists, shelves, counts.
pub const LISTS_TAG: &str = "films";

/// For so long a list is kept when nothing changes.
pub const LIST_TTL: Duration = Duration::from_mins(15);
/// The same of a film's own page.
pub const FILM_TTL: Duration = Duration::from_mins(30);

/// The tag that says so many films were changed that everything derived from them is built anew.
pub const REBUILD_TAG: &str = "films:rebuild";

/// What the order by title compares: the title without its English article, in lower case.
pub fn title_sort(title: &str) -> String {
    let title = title.to_lowercase();
    let bare = ["the ", "a ", "an "].into_iter().find_map(|article| title.strip_prefix(article));
    bare.unwrap_or(&title).trim_start_matches(|letter: char| !letter.is_alphanumeric()).chars().take(300).collect()
}
