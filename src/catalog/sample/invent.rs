//! Invented but plausible films, any number of them, for growth and load tests.
//!
//! The same seed always gives the same films, and a shorter run is the start of a longer one:
//! each film comes from its own number. Slugs end in `-s<number>`, so none is ever one of a real
//! film. Genres, decades and countries are skewed like a real catalogue; titles hold accents,
//! Cyrillic, Uzbek, Japanese, commas, quotes and bare numbers. A likeness to a person is chance.

use super::dice::Dice;
use super::words::{
    ADJECTIVES, CERTIFICATES, COUNTRIES, DECADES, FIRST_NAMES, FOREIGN, GENRES, LAST_NAMES, NOUNS, PLACES, STUDIOS,
};
use crate::catalog::draft::FilmDraft;
use crate::catalog::slug::slugify;

/// People are drawn from a troupe of this size, its first members far more often.
const TROUPE: u64 = 6_000;

/// The first `count` films of the seed.
pub fn films(count: u64, seed: u64) -> impl Iterator<Item = FilmDraft> {
    (1..=count).map(move |number| film(number, seed))
}

fn film(number: u64, seed: u64) -> FilmDraft {
    let mut dice = Dice::nth(seed, number);
    let title_en = title(&mut dice);
    let year = dice.weighted(DECADES) + small(dice.below(10));
    let year = year.min(2025);
    let country = dice.weighted(COUNTRIES);
    let original_title = original_title(&mut dice, country);
    let mut people = people(&mut dice, seed);
    let directors = if dice.chance(93) { vec![people.remove(0)] } else { Vec::new() };
    FilmDraft {
        slug: format!("{}-{year}-s{number}", slugify(&title_en)),
        title_en,
        original_title,
        year,
        directors,
        cast: people,
        genres: genres(&mut dice).into_iter().map(str::to_owned).collect(),
        studio: dice.chance(85).then(|| STUDIOS[dice.skewed_index(STUDIOS.len())].to_owned()),
        runtime_min: dice.chance(94).then(|| runtime(&mut dice)),
        certificate: certificate(&mut dice, year).map(str::to_owned),
        country: (!country.is_empty()).then(|| country.to_owned()),
        ..FilmDraft::default()
    }
}

fn title(dice: &mut Dice) -> String {
    let (adjective, noun, other) = (*dice.pick(ADJECTIVES), *dice.pick(NOUNS), *dice.pick(NOUNS));
    match dice.below(1000) {
        0..340 => format!("The {adjective} {noun}"),
        340..520 => format!("{adjective} {noun}"),
        520..660 => format!("The {noun} of {}", dice.pick(PLACES)),
        660..760 => format!("{noun} and {other}"),
        760..840 => format!("The {noun}'s {other}"),
        840..900 => format!("{adjective} {noun} {}", 2 + dice.below(5).min(dice.below(5))),
        900..950 => format!("{noun}: The {adjective} {other}"),
        950..970 => format!("{noun}, {other}"),
        970..985 => format!("The \"{adjective}\" {noun}"),
        _ => dice.below(2100).to_string(),
    }
}

fn original_title(dice: &mut Dice, country: &str) -> Option<String> {
    let speaks_english = matches!(country, "United States" | "United Kingdom" | "Canada" | "Australia" | "");
    if speaks_english || !dice.chance(60) {
        return None;
    }
    let (before, after, words) = dice.pick(FOREIGN);
    Some(format!("{before}{}{after}", dice.pick(words)))
}

/// Two to six different people; the first directs.
fn people(dice: &mut Dice, seed: u64) -> Vec<String> {
    let mut people: Vec<String> = Vec::with_capacity(6);
    for _ in 0..2 + dice.below(5) {
        let member = dice.below(TROUPE).min(dice.below(TROUPE)).min(dice.below(TROUPE));
        let mut naming = Dice::nth(!seed, member);
        let name = format!("{} {}", naming.pick(FIRST_NAMES), naming.pick(LAST_NAMES));
        if !people.contains(&name) {
            people.push(name);
        }
    }
    people
}

fn genres(dice: &mut Dice) -> Vec<&'static str> {
    let mut genres = vec![dice.weighted(GENRES)];
    for _ in 0..dice.weighted(&[(0, 22), (1, 40), (2, 28), (3, 10)]) {
        let genre = dice.weighted(GENRES);
        if !genres.contains(&genre) {
            genres.push(genre);
        }
    }
    genres
}

fn runtime(dice: &mut Dice) -> u16 {
    let middling: u64 = (0..4).map(|_| dice.below(22)).sum();
    let epic = if dice.chance(5) { dice.below(70) } else { 0 };
    small(74 + middling + epic)
}

/// Certificates begin in 1968; before that a film is unrated at most.
fn certificate(dice: &mut Dice, year: u16) -> Option<&'static str> {
    if year < 1968 {
        return dice.chance(20).then_some("Not Rated");
    }
    Some(dice.weighted(CERTIFICATES)).filter(|certificate| !certificate.is_empty())
}

fn small(number: u64) -> u16 {
    // Everything here is far below the limit.
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::sample::genres;
    use std::collections::HashSet;

    #[test]
    fn a_shorter_run_is_the_start_of_a_longer_one() {
        let short: Vec<_> = films(50, 7).collect();
        let long: Vec<_> = films(500, 7).collect();
        assert_eq!(short[..], long[..50]);
        assert_ne!(short[0], films(1, 8).next().expect("one film"));
    }

    #[test]
    fn slugs_are_unique_and_numbered() {
        let slugs: HashSet<String> = films(20_000, 1).map(|film| film.slug).collect();
        assert_eq!(slugs.len(), 20_000);
        assert!(films(100, 1).enumerate().all(|(at, film)| film.slug.ends_with(&format!("-s{}", at + 1))));
    }

    #[test]
    fn genres_are_those_of_the_closed_list() {
        assert!(GENRES.iter().all(|(slug, _)| genres::all().any(|genre| genre.slug == *slug)));
        assert_eq!(GENRES.len(), 24);
    }

    #[test]
    fn the_spread_is_that_of_a_catalogue() {
        let films: Vec<_> = films(10_000, 1).collect();
        let titles: HashSet<&str> = films.iter().map(|film| film.title_en.as_str()).collect();
        assert!((4_000..9_500).contains(&titles.len()), "{}", titles.len());
        let drama = films.iter().filter(|film| film.genres.iter().any(|genre| genre == "drama")).count();
        assert!((2_500..5_500).contains(&drama), "{drama}");
        assert!(
            films.iter().any(|film| film.original_title.as_deref().is_some_and(|title| title.starts_with("Последний")))
        );
        assert!(films.iter().any(|film| film.title_en.parse::<u16>().is_ok()));
        assert!(films.iter().all(|film| film.year >= 1920 && film.year <= 2025));
    }
}
