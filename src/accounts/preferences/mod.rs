//! Which mails a customer wants, beside those about orders and the account itself, which always go out.
//!
//! Owns `unwanted_mails`. A feature asks [`wants`] in the transaction that queues a mail of such a kind, the shop asks
//! again when the mail is to go out, and each mail has [`unsubscribe_url`] in it, as the frame's link and as
//! `Rendered::unsubscribe`, which becomes the headers that mail programs show a button for.

mod actions;
pub mod handlers;
mod link;
mod messages;
mod queries;

pub use link::unsubscribe_url;
pub use queries::{forget, wanted, wants};

use crate::word_enum;

word_enum! {
    /// Mails that can be switched off.
    pub Kind {
        /// New films and offers.
        News = "news",
        /// What was left in the cart.
        CartReminders = "cart_reminders",
        /// What somebody thought of what they bought.
        ReviewRequests = "review_requests",
        /// What became of their own reviews.
        ReviewReplies = "review_replies",
    }
}

impl Kind {
    /// Whether it goes only to those who have agreed to hear of films and offers. What became of somebody's own review is
    /// an answer to them.
    const fn takes_consent(self) -> bool {
        !matches!(self, Self::ReviewReplies)
    }
}
