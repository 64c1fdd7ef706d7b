//! What customers say about films, and what moderators decide about it.
//!
//! Owns `reviews`, `review_votes` and `review_reports`. A customer has one review of a film. It is shown to others, and
//! counts in the film's rating, once a moderator has approved it. An edit of an approved review waits beside it: what was
//! approved stays in sight until the edit is decided. What waits for a moderator is told by the generated column `queue`.
//!
//! Whatever changes the rating of a film locks the film first and the review then, and refreshes the film in the same
//! transaction; so its rating is that of its approved reviews, whoever decides at the same moment.

pub mod actions;
pub mod address;
pub mod diff;
pub mod draft;
pub mod handlers;
pub mod mails;
pub mod messages;
pub mod queries;
pub mod request;
pub mod score;
pub mod views;

pub use draft::{Draft, DraftProblem};

use crate::word_enum;

word_enum! {
    pub ReviewStatus {
        Pending = "pending",
        Approved = "approved",
        Rejected = "rejected",
    }
}

word_enum! {
    /// Why a review waits for a moderator.
    pub Queue {
        New = "new",
        /// Its author has changed what was approved.
        Edited = "edited",
        /// Enough people have complained of what is in sight.
        Reported = "reported",
    }
}

word_enum! {
    /// What a reader complains of, and what a moderator rejects for.
    pub Reason {
        Advert = "advert",
        Insult = "insult",
        Spoiler = "spoiler",
        OffTopic = "off_topic",
        Other = "other",
    }
}

/// So many accounts must complain before a review is read once more.
pub const REPORTS_TO_QUEUE: u32 = 3;
/// So many reviews of a film may be featured.
pub const MOST_FEATURED: i64 = 3;

/// The tag of which reviews are featured.
pub const FEATURED_TAG: &str = "reviews:featured";

/// The tag of what is shown of a film's reviews beside their rating: votes, replies, order.
pub fn reviews_tag(product_id: u64) -> String {
    format!("reviews:{product_id}")
}
