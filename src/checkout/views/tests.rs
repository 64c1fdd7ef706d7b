use askama::Template;
use time::macros::date;

use super::*;
use crate::{
    catalog::views::samples::{LONGEST, text},
    checkout::form::Problem,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

const FIELDS: [Field; 15] = [
    Field::Email,
    Field::Phone,
    Field::Name,
    Field::Surname,
    Field::DeliveryType,
    Field::PickupPoint,
    Field::Country,
    Field::Region,
    Field::City,
    Field::Postcode,
    Field::Line1,
    Field::Line2,
    Field::PaymentType,
    Field::Note,
    Field::Terms,
];
const PROBLEMS: [Problem; 4] = [Problem::Missing, Problem::Malformed, Problem::TooLong, Problem::NotOffered];

fn summary(lines: usize) -> Summary {
    let line = |index: usize| SummaryLine {
        title: text(if index.is_multiple_of(2) { LONGEST } else { "M" }, Lang::En),
        format: "Blu-ray",
        poster: "/media/posters/m-1931-1.svg".to_owned(),
        quantity: 2,
        total_minor: 3998,
    };
    Summary {
        lines: (0..lines).map(line).collect(),
        units: 2,
        goods_minor: 5618,
        delivery: Some((DeliveryType::Standard, 499)),
        free_delivery: FreeDelivery::Missing(1002),
        tax_minor: 655,
        total_minor: 6117,
        is_delivery_refused: false,
    }
}

fn option(kind: DeliveryType, price_minor: i64) -> DeliveryOption {
    let dates = (date!(2026 - 11 - 25), date!(2026 - 11 - 28));
    DeliveryOption { kind, price_minor, free_from_minor: None, dates }
}

fn form() -> CheckoutPage {
    CheckoutPage {
        form: CheckoutForm {
            email: "nora@example.com".to_owned(),
            name: "\"><script>".to_owned(),
            delivery_type: "express".to_owned(),
            country: "UZ".to_owned(),
            note: "Кино & чай".to_owned(),
            ..CheckoutForm::default()
        },
        deliveries: vec![
            option(DeliveryType::Standard, 0),
            option(DeliveryType::Express, 1290),
            option(DeliveryType::Pickup, 0),
        ],
        book: vec![AddressRow {
            id: 7,
            is_default: true,
            address: Draft { city: "<City>".to_owned(), ..Draft::default() },
        }],
        points: vec![("centre".to_owned(), "Centre".to_owned())],
        payments: PaymentType::ALL.to_vec(),
        placement_key: "0e3b5fc2-70b1-4f33-9d5c-3c1f0f5a9f10".to_owned(),
        started: "1700000000.x".to_owned(),
        offers_sign_in: true,
        ..CheckoutPage::default()
    }
}

fn digital() -> CheckoutPage {
    CheckoutPage { is_digital_only: true, deliveries: Vec::new(), points: Vec::new(), ..form() }
}

fn page(lang: Lang, page: CheckoutPage, summary: Summary) -> String {
    CheckoutView::new(&context(lang, "/checkout"), page, summary).render().unwrap()
}

#[test]
fn checkouts_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("checkout", lang, &page(lang, form(), summary(1)));
        check_page("checkout of fifty", lang, &page(lang, form(), summary(50)));
        check_page("digital checkout", lang, &page(lang, digital(), summary(1)));
        for problem in PROBLEMS {
            let problems = FIELDS.map(|field| (field, problem)).to_vec();
            check_page("refused checkout", lang, &page(lang, CheckoutPage { problems, ..form() }, summary(2)));
        }
        let line = |problem| Alert::Line { title: LONGEST.to_owned(), problem };
        let alerts = vec![
            Alert::TotalChanged { from_minor: 6117, to_minor: 6616 },
            Alert::CartChanged,
            line(LineProblem::SoldOut),
            line(LineProblem::Unavailable),
            line(LineProblem::TooMany(3)),
            Alert::TooQuick,
        ];
        check_page("checkout with alerts", lang, &page(lang, CheckoutPage { alerts, ..form() }, summary(2)));
    }
}

#[test]
fn every_problem_of_every_field_has_its_own_words() {
    for lang in Lang::ALL {
        let t = CheckoutMessages(lang);
        let missing: std::collections::HashSet<_> = FIELDS.map(|field| t.problem(field, Problem::Missing)).into();
        assert_eq!(missing.len(), FIELDS.len());
        for field in FIELDS {
            assert_ne!(t.problem(field, Problem::TooLong), t.problem(field, Problem::Missing));
        }
    }
}

#[test]
fn a_refused_field_keeps_its_input_and_is_tied_to_its_error() {
    let problems = vec![(Field::Email, Problem::Malformed), (Field::DeliveryType, Problem::NotOffered)];
    let html = page(Lang::En, CheckoutPage { problems, ..form() }, summary(1));
    assert!(html.contains("<title>Error: Checkout"));
    assert!(html.contains(r##"<a href="#email">Enter an email with an @"##));
    assert!(html.contains(r#"value="nora@example.com" autocomplete="email" maxlength="254" required aria-describedby="email-hint email-error" aria-invalid="true""#));
    assert!(html.contains(r#"aria-describedby="delivery_type-error" aria-invalid="true""#));
    assert!(html.contains(r#"value="express" checked"#));
    assert!(html.contains("2 things need fixing"));
}

#[test]
fn the_button_says_the_total_that_is_sent() {
    let html = page(Lang::En, form(), summary(1));
    assert!(html.contains(r#"name="total_minor" value="6117""#));
    assert_eq!(html.matches("Place order, $61.17").count(), 1);
    let alone = SummaryView::new(&context(Lang::En, "/checkout/totals"), summary(1)).render().unwrap();
    assert!(alone.contains("Place order, $61.17") && !alone.contains("<html"));
    assert!(html.contains(alone.trim()), "the answer to the script is the page's own summary");
}

#[test]
fn what_is_not_carried_asks_for_no_address() {
    let html = page(Lang::En, digital(), summary(1));
    assert!(html.contains(r#"type="hidden" name="delivery_type" value="digital""#));
    for name in ["line1", "city", "country", "pickup_point"] {
        assert!(!html.contains(&format!(r#"name="{name}""#)), "{name}");
        assert!(page(Lang::En, form(), summary(1)).contains(&format!(r#"name="{name}""#)), "{name}");
    }
}
