//! The functions that run for every page that is filled or sent: `cargo bench --bench micro`. No server is needed.

mod catalogue;

use std::{hint::black_box, time::Duration};

use axum::http::{Method, StatusCode};
use criterion::{Criterion, criterion_group, criterion_main};
use marquee::{
    catalog::{
        Format, filters, handlers,
        index::{Filters, Page, Sort},
    },
    platform::{
        http::Slots,
        metrics::{Answered, REQUESTS},
        money::Currency,
        page_cache::StoredPage,
    },
    shell::PublicRoutes,
};

/// The list of all films as it was rendered, with its slots open.
const LIST: &str = include_str!("list.html");
const NONCE: &str = "bench";
/// As robots and mail campaigns leave it.
const UNTIDY: &str = "utm_source=mail&sort=title&price_max=9.5&genre=war&format=dvd&genre=drama&page=1&page_size=24";
const FILMS: u64 = 20_000;

fn stored_page(criterion: &mut Criterion) {
    let stranger = Slots { theme: "<label>Auto</label>".repeat(3), ..Slots::default() };
    criterion.bench_function("a list is stored", |bench| {
        bench.iter(|| StoredPage::new(black_box(LIST), NONCE, &stranger));
    });
    let Ok(page) = StoredPage::new(LIST, NONCE, &stranger) else { return };
    let slots = Slots { cart: "<span data-cart-count=\"3\">3</span>".to_owned(), ..stranger };
    criterion.bench_function("somebody's own list is put together in gzip", |bench| {
        bench.iter(|| page.member(black_box(&slots)));
    });
    criterion.bench_function("somebody's own list is put together as it is", |bench| {
        bench.iter(|| page.plain(black_box(&slots)));
    });
}

fn address(criterion: &mut Criterion) {
    let routes = PublicRoutes::default().page("/films", filters::of_list, handlers::films);
    let (currency, index) = (Currency::from_code("USD"), catalogue::invented(FILMS));
    criterion.bench_function("the key of a list's address", |bench| {
        bench.iter(|| routes.find(black_box("/ru/films"), black_box(UNTIDY), &currency, &index));
    });
    criterion.bench_function("the key of an address without parameters", |bench| {
        bench.iter(|| routes.find(black_box("/films"), "", &currency, &index));
    });
}

fn listing(criterion: &mut Criterion) {
    let index = catalogue::invented(FILMS);
    let filters = Filters { formats: vec![Format::BluRay], genres: vec!["drama".to_owned()], ..Filters::default() };
    for (name, sort) in [("by price", Sort::PriceAsc), ("by relevance", Sort::Relevance)] {
        criterion.bench_function(&format!("a list with two facets of {FILMS} films, {name}"), |bench| {
            bench.iter(|| index.list(black_box(&filters), sort, Page { number: 2, size: 24 }));
        });
    }
}

fn counting(criterion: &mut Criterion) {
    let routes = ["/", "/films", "/films/{slug}", "/films/{slug}/reviews", "/categories/{slug}"];
    REQUESTS.know(routes.into_iter(), std::iter::empty());
    criterion.bench_function("an answer is counted", |bench| {
        bench.iter(|| {
            REQUESTS.record(Answered {
                route: black_box("/films/{slug}"),
                method: &Method::GET,
                status: StatusCode::OK,
                cache: 0,
                statements: 0,
                time: black_box(Duration::from_micros(7)),
            });
        });
    });
}

criterion_group!(benches, stored_page, address, listing, counting);
criterion_main!(benches);
