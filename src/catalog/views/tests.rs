use askama::Template;

use super::{samples::*, *};
use crate::platform::{
    http::{
        Crumb, Pagination, Shell,
        check::{check_page, context},
    },
    i18n::Lang,
};

fn option(name: &'static str, value: &str, films: i64, is_chosen: bool) -> FacetOption {
    FacetOption {
        name,
        value: value.to_owned(),
        label: text(value, Lang::En),
        count: Some(films),
        is_chosen,
        is_empty: films == 0,
    }
}

fn form(lang: Lang) -> String {
    let range = |is_open| RangeFacet {
        label: "Price",
        from_name: "price_min",
        to_name: "price_max",
        from_label: "From, in dollars".to_owned(),
        to_label: "To, in dollars".to_owned(),
        from: String::new(),
        to: "15".to_owned(),
        is_open,
    };
    let facet = |kind, options| FilterGroup::Facet(Facet { label: "Genre", kind, options, is_open: true });
    let form = FilterForm {
        shell: &Shell::new(&context(lang, "/films"), "All films", ""),
        t: ListMessages(lang),
        action: "/films".to_owned(),
        filters: vec![
            facet(FacetKind::Check, vec![option("genre", "drama", 41, true), option("genre", "western", 0, false)]),
            FilterGroup::Range(range(false)),
            facet(FacetKind::Radio, vec![option("runtime_max", "90", 12, false)]),
        ],
        kept: vec![("page_size", "12".to_owned())],
        clear_href: "/films".to_owned(),
    };
    form.render().unwrap()
}

fn list(lang: Lang) -> ListPage {
    ListPage {
        shell: Shell::new(&context(lang, "/films"), "All films", "Every film of the shop"),
        t: ListMessages(lang),
        crumbs: vec![
            Crumb { label: text("Drama", Lang::En), href: Some("/categories/drama".to_owned()) },
            Crumb { label: text("Драма", Lang::Ru), href: None },
        ],
        heading: text("Драма", Lang::Ru),
        intro: String::new(),
        total: 12_345,
        form: form(lang).into(),
        chips: vec![Chip { label: text("Drama", Lang::En), href: "/films".to_owned() }],
        clear_href: "/films".to_owned(),
        sorting: sorting(),
        groups: vec![
            FilmGroup { heading: "Director", is_shown: true, films: cards() },
            FilmGroup { heading: "Films", is_shown: false, films: cards() },
        ],
        pages: Pagination::new(2, 90, |page| format!("/films?page={page}")),
        nearby: None,
    }
}

fn sorting() -> Sorting {
    Sorting { options: vec![Choice { value: "newest", label: "Newest", is_chosen: true }] }
}

fn search(lang: Lang) -> SearchPage {
    let hit = |film, reason| SearchHit { film, reason, formats: vec!["Blu-ray", "DVD"] };
    SearchPage {
        shell: Shell::new(&context(lang, "/search"), SearchMessages(lang).title_for("godfahter <b>"), ""),
        t: SearchMessages(lang),
        list: ListMessages(lang),
        query: "godfahter <b>".to_owned(),
        correction: Some(Correction { used: "godfather".to_owned(), literal_href: "/search?q=x&exact=1".to_owned() }),
        total: 2,
        hits: vec![
            hit(full_card(), Some(HitReason { label: "Directed by", matched: "Wong Kar-wai".to_owned() })),
            hit(bare_card("M"), None),
        ],
        action: "/search".to_owned(),
        sorting: sorting(),
        pages: Pagination::default(),
        people: vec![PersonPanel { name: "Wong Kar-wai".to_owned(), href: "/people/wong".to_owned(), films: 5 }],
        categories: vec![crate::platform::http::Link {
            href: "/categories/drama".to_owned(),
            label: "Drama".to_owned(),
        }],
        nearby: None,
    }
}

#[test]
fn lists_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("list", lang, &list(lang).render().unwrap());
        let empty = ListPage {
            groups: Vec::new(),
            total: 0,
            pages: Pagination::default(),
            nearby: Some(shelf("near")),
            ..list(lang)
        };
        check_page("empty list", lang, &empty.render().unwrap());
        let bare = ListPage { groups: Vec::new(), total: 0, chips: Vec::new(), ..list(lang) };
        check_page("empty shelf", lang, &bare.render().unwrap());
    }
}

#[test]
fn searches_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        check_page("search", lang, &search(lang).render().unwrap());
        let none =
            SearchPage { hits: Vec::new(), total: 0, correction: None, nearby: Some(shelf("near")), ..search(lang) };
        check_page("nothing found", lang, &none.render().unwrap());
        let start = SearchPage { query: String::new(), hits: Vec::new(), correction: None, ..search(lang) };
        check_page("no words", lang, &start.render().unwrap());
    }
}

#[test]
fn a_choice_without_films_is_shown_but_cannot_be_taken() {
    let html = list(Lang::En).render().unwrap();
    assert!(html.contains(r#"value="western" disabled"#));
    assert!(html.contains(r#"value="drama" checked>"#));
}

#[test]
fn a_borrowed_title_says_its_language_and_only_then() {
    let html = list(Lang::En).render().unwrap();
    assert!(html.contains(r#"<h3 class="film__title" lang="ru"><a href="/films/m-1931">M</a></h3>"#));
    assert!(html.contains(r#"<h1 lang="ru">Драма</h1>"#));
    assert!(!list(Lang::Ru).render().unwrap().contains("<h1 lang="));
}

#[test]
fn what_people_type_stays_text() {
    let html = search(Lang::En).render().unwrap();
    assert!(html.contains("godfahter &#60;b&#62;") && !html.contains("godfahter <b>"));
}

#[test]
fn stars_are_as_wide_as_the_mean() {
    let rating = |hundredths| RatingView::new(hundredths, 3, Lang::En).map(|rating| (rating.mean, rating.width));
    assert_eq!(rating(475), Some(("4.8".to_owned(), "76.0".to_owned())));
    assert_eq!(rating(500), Some(("5.0".to_owned(), "80.0".to_owned())));
    assert_eq!(rating(321), Some(("3.2".to_owned(), "51.3".to_owned())));
    assert_eq!(RatingView::new(475, 0, Lang::En), None);
}
