use askama::Template;

use super::{FormPage, OwnPage, ReviewsPage, Target, samples};
use crate::{
    catalog::views::samples::film_row,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
    reviews::{
        Draft, DraftProblem, Reason, ReviewStatus,
        address::ReviewsAddress,
        handlers::Typed,
        queries::{Histogram, OwnReview, ShownReview},
    },
};

fn page(lang: Lang, address: ReviewsAddress, shown: (&Histogram, &[ShownReview])) -> Option<String> {
    let context = context(lang, "/films/m-1931/reviews");
    ReviewsPage::new(&context, &film_row(), address, shown).map(|page| page.render().unwrap())
}

#[test]
fn pages_are_well_made_in_every_language() {
    let reviews = [samples::shown(), samples::bare()];
    for lang in Lang::ALL {
        let some = (&samples::HISTOGRAM, &reviews[..]);
        check_page("reviews", lang, &page(lang, ReviewsAddress::default(), some).unwrap());
        check_page("of a rating", lang, &page(lang, ReviewsAddress::default().rated(Some(1)), some).unwrap());
        check_page("none", lang, &page(lang, ReviewsAddress::default(), (&Histogram::default(), &[])).unwrap());
    }
}

#[test]
fn there_is_no_page_behind_the_last() {
    let of = |address: ReviewsAddress| page(Lang::En, address, (&samples::HISTOGRAM, &[])).is_some();
    let all = ReviewsAddress::default();
    assert!(of(all.on_page(32)) && !of(all.on_page(33)), "318 reviews");
    assert!(of(all.rated(Some(1)).on_page(1)) && !of(all.rated(Some(1)).on_page(2)), "3 with one star");
}

#[test]
fn what_people_write_is_text_and_a_story_is_folded_away() {
    let reviews = [samples::shown(), samples::bare()];
    let html = page(Lang::En, ReviewsAddress::default(), (&samples::HISTOGRAM, &reviews)).unwrap();
    assert!(html.contains("The diner scene &#60;b&#62;") && !html.contains("scene <b>"));
    let folded = html.split("<details class=\"review__spoiler\">").nth(1).unwrap();
    assert!(folded.split("</details>").next().unwrap().contains("data-nosnippet"));
    assert_eq!(html.matches("<details class=\"review__spoiler\">").count(), 1);
}

#[test]
fn forms_and_own_reviews_are_well_made_in_every_language() {
    let own = |status, has_edit| OwnReview {
        id: 7,
        product_id: 1,
        status,
        draft: Draft { rating: 4, title: String::new(), body: "<b>Two</b> tired men.".to_owned(), has_spoiler: true },
        has_edit,
        reason: Some(Reason::Insult),
        created_at: time::macros::datetime!(2026-11-22 12:00 UTC),
    };
    let reviews = [own(ReviewStatus::Pending, false), own(ReviewStatus::Approved, true)];
    let problems = [DraftProblem::NoRating, DraftProblem::LongTitle, DraftProblem::ShortBody];
    for lang in Lang::ALL {
        let context = context(lang, "/account/reviews");
        let form = |target| FormPage::new(&context, &film_row(), target, &Typed::default());
        check_page("form", lang, &form(Target::New).render().unwrap());
        check_page("refused", lang, &form(Target::Known(7)).refused(&problems).render().unwrap());
        check_page("barred", lang, &form(Target::New).barred(Some("Not yet.")).render().unwrap());
        check_page("own", lang, &OwnPage::new(&context, 1, 12, (&reviews, &[film_row()])).unwrap().render().unwrap());
        check_page("none", lang, &OwnPage::new(&context, 1, 0, (&[], &[])).unwrap().render().unwrap());
    }
}
