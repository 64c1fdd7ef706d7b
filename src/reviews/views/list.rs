//! All reviews of a film.

use askama::Template;

use super::{ReviewView, SummaryView};
use crate::{
    catalog::queries::FilmRow,
    platform::{
        http::{Crumb, Link, PageContext, Pagination, Shell, Step},
        i18n::Localized,
    },
    reviews::{
        address::{PAGE_SIZE, ReviewsAddress},
        messages::ReviewMessages,
        queries::{Histogram, ShownReview, Sort},
    },
};

/// The reviews of a film, in an order and perhaps of one rating.
#[derive(Template)]
#[template(path = "reviews/list.html")]
pub struct ReviewsPage {
    pub shell: Shell,
    pub t: ReviewMessages,
    pub crumbs: Vec<Crumb>,
    pub heading: String,
    pub film_href: String,
    pub write_href: String,
    /// None while there are no reviews.
    pub summary: Option<SummaryView>,
    pub sorting: Vec<SortLink>,
    /// The chosen rating in words, and the way back to all.
    pub chosen: Option<Link>,
    pub reviews: Vec<ReviewView>,
    pub pages: Pagination,
}

/// A link to the same reviews in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortLink {
    pub label: &'static str,
    pub href: String,
    pub is_chosen: bool,
}

impl ReviewsPage {
    /// None where the page that is asked for lies behind the last.
    pub fn new(
        context: &PageContext,
        film: &FilmRow,
        address: ReviewsAddress,
        (histogram, reviews): (&Histogram, &[ShownReview]),
    ) -> Option<Self> {
        let t = ReviewMessages(context.lang);
        let matching = address.rating.map_or(histogram.count(), |stars| histogram.of(stars));
        let last = (matching + i64::from(PAGE_SIZE) - 1) / i64::from(PAGE_SIZE);
        if i64::from(address.page) > last.max(1) {
            return None;
        }
        let href = |address: ReviewsAddress| context.href(&address.path(&film.slug));
        let pages =
            Pagination::new(address.page.into(), last, |page| href(address.on_page(u32::try_from(page).unwrap_or(1))));
        let title = film.title(context.lang);
        let crumbs = crumbs(context, film, &title, t);
        let shell = shell(context, film, address, (&title, histogram), &pages, &crumbs);
        Some(Self {
            t,
            heading: t.reviews_of(&title.text),
            film_href: context.href(&format!("/films/{}", film.slug)),
            write_href: context.href(&format!("/films/{}/reviews/new", film.slug)),
            summary: SummaryView::new(&shell, &film.slug, histogram, address),
            sorting: sorting(t, address, href),
            chosen: address.rating.map(|stars| Link { label: t.stars(stars.into()), href: href(address.rated(None)) }),
            reviews: reviews.iter().map(|review| ReviewView::new(&shell, review)).collect(),
            pages,
            crumbs,
            shell,
        })
    }
}

fn crumbs(context: &PageContext, film: &FilmRow, title: &Localized, t: ReviewMessages) -> Vec<Crumb> {
    let film = Crumb { label: title.clone(), href: Some(context.href(&format!("/films/{}", film.slug))) };
    let here = Localized { text: t.heading().to_owned(), lang: context.lang };
    vec![film, Crumb { label: here, href: None }]
}

fn sorting(t: ReviewMessages, address: ReviewsAddress, href: impl Fn(ReviewsAddress) -> String) -> Vec<SortLink> {
    let link = |sort: &Sort| SortLink {
        label: match sort {
            Sort::Newest => t.newest(),
            Sort::Helpful => t.most_helpful(),
            Sort::Highest => t.highest(),
            Sort::Lowest => t.lowest(),
        },
        href: href(address.sorted(*sort)),
        is_chosen: *sort == address.sort,
    };
    Sort::ALL.iter().map(link).collect()
}

/// Head of the page: search engines keep all reviews in their usual order, page by page.
fn shell(
    context: &PageContext,
    film: &FilmRow,
    address: ReviewsAddress,
    (title, histogram): (&Localized, &Histogram),
    pages: &Pagination,
    crumbs: &[Crumb],
) -> Shell {
    let t = ReviewMessages(context.lang);
    let mut heading = t.reviews_of(&title.text);
    if address.page > 1 {
        heading = t.on_page(&heading, address.page);
    }
    let mut shell = Shell::new(context, heading, t.description(&title.text, &t.reviews(histogram.count())));
    let kept = if address.is_plain() { address } else { ReviewsAddress::default() };
    shell.canonical = kept.path(&film.slug);
    shell.here = address.path(&film.slug);
    shell.is_indexed = address.is_plain() && histogram.count() > 0;
    (shell.prev, shell.next) = (pages.prev.clone(), pages.next.clone());
    shell.push_crumbs(crumbs);
    shell
}
