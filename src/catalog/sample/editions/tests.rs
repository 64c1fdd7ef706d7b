use super::*;
use crate::catalog::sample::{FILMS_CSV, invent};
use std::collections::HashSet;

fn sample() -> impl Iterator<Item = (&'static str, u16)> {
    FILMS_CSV.lines().skip(1).filter_map(|line| {
        let slug = line.split(',').next()?;
        Some((slug, slug.trim_end_matches("-2").get(slug.trim_end_matches("-2").len() - 4..)?.parse().unwrap_or(2000)))
    })
}

#[test]
fn the_spread_is_that_of_a_shop() {
    let films: Vec<Vec<Edition>> = sample().map(|(slug, year)| editions(slug, year)).collect();
    let all: Vec<&Edition> = films.iter().flatten().collect();
    let discs: Vec<_> = all.iter().filter(|edition| !edition.format.is_digital()).collect();
    let share = |count: usize, of: usize| count * 100 / of;
    assert!((4..12).contains(&share(discs.iter().filter(|edition| edition.stock == 0).count(), discs.len())));
    assert!(
        (7..18).contains(&share(discs.iter().filter(|edition| (1..=5).contains(&edition.stock)).count(), discs.len()))
    );
    let now = datetime!(2026-12-01 00:00 UTC);
    let open = |edition: &&&Edition| {
        edition.sale_from.is_some_and(|from| from <= now) && edition.sale_to.is_none_or(|to| to > now)
    };
    assert!((8..20).contains(&share(all.iter().filter(open).count(), all.len())));
    let digital_only =
        films.iter().filter(|editions| editions.iter().all(|edition| edition.format.is_digital())).count();
    assert!((5..20).contains(&share(digital_only, films.len())), "{digital_only}");
    for format in Format::ALL {
        assert!(all.iter().any(|edition| edition.format == *format), "{format:?}");
    }
}

#[test]
fn every_edition_is_one_the_tables_take() {
    for (slug, year) in sample() {
        let editions = editions(slug, year);
        assert!(!editions.is_empty(), "{slug}");
        for edition in editions {
            assert!(edition.price_minor > 0);
            assert!(edition.sale_price_minor.is_none_or(|sale| 0 < sale && sale < edition.price_minor), "{edition:?}");
            assert!(edition.sale_to.is_none_or(|to| edition.sale_from.is_some_and(|from| from < to)));
            assert!((1..=99).contains(&edition.max_per_order));
            assert!(edition.release_date.is_some_and(|date| date.year() > i32::from(year)));
        }
    }
}

#[test]
fn skus_and_barcodes_of_a_large_shop_are_told_apart() {
    let (mut skus, mut editions_made) = (HashSet::new(), 0);
    for film in invent::films(20_000, 1) {
        for edition in editions(&film.slug, film.year) {
            editions_made += 1;
            assert!(edition.barcode.is_none_or(|code| code.len() == 13 && code.starts_with('2')));
            skus.insert(edition.sku);
        }
    }
    assert_eq!(skus.len(), editions_made);
}

#[test]
fn the_check_digit_is_that_of_ean_13() {
    assert_eq!(check_digit("400638133393"), 1);
    assert_eq!(check_digit("590123412345"), 7);
}

#[test]
fn the_remarkable_films_are_in_the_sample() {
    let find = |wanted: &str| sample().find(|(slug, _)| *slug == wanted).expect("the film is in the sample");
    let (slug, year) = find(SOLD_OUT_FILM);
    assert!(editions(slug, year).iter().all(|edition| edition.stock == 0 && !edition.format.is_digital()));
    let (slug, year) = find(DEMO_FILM);
    let demo = editions(slug, year).into_iter().find(|edition| edition.sku == DEMO_SKU).expect("the edition exists");
    assert_eq!((demo.stock, demo.sale_price_minor, demo.max_per_order), (10, None, 10));
}

#[test]
fn what_a_source_says_wins() {
    let ruled = edition("the-matrix-1999", 1999, Format::Dvd);
    let said = EditionDraft { price_minor: Some(4_200), stock: Some(3), ..EditionDraft::of(Format::Dvd) };
    let edition = ruled.clone().with(&said);
    assert_eq!((edition.price_minor, edition.stock, edition.sale_price_minor), (4_200, 3, None));
    assert_eq!((edition.sku, edition.discs), (ruled.sku, ruled.discs));
}
