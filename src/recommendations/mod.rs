//! Which films go with a film, and why.
//!
//! Owns `recommendations`, which is computed from orders and from the facts of the films, and reads `product_related`, where
//! the shop picks by hand. A pick counts for its film; one of kind `two_way` counts for both. Picks come first and in their
//! order, then what is bought together, then what is alike, and what is not shown in the shop is skipped.
//!
//! A run ends no kept page: which films stand below a film may be as old as the page, and what their cards say is followed
//! by their own tags. Whoever changes a pick announces the film's tag.

mod actions;
mod beside;
mod bought;
mod for_you;
mod jobs;
pub mod messages;
mod queries;
mod scoring;
pub mod views;

pub use actions::{Catalogue, Report, chunks, divide, load, load_orders, request};
pub use beside::{Beside, FillUp, Related, beside};
pub use for_you::{ForYou, MOST_FOR_YOU, Recommended};
pub use jobs::{BuildRecommendations, RecommendBought, RecommendFilms};
pub use queries::Stretch;

use serde::{Deserialize, Serialize};

use crate::word_enum;

/// So many films are shown beside a film, and kept for it.
pub const MOST: usize = 12;

word_enum! {
    /// How a row of `recommendations` was computed.
    pub Kind {
        /// From the facts of the films.
        Similar = "similar",
        /// From orders.
        Bought = "bought",
    }
}

word_enum! {
    /// What a customer has to do with a film, for which others are recommended to them.
    #[derive(Serialize, Deserialize)]
    pub Why {
        Bought = "bought",
        /// Gave it four stars or more.
        Liked = "liked",
        /// Has it on a wishlist.
        Wanted = "wanted",
    }
}

word_enum! {
    /// What joins two films and says the most.
    pub Likeness {
        Director = "director",
        Cast = "cast",
        GenreDecade = "genre_decade",
        Genre = "genre",
        Studio = "studio",
        Decade = "decade",
        /// People buy them together.
        Bought = "bought",
    }
}
