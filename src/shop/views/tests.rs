use askama::Template;

use super::*;
use crate::{
    alerts::{messages::AlertMessages, views::AlertForm},
    catalog::views::{PriceView, RatingView, StockView, samples::*},
    platform::{
        http::{
            Crumb, Link, OpenGraph, Shell,
            check::{check_page, context},
        },
        i18n::Lang,
    },
    reviews::views::samples::{self as reviewed, pick},
    shop::messages::{FilmMessages, HomeMessages},
};

fn home(lang: Lang) -> HomePage {
    let t = HomeMessages(lang);
    let shell = Shell::new(&context(lang, "/"), t.title(), t.description());
    HomePage {
        picks: vec![pick(&shell)],
        shell,
        t,
        hero: Some(Hero {
            href: "/films/lawrence-of-arabia-1962".to_owned(),
            title: text("Lawrence of Arabia", Lang::En),
            credits: "David Lean · 1962".to_owned(),
            still: "/media/stills/lawrence-of-arabia-1962-1.svg".to_owned(),
            pitch: Some(text("Sand.", Lang::En)),
            offer: Some(t.offer("4K UHD", "$29.99")),
        }),
        newest: Some(shelf("new")),
        bestsellers: Some(shelf("best")),
        shelves: vec![shelf("sale"), shelf("featured")],
        genres: vec![GenreLink {
            label: text("Драма", Lang::Ru), href: "/categories/drama".to_owned(), films: 1412
        }],
        total: 3270,
    }
}

fn empty_home(lang: Lang) -> HomePage {
    let nothing = Vec::new;
    HomePage {
        hero: None,
        newest: None,
        bestsellers: None,
        shelves: nothing(),
        picks: Vec::new(),
        genres: Vec::new(),
        total: 0,
        ..home(lang)
    }
}

fn price() -> PriceView {
    PriceView { now: "$9.99".to_owned(), was: Some("$14.99".to_owned()) }
}

fn stock(class: &'static str) -> StockView {
    StockView { class, text: "Only 3 left".to_owned() }
}

fn film(lang: Lang) -> FilmPage {
    let link = |label: &str| Link { href: "/people/x".to_owned(), label: label.to_owned() };
    let mut shell = Shell::new(&context(lang, "/films/m-1931"), "M (1931)", "M on DVD");
    let reviews = reviewed::of_film(&shell);
    let image = shell.absolute("/media/og/m-1931-1.png");
    shell.open_graph =
        Some(OpenGraph { kind: "video.movie", image, price: Some(("9.99".to_owned(), "USD".to_owned())) });
    shell.push_json_ld(&serde_json::json!({ "name": "</script><script>alert(1)</script>" }));
    FilmPage {
        shell,
        t: FilmMessages(lang),
        alert_words: AlertMessages(lang),
        crumbs: vec![Crumb { label: text("M", Lang::En), href: None }],
        title: text(LONGEST, Lang::En),
        lede: vec!["1931".to_owned(), "117 min".to_owned()],
        rating: RatingView::new(470, 318, Lang::En),
        billing: Billing {
            directors: vec![link("Fritz Lang")],
            cast: vec![link("A"), link("B")],
            studio: Some(link("S")),
        },
        description: Some(text("A city looks for a man.", Lang::En)),
        poster: "/media/posters/m-1931-1.svg".to_owned(),
        is_archived: false,
        editions: vec![
            Edition {
                href: "/films/m-1931?edition=A1".to_owned(),
                format: "Blu-ray",
                note: "1 disc".to_owned(),
                price: price(),
                stock: stock("stock--low"),
                is_chosen: true,
                is_available: true,
            },
            Edition {
                href: "/films/m-1931?edition=B1".to_owned(),
                format: "DVD",
                note: String::new(),
                price: PriceView { now: "$5.00".to_owned(), was: None },
                stock: stock("stock--out"),
                is_chosen: false,
                is_available: false,
            },
        ],
        chosen: Some(ChosenEdition {
            sku: "A1".to_owned(),
            format: "Blu-ray",
            price: price(),
            saved_percent: Some(33),
            lowest_before: Some("$12.00".to_owned()),
            stock: stock("stock--low"),
            most: 3,
            alert: None,
        }),
        promises: vec![Promise { icon: "truck", text: FilmMessages(lang).free_delivery_from("$50.00") }],
        facts: vec![Fact { label: "Year", value: "1931".to_owned(), lang: None }],
        alternatives: Some(shelf("similar")),
        related: Some(related("related")),
        reviews,
    }
}

/// A film of which only the title is known, no longer sold.
fn archived_film(lang: Lang) -> FilmPage {
    FilmPage {
        title: text("M", Lang::Ru),
        lede: Vec::new(),
        rating: None,
        billing: Billing::default(),
        description: None,
        is_archived: true,
        editions: Vec::new(),
        chosen: None,
        promises: Vec::new(),
        facts: Vec::new(),
        alternatives: None,
        related: None,
        reviews: reviewed::none_of_film(&Shell::new(&context(lang, "/films/m-1931"), "M", "M")),
        ..film(lang)
    }
}

#[test]
fn home_pages_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("home", lang, &home(lang).render().unwrap());
        check_page("empty home", lang, &empty_home(lang).render().unwrap());
    }
}

#[test]
fn film_pages_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("film", lang, &film(lang).render().unwrap());
        check_page("archived film", lang, &archived_film(lang).render().unwrap());
        let mut sold_out = film(lang);
        if let Some(chosen) = &mut sold_out.chosen {
            chosen.most = 0;
            chosen.alert = Some(AlertForm::new(&context(lang, "/films/m-1931"), "m-1931", "A1"));
        }
        check_page("film that is sold out", lang, &sold_out.render().unwrap());
        let unsold = FilmPage { is_archived: false, ..archived_film(lang) };
        check_page("film without editions", lang, &unsold.render().unwrap());
    }
}

#[test]
fn an_archived_film_cannot_be_bought() {
    assert!(film(Lang::En).render().unwrap().contains(r#"action="/cart/items""#));
    assert!(!archived_film(Lang::En).render().unwrap().contains("/cart/items"));
}

#[test]
fn structured_data_cannot_end_its_element() {
    let html = film(Lang::En).render().unwrap();
    assert!(html.contains(r"\u003c/script>\u003cscript>alert(1)"));
    assert!(!html.contains("<script>alert"));
}

#[test]
fn every_language_of_a_page_is_named_once() {
    let html = film(Lang::Ru).render().unwrap();
    for (lang, path) in [("en", ""), ("ru", "/ru"), ("uz", "/uz"), ("x-default", "")] {
        let link =
            format!(r#"<link rel="alternate" hreflang="{lang}" href="http://127.0.0.1:8000{path}/films/m-1931">"#);
        assert_eq!(html.matches(&link).count(), 1, "{link}");
    }
    assert!(html.contains(r#"<link rel="canonical" href="http://127.0.0.1:8000/ru/films/m-1931">"#));
}
