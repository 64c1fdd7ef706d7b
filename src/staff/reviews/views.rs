//! What the reviews desk shows.

use askama::Template;

use super::messages::DeskMessages;
use crate::{
    catalog::queries::FilmRow,
    platform::{
        http::{FieldView, Notice, PageContext, Shell},
        i18n::Localized,
    },
    reviews::{
        Queue, Reason, ReviewStatus,
        diff::{self, Change, Part},
        messages::{ReasonWords, ReviewMessages},
        queries::desk::{DeskReview, Shelf},
        views::{StarsView, signature},
    },
    staff::{Desk, Employee, Frame},
};

/// Reviews of a shelf.
#[derive(Template)]
#[template(path = "staff/reviews/list.html")]
pub struct ShelfView {
    pub shell: Shell,
    pub frame: Frame,
    pub t: DeskMessages,
    pub shelves: Vec<ShelfLink>,
    pub reviews: Vec<ItemView>,
    pub reasons: Vec<(&'static str, &'static str)>,
    /// This page, to come back to.
    pub back: String,
    pub older: Option<String>,
}

/// One review, with what can be done about it.
#[derive(Template)]
#[template(path = "staff/reviews/show.html")]
pub struct ReviewPage {
    pub shell: Shell,
    pub frame: Frame,
    pub t: DeskMessages,
    /// Why nothing was done.
    pub problem: Option<Notice>,
    pub review: ItemView,
    pub reasons: Vec<(&'static str, &'static str)>,
    pub back: String,
    /// The shop's answer; none of a review that others do not see.
    pub reply: Option<FieldView>,
}

/// A way to a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfLink {
    pub href: String,
    pub label: &'static str,
    /// How many wait there.
    pub count: Option<i64>,
    pub is_current: bool,
}

/// A review as moderators see it. `staff/reviews/item.html` draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    pub id: u64,
    pub version: u32,
    pub href: String,
    /// Whose it is, for those who hear its buttons one by one.
    pub whose: String,
    pub film: Localized,
    pub film_href: String,
    pub stars: StarsView,
    /// The stars before an edit that changes them.
    pub old_stars: Option<StarsView>,
    pub title: Vec<PartView>,
    pub body: Vec<PartView>,
    pub has_spoiler: bool,
    pub is_featured: bool,
    pub is_shown: bool,
    pub can_be_approved: bool,
    pub can_be_rejected: bool,
    pub is_verified_buyer: bool,
    /// How many complain, and of what; empty for nobody.
    pub complaints: String,
    pub reason: Option<&'static str>,
    pub date: String,
}

/// Some words of a text, as they are or marked as gone or new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartView {
    /// `del`, `ins`, or empty.
    pub tag: &'static str,
    pub text: String,
}

impl From<Part> for PartView {
    fn from(part: Part) -> Self {
        let tag = match part.change {
            Change::Same => "",
            Change::Gone => "del",
            Change::New => "ins",
        };
        Self { tag, text: part.text }
    }
}

impl ShelfView {
    /// `older` is the address of the next page.
    pub fn new(
        context: &PageContext,
        employee: &Employee,
        shelf: Shelf,
        (reviews, films, waiting): (&[DeskReview], &[FilmRow], &[(Queue, i64)]),
        older: Option<String>,
    ) -> Self {
        let t = DeskMessages(context.lang);
        let shell = Shell::private(context, t.title());
        Self {
            frame: Frame::new(context, employee, Some(Desk::Reviews)),
            t,
            shelves: shelves(context, shelf, waiting),
            reviews: reviews.iter().filter_map(|review| ItemView::new(&shell, review, films)).collect(),
            reasons: reasons(context),
            back: shell.href(&shell.here),
            older,
            shell,
        }
    }
}

impl ReviewPage {
    pub fn new(context: &PageContext, employee: &Employee, review: &DeskReview, films: &[FilmRow]) -> Option<Self> {
        let t = DeskMessages(context.lang);
        let mut shell = Shell::private(context, t.review(review.id));
        shell.here = format!("/admin/reviews/{}", review.id);
        let reply = FieldView {
            hint: Some(t.reply_hint().to_owned()),
            max_length: super::handlers::MAX_REPLY_CHARS,
            ..FieldView::text("reply", t.reply(), review.reply.clone().unwrap_or_default())
        };
        Some(Self {
            frame: Frame::new(context, employee, Some(Desk::Reviews)),
            t,
            problem: None,
            review: ItemView::new(&shell, review, films)?,
            reasons: reasons(context),
            back: shell.href(&shell.here),
            reply: (review.status == ReviewStatus::Approved).then_some(reply),
            shell,
        })
    }
}

fn shelves(context: &PageContext, current: Shelf, waiting: &[(Queue, i64)]) -> Vec<ShelfLink> {
    let t = DeskMessages(context.lang);
    let count = |queue| Some(waiting.iter().find(|(of, _)| *of == queue).map_or(0, |(_, count)| *count));
    let link = |shelf: &Shelf| {
        let (label, count) = match shelf {
            Shelf::New => (t.unread(), count(Queue::New)),
            Shelf::Edited => (t.edited(), count(Queue::Edited)),
            Shelf::Reported => (t.reported(), count(Queue::Reported)),
            Shelf::Approved => (t.approved(), None),
            Shelf::Rejected => (t.rejected(), None),
        };
        let href = context.href(&format!("/admin/reviews?status={}", shelf.word()));
        ShelfLink { href, label, count, is_current: *shelf == current }
    };
    Shelf::ALL.iter().map(link).collect()
}

/// What a review is rejected for; the author is told, so it must say something.
fn reasons(context: &PageContext) -> Vec<(&'static str, &'static str)> {
    let words = ReasonWords(context.lang);
    let telling = Reason::ALL.iter().filter(|reason| **reason != Reason::Other);
    telling.map(|reason| (reason.word(), words.name(*reason))).collect()
}

impl ItemView {
    /// None where its film is not among these.
    fn new(shell: &Shell, review: &DeskReview, films: &[FilmRow]) -> Option<Self> {
        let film = films.iter().find(|film| film.id == review.product_id)?;
        let words = ReviewMessages(shell.lang);
        let latest = review.edit.as_ref().unwrap_or(&review.text);
        let author = match &review.author {
            Some((name, surname)) => signature(name, surname),
            None => words.former_customer().to_owned(),
        };
        let is_waiting = review.edit.is_some() || review.reports > 0;
        Some(Self {
            id: review.id,
            version: review.version,
            href: shell.href(&format!("/admin/reviews/{}", review.id)),
            whose: words.review_by(&author),
            film: film.title(shell.lang),
            film_href: shell.href(&format!("/films/{}", film.slug)),
            stars: StarsView::new(words, latest.rating),
            old_stars: (latest.rating != review.text.rating).then(|| StarsView::new(words, review.text.rating)),
            title: parts(&review.text.title, &latest.title),
            body: parts(&review.text.body, &latest.body),
            has_spoiler: latest.has_spoiler,
            is_featured: review.is_featured,
            is_shown: review.status == ReviewStatus::Approved,
            can_be_approved: review.status != ReviewStatus::Approved || is_waiting,
            can_be_rejected: review.status != ReviewStatus::Rejected,
            is_verified_buyer: review.is_verified_buyer,
            complaints: complaints(shell, review),
            reason: review.reason.map(|reason| ReasonWords(shell.lang).name(reason)),
            date: shell.date_time(review.queued_at),
        })
    }
}

fn parts(before: &str, after: &str) -> Vec<PartView> {
    diff::words(before, after).into_iter().map(PartView::from).collect()
}

fn complaints(shell: &Shell, review: &DeskReview) -> String {
    if review.reports == 0 {
        return String::new();
    }
    let words = ReasonWords(shell.lang);
    let named: Vec<_> = review.complaints.iter().map(|reason| words.name(*reason)).collect();
    format!("{}: {}", DeskMessages(shell.lang).complaints(review.reports.into()), named.join(", "))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        catalog::views::samples::film_row,
        personnel::Role,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
        reviews::Draft,
    };

    fn review() -> DeskReview {
        let text = |rating, body: &str| Draft {
            rating,
            title: "The <diner> scene".to_owned(),
            body: body.to_owned(),
            has_spoiler: false,
        };
        DeskReview {
            id: 7,
            version: 3,
            status: ReviewStatus::Approved,
            text: text(4, "Two tired men talk."),
            edit: Some(text(2, "Two very tired men talk.")),
            is_featured: true,
            is_verified_buyer: true,
            reports: 3,
            complaints: vec![Reason::Insult, Reason::Other],
            reason: Some(Reason::Spoiler),
            reply: Some("Thank you.".to_owned()),
            queued_at: datetime!(2026-11-22 12:00 UTC),
            created_at: datetime!(2026-11-21 12:00 UTC),
            author: None,
            product_id: 1,
        }
    }

    #[test]
    fn pages_are_well_made_in_every_language() {
        let fresh = DeskReview {
            id: 8,
            status: ReviewStatus::Pending,
            edit: None,
            reports: 0,
            complaints: Vec::new(),
            reason: None,
            reply: None,
            ..review()
        };
        for lang in Lang::ALL {
            let context = context(lang, "/admin/reviews");
            let moderator = Employee::sample(&[Role::Moderator]);
            let shelf = |reviews: &[DeskReview]| {
                let shown = (reviews, &[film_row()][..], &[(Queue::New, 1_000)][..]);
                ShelfView::new(&context, &moderator, Shelf::New, shown, Some("/admin/reviews?behind=1-1".to_owned()))
            };
            check_page("reviews", lang, &shelf(&[review(), fresh.clone()]).render().unwrap());
            check_page("no reviews", lang, &shelf(&[]).render().unwrap());
            for review in [&review(), &fresh] {
                let mut page = ReviewPage::new(&context, &moderator, review, &[film_row()]).unwrap();
                page.problem = Some(Notice::warn(page.t.changed()));
                check_page("review", lang, &page.render().unwrap());
            }
        }
    }
}
