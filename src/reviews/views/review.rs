//! One review.

use crate::{
    platform::{http::Shell, i18n::machine_time},
    reviews::{
        Reason,
        messages::{ReasonWords, ReviewMessages},
        queries::ShownReview,
    },
};

/// A review as everybody sees it. `reviews/review.html` draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    pub id: u64,
    /// Empty for none.
    pub title: String,
    pub stars: StarsView,
    pub paragraphs: Vec<String>,
    pub has_spoiler: bool,
    pub is_featured: bool,
    pub is_verified_buyer: bool,
    /// The shop's answer; none of one that has none.
    pub reply: Vec<String>,
    pub helpful: i64,
    pub author: String,
    pub date: String,
    /// For machines.
    pub datetime: String,
    /// Whose it is, for those who hear its buttons one by one.
    pub whose: String,
    /// What readers may complain of, with the words for it.
    pub reasons: Vec<(&'static str, &'static str)>,
    /// Where a vote or a complaint leads back to.
    pub back: String,
}

/// Whole stars, one to five.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarsView {
    pub words: String,
    /// Width of the filled stars, of 80.
    pub width: u32,
}

impl StarsView {
    pub fn new(t: ReviewMessages, rating: u8) -> Self {
        Self { words: t.stars_of_five(rating), width: 16 * u32::from(rating) }
    }
}

impl ReviewView {
    pub fn new(shell: &Shell, review: &ShownReview) -> Self {
        let t = ReviewMessages(shell.lang);
        let author = match &review.author {
            Some((name, surname)) => signature(name, surname),
            None => t.former_customer().to_owned(),
        };
        Self {
            id: review.id,
            title: review.title.clone(),
            stars: StarsView::new(t, review.rating),
            paragraphs: paragraphs(&review.body),
            has_spoiler: review.has_spoiler,
            is_featured: review.is_featured,
            is_verified_buyer: review.is_verified_buyer,
            reply: review.reply.as_deref().map(paragraphs).unwrap_or_default(),
            helpful: review.helpful_up.into(),
            whose: t.review_by(&author),
            author,
            reasons: Reason::ALL.iter().map(|reason| (reason.word(), ReasonWords(t.0).name(*reason))).collect(),
            date: shell.local_date(review.created_at),
            datetime: machine_time(review.created_at),
            back: format!("{}#review-{}", shell.href(&shell.here), review.id),
        }
    }
}

/// `Nora B.`
pub fn signature(name: &str, surname: &str) -> String {
    surname.chars().next().map_or_else(|| name.to_owned(), |initial| format!("{name} {initial}."))
}

/// What stands between empty lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_signed_by_name_and_initial() {
        assert_eq!(signature("Nora", "Byrne"), "Nora B.");
        assert_eq!(signature("Ёлка", ""), "Ёлка");
        assert_eq!(paragraphs("One.\nStill one.\n\nTwo."), ["One.\nStill one.", "Two."]);
    }
}
