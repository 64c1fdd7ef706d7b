//! A featured review away from its film.

use crate::{
    catalog::{posters::Rendering, queries::FilmRow},
    platform::{http::Shell, i18n::Localized},
    reviews::{
        messages::ReviewMessages,
        queries::FeaturedReview,
        views::{StarsView, signature},
    },
};

/// Characters of a review that are shown.
const LONGEST: usize = 280;

/// `reviews/pick.html` draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickView {
    pub film: Localized,
    /// The reviews of the film.
    pub href: String,
    pub poster: String,
    pub stars: StarsView,
    /// Empty for none.
    pub title: String,
    pub text: String,
    pub author: String,
}

impl PickView {
    pub fn new(shell: &Shell, film: &FilmRow, review: &FeaturedReview) -> Self {
        let t = ReviewMessages(shell.lang);
        let author = review.name.as_deref().zip(review.surname.as_deref());
        Self {
            film: film.title(shell.lang),
            href: shell.href(&format!("/films/{}#reviews", film.slug)),
            poster: shell.media(Rendering::Svg.path(&film.slug, &film.poster(shell.lang))),
            stars: StarsView::new(t, review.rating),
            title: review.title.clone(),
            text: beginning(&review.body),
            author: author.map_or_else(|| t.former_customer().to_owned(), |(name, surname)| signature(name, surname)),
        }
    }
}

/// The first words of a text, as many as fit.
fn beginning(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_review_ends_with_a_whole_word() {
        assert_eq!(beginning("Short\n\nand  sweet."), "Short and sweet.");
        let long = beginning(&"слово ".repeat(100));
        assert!(long.ends_with("слово…") && long.chars().count() <= LONGEST, "{long}");
        assert_eq!(beginning(&"x".repeat(400)).chars().count(), LONGEST + 1);
    }
}
