use askama::Template;

use super::{ReviewsPage, samples};
use crate::{
    catalog::views::samples::film_row,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
    reviews::{
        address::ReviewsAddress,
        queries::{Histogram, ShownReview},
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
