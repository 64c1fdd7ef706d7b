//! All that a customer has written, with where each stands.

use askama::Template;

use super::{StarsView, paragraphs};
use crate::{
    catalog::queries::FilmRow,
    platform::{
        http::{PageContext, Pagination, Shell, Step},
        i18n::Localized,
    },
    reviews::{
        ReviewStatus,
        address::PAGE_SIZE,
        messages::{FormMessages, ReasonWords, ReviewMessages},
        queries::OwnReview,
    },
};

/// The reviews of an account, newest first.
#[derive(Template)]
#[template(path = "reviews/own.html")]
pub struct OwnPage {
    pub shell: Shell,
    pub t: FormMessages,
    pub reviews: Vec<OwnView>,
    pub pages: Pagination,
}

/// A review as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnView {
    pub film: Localized,
    pub film_href: String,
    pub title: String,
    pub stars: StarsView,
    pub paragraphs: Vec<String>,
    pub date: String,
    /// Whether others see it.
    pub state: &'static str,
    /// Why it, or its last edit, is not shown.
    pub reason: Option<String>,
    pub edit_href: String,
    pub delete_action: String,
}

impl OwnPage {
    /// None where the page that is asked for lies behind the last.
    pub fn new(
        context: &PageContext,
        page: u32,
        all: i64,
        (reviews, films): (&[OwnReview], &[FilmRow]),
    ) -> Option<Self> {
        if reviews.is_empty() && page > 1 {
            return None;
        }
        let t = FormMessages(context.lang);
        let shell = Shell::private(context, t.own_reviews());
        let last = (all + i64::from(PAGE_SIZE) - 1) / i64::from(PAGE_SIZE);
        let views = reviews.iter().filter_map(|review| {
            let film = films.iter().find(|film| film.id == review.product_id)?;
            Some(OwnView::new(&shell, review, film))
        });
        Some(Self {
            t,
            reviews: views.collect(),
            pages: Pagination::new(page.into(), last, |page| context.href(&format!("/account/reviews?page={page}"))),
            shell,
        })
    }
}

impl OwnView {
    fn new(shell: &Shell, review: &OwnReview, film: &FilmRow) -> Self {
        let t = FormMessages(shell.lang);
        Self {
            film: film.title(shell.lang),
            film_href: shell.href(&format!("/films/{}", film.slug)),
            title: review.draft.title.clone(),
            stars: StarsView::new(ReviewMessages(shell.lang), review.draft.rating),
            paragraphs: paragraphs(&review.draft.body),
            date: shell.local_date(review.created_at),
            state: state(t, review.status, review.has_edit),
            reason: review.reason.map(|reason| t.why(ReasonWords(shell.lang).name(reason))),
            edit_href: shell.href(&format!("/reviews/{}/edit", review.id)),
            delete_action: shell.href(&format!("/reviews/{}/delete", review.id)),
        }
    }
}

/// Where a review stands, in words for its author.
pub const fn state(t: FormMessages, status: ReviewStatus, has_edit: bool) -> &'static str {
    match (status, has_edit) {
        (ReviewStatus::Pending, _) => t.waits(),
        (ReviewStatus::Approved, false) => t.is_shown(),
        (ReviewStatus::Approved, true) => t.edit_waits(),
        (ReviewStatus::Rejected, _) => t.is_rejected(),
    }
}
