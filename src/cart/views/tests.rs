use askama::Template;
use time::macros::date;

use super::*;
use crate::{
    catalog::views::{
        Shelf,
        samples::{LONGEST, related, text},
    },
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

fn line(id: u64, title: &str) -> CartLineView {
    CartLineView {
        id,
        title: text(title, Lang::En),
        href: Some("/films/m-1931?edition=A1".to_owned()),
        poster: "/media/posters/m-1931-1.svg".to_owned(),
        format: "Blu-ray",
        availability: Availability::InStock,
        problem: None,
        quantity: 2,
        most: 10,
        unit_price_minor: 1999,
        old_price_minor: None,
        seen_price_minor: None,
        total_minor: 3998,
        error: None,
        owned: None,
        is_gift: false,
    }
}

fn totals(free_delivery: FreeDelivery) -> CartTotals {
    CartTotals {
        units: 2,
        goods_minor: 3998,
        delivery: Some(DeliveryEstimate {
            delivery_type: DeliveryType::Standard,
            price_minor: 499,
            is_from: true,
            dates: (date!(2026 - 11 - 25), date!(2026 - 11 - 28)),
        }),
        free_delivery,
        total_minor: 4497,
        tax_minor: 482,
    }
}

fn cart(lines: Vec<CartLineView>) -> CartDetails {
    CartDetails { lines, totals: totals(FreeDelivery::Missing(1002)), ..CartDetails::default() }
}

fn page(lang: Lang, cart: CartDetails) -> String {
    CartView::new(&context(lang, "/cart"), cart).render().unwrap()
}

fn recent() -> RecentShelf {
    let films = related("recent").films.into_iter().map(|(film, _)| film).collect();
    RecentShelf { shelf: Shelf { id: "recent", title: "Seen".to_owned(), more: None, films }, clear: "Forget" }
}

/// Every kind of line beside each other.
fn mixed() -> Vec<CartLineView> {
    vec![
        line(1, LONGEST),
        CartLineView { old_price_minor: Some(2499), seen_price_minor: Some(2499), ..line(2, "M") },
        CartLineView { owned: Some("DVD".to_owned()), ..line(9, "Ran") },
        CartLineView { is_gift: true, ..line(10, "Ikiru") },
        CartLineView { seen_price_minor: Some(999), availability: Availability::Low(3), ..line(3, "It") },
        CartLineView {
            availability: Availability::Digital,
            quantity: 1,
            owned: Some("<DVD>".to_owned()),
            ..line(4, "9")
        },
        CartLineView { problem: Some(LineProblem::TooMany(1)), most: 1, ..line(5, "300") },
        CartLineView { problem: Some(LineProblem::SoldOut), availability: Availability::Out, ..line(6, "<Heat>") },
        CartLineView { problem: Some(LineProblem::Unavailable), href: None, ..line(7, "Alien") },
    ]
}

#[test]
fn carts_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("empty cart", lang, &page(lang, CartDetails::default()));
        check_page("cart of one", lang, &page(lang, cart(vec![line(1, "M")])));
        let shelves = CartShelves { goes_with: Some(related("with")), recent: Some(recent()) };
        check_page("mixed cart", lang, &page(lang, CartDetails { shelves, ..cart(mixed()) }));
        check_page("cart of fifty", lang, &page(lang, cart((1..=50).map(|id| line(id, LONGEST)).collect())));
        let refused = CartDetails {
            lines: vec![CartLineView { error: Some(CartMessages(lang).quantity_error(10)), ..line(1, "M") }],
            note: "я".repeat(501),
            note_error: Some(CartMessages(lang).note_too_long(1)),
            totals: totals(FreeDelivery::Reached),
            ..CartDetails::default()
        };
        check_page("refused cart", lang, &page(lang, refused));
    }
}

#[test]
fn what_changed_is_told_with_both_prices() {
    let html = page(Lang::En, cart(mixed()));
    assert!(html.contains("fell from $24.99 to $19.99"));
    assert!(html.contains("rose from $9.99 to $19.99"));
    assert_eq!(html.matches("since you were last here").count(), 2);
}

#[test]
fn a_line_in_the_way_closes_the_checkout_and_offers_the_way_out() {
    let open = page(Lang::En, cart(vec![line(1, "M")]));
    assert!(open.contains(r#"href="/checkout""#) && !open.contains(r#"name="unavailable""#));
    let sold_out = page(Lang::En, cart(mixed()));
    assert!(!sold_out.contains(r#"href="/checkout""#) && sold_out.contains(r#"name="unavailable" value="1""#));
    let too_many = CartLineView { problem: Some(LineProblem::TooMany(1)), most: 1, ..line(5, "300") };
    let too_many = page(Lang::En, cart(vec![too_many]));
    assert!(!too_many.contains(r#"href="/checkout""#) && too_many.contains(r#"name="quantity" value="1""#));
}

#[test]
fn errors_are_in_the_title_in_the_summary_and_at_the_field() {
    let error = "Enter a whole number from 0 to 10";
    let html = page(Lang::En, cart(vec![CartLineView { error: Some(error.to_owned()), ..line(8, "M") }]));
    assert!(html.contains("<title>Error: Your cart"));
    assert!(html.contains(&format!(r##"<a href="#quantity-8">{error}</a>"##)));
    assert!(html.contains(r#"aria-describedby="quantity-8-error""#));
}

#[test]
fn a_title_in_another_language_says_so() {
    assert!(page(Lang::Ru, cart(vec![line(1, "M")])).contains(r#"<h2 class="line__title" lang="en">"#));
    assert!(!page(Lang::En, cart(vec![line(1, "M")])).contains(r#"line__title" lang"#));
}
