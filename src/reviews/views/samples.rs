//! Reviews that nobody wrote, to look at templates with.

use super::{FilmReviews, PickView};
use crate::{
    catalog::views::samples::film_row,
    platform::http::Shell,
    reviews::queries::{FeaturedReview, Histogram, ShownReview},
};

pub const HISTOGRAM: Histogram = Histogram([3, 6, 16, 52, 241]);

/// Every part of a review, with words that do not break.
pub fn shown() -> ShownReview {
    ShownReview {
        id: 7,
        rating: 4,
        title: "The diner scene <b>".to_owned(),
        body: format!("Two tired men talk.\nOver coffee.\n\n{}", "Donaudampfschifffahrt".repeat(6)),
        has_spoiler: false,
        is_featured: true,
        is_verified_buyer: true,
        reply: Some("Thank you.".to_owned()),
        helpful_up: 1_041,
        created_at: time::macros::datetime!(2026-11-22 12:00 UTC),
        author: Some(("Nora".to_owned(), "Byrne".to_owned())),
    }
}

/// The least that a review can be.
pub fn bare() -> ShownReview {
    ShownReview {
        id: 8,
        title: String::new(),
        has_spoiler: true,
        is_featured: false,
        is_verified_buyer: false,
        reply: None,
        helpful_up: 0,
        author: None,
        ..shown()
    }
}

pub fn of_film(shell: &Shell) -> FilmReviews {
    FilmReviews::new(shell, "m-1931", &HISTOGRAM, &[shown(), bare()])
}

pub fn none_of_film(shell: &Shell) -> FilmReviews {
    FilmReviews::new(shell, "m-1931", &Histogram::default(), &[])
}

/// A featured review as the home page shows it.
pub fn pick(shell: &Shell) -> PickView {
    let review = FeaturedReview {
        product_id: 1,
        rating: 5,
        title: "The diner scene <b>".to_owned(),
        body: "Two tired men talk.".to_owned(),
        name: None,
        surname: None,
    };
    PickView::new(shell, &film_row(), &review)
}
