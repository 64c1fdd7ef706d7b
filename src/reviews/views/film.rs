//! What a film's page shows of its reviews.

use super::ReviewView;
use crate::{
    catalog::views::RatingView,
    platform::http::{Link, Shell},
    reviews::{
        address::ReviewsAddress,
        messages::ReviewMessages,
        queries::{Histogram, ShownReview},
    },
};

/// How all reviews of a film are spread over the stars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryView {
    pub rating: RatingView,
    /// Five stars first.
    pub bars: Vec<BarView>,
}

/// So many stars, and a link to the reviews that have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarView {
    pub label: String,
    /// How many reviews have them, in figures and in words.
    pub count: i64,
    pub words: String,
    /// Of all reviews.
    pub percent: i64,
    pub href: String,
    pub is_chosen: bool,
}

impl SummaryView {
    /// None while there are no reviews. The links keep the order of `address`.
    pub fn new(shell: &Shell, slug: &str, histogram: &Histogram, address: ReviewsAddress) -> Option<Self> {
        let t = ReviewMessages(shell.lang);
        let all = histogram.count();
        let rating = RatingView::new(histogram.hundredths()?, all, shell.lang)?;
        let bars = (1_u8..).zip(histogram.0).map(|(stars, count)| BarView {
            label: t.stars(stars.into()),
            count,
            words: t.reviews(count),
            // One of very many is seen too.
            percent: (count * 100 / all).max(i64::from(count > 0)),
            href: shell.href(&address.rated(Some(stars)).path(slug)),
            is_chosen: address.rating == Some(stars),
        });
        let mut bars: Vec<_> = bars.collect();
        bars.reverse();
        Some(Self { rating, bars })
    }
}

/// What a film's page shows of its reviews. `reviews/film.html` draws it.
#[derive(Clone, Debug)]
pub struct FilmReviews {
    pub t: ReviewMessages,
    /// None while there are no reviews.
    pub summary: Option<SummaryView>,
    /// The featured and the most helpful.
    pub first: Vec<ReviewView>,
    /// All of them, where there are more.
    pub more: Option<Link>,
    pub write_href: String,
}

impl FilmReviews {
    pub fn new(shell: &Shell, slug: &str, histogram: &Histogram, first: &[ShownReview]) -> Self {
        let t = ReviewMessages(shell.lang);
        let href = shell.href(&ReviewsAddress::default().path(slug));
        let all = histogram.count();
        let has_more = i64::try_from(first.len()).is_ok_and(|shown| shown < all);
        Self {
            t,
            summary: SummaryView::new(shell, slug, histogram, ReviewsAddress::default()),
            first: first.iter().map(|review| ReviewView::new(shell, review)).collect(),
            write_href: format!("{href}/new"),
            more: has_more.then(|| Link { label: t.all_reviews(all), href }),
        }
    }
}
