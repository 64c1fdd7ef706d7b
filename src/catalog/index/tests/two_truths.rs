//! A sequence of random edits must leave the index as a rebuild would make it, and both must say
//! what plain counting over the records says.

use super::super::{Change, Choice, Shelf};
use super::*;
use crate::catalog::Format;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const WORDS: [&str; 24] = [
    "Night",
    "Day",
    "The",
    "Shadow",
    "Матрица",
    "Ночь",
    "Gʻazal",
    "Oʻtkan",
    "Xotira",
    "City",
    "River",
    "Stranger",
    "Amélie",
    "Second",
    "Silence",
    "Crimson",
    "Harbor",
    "Lantern",
    "II",
    "1917",
    "Wall-E",
    "Se7en",
    "Winter",
    "Summer",
];

struct Dice(StdRng);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0.random_range(0..bound)
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn some_of(&mut self, most: usize, bound: u64) -> Vec<u64> {
        (0..self.below(most + 1)).map(|_| self.0.random_range(1..=bound)).collect()
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.below(most);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    fn moment(&mut self) -> Option<i64> {
        self.once_in(5).then(|| self.0.random_range(0..2_000))
    }

    fn codes(&mut self) -> Vec<Box<str>> {
        ["en", "ru", "uz", "fr"].into_iter().filter(|_| self.once_in(2)).map(Into::into).collect()
    }

    fn film(&mut self, id: u64) -> Film {
        let (uz, ru, en) = (self.words(3), self.words(3), self.words(4));
        let titles = Titles { uz: &uz, ru: &ru, en: &en, original: "" };
        let formats = self.0.random_range(0..64u8);
        let people = self.some_of(4, 40);
        let mut film = film(id, titles, &[&self.words(2), &self.words(2)]);
        film.active = !self.once_in(6);
        (film.publish_at, film.unpublish_at) = (self.moment(), self.moment());
        film.arrived_at = self.0.random_range(0..50);
        (film.featured, film.on_sale) = (self.once_in(5), self.once_in(4));
        film.year = (!self.once_in(9)).then(|| self.0.random_range(1900..2025));
        film.runtime = (!self.once_in(4)).then(|| self.0.random_range(60..220));
        film.age = self.once_in(2).then(|| ["PG", "R"][self.below(2)].into());
        film.price = (!self.once_in(10)).then(|| self.0.random_range(1..20) * 100);
        film.rating = self.once_in(2).then(|| self.0.random_range(100..=500));
        film.sold = self.0.random_range(0..9);
        (film.formats, film.formats_in_stock) = (formats, formats & self.0.random_range(0..64u8));
        film.studio = (!self.once_in(3)).then(|| self.0.random_range(1..=30));
        (film.genres, film.categories) = (self.some_of(3, 8), self.some_of(2, 6));
        film.people =
            people.into_iter().map(|id| (id, if self.once_in(2) { Role::Director } else { Role::Other })).collect();
        (film.audio, film.subtitles) = (self.codes(), self.codes());
        film
    }

    fn filters(&mut self) -> Filters {
        let mut pick = |names: &[&str]| -> Vec<String> {
            names.iter().filter(|_| self.once_in(6)).map(|name| (*name).to_owned()).collect()
        };
        let mut filters = Filters {
            formats: pick(&["dvd", "blu_ray", "digital_4k"])
                .iter()
                .filter_map(|word| Format::from_word(word))
                .collect(),
            genres: pick(&["genre-0", "genre-1", "genre-2", "unknown"]),
            studios: pick(&["studio-1", "studio-2"]),
            people: pick(&["person-1", "person-2", "person-3"]),
            audio: pick(&["en", "ru"]),
            subtitles: pick(&["uz"]),
            ages: pick(&["PG", "R"]),
            in_stock: self.once_in(4),
            on_sale: self.once_in(8),
            ..Filters::default()
        };
        filters.base = match self.below(6) {
            0 => Base::Category(1 + self.below(6) as u64),
            1 => Base::Studio(1 + self.below(30) as u64),
            2 => Base::Person(1 + self.below(40) as u64),
            _ => Base::All,
        };
        filters.year_min = self.once_in(5).then_some(1960);
        filters.year_max = self.once_in(5).then_some(1999);
        filters.price_min = self.once_in(6).then_some(500);
        filters.price_max = self.once_in(6).then_some(1_500);
        filters.rating_min = self.once_in(8).then_some(3);
        filters.runtime_max = self.once_in(8).then_some(120);
        filters
    }
}

fn world(dice: &mut Dice, films: u64) -> World {
    let names = |kind: &str, count: usize| -> Vec<String> { (0..count).map(|at| format!("{kind} {at}")).collect() };
    let (genres, studios, people) = (names("Genre", 8), names("Studio", 30), names("Person", 40));
    let mut world = World::new(&strs(&genres), &strs(&studios), &strs(&people));
    world.categories = (1..=6).map(|id| category(id, (id > 3).then(|| id - 3), &format!("Shelf {id}"))).collect();
    // Odd ids stay free for films that come later and still sort in between.
    world.films = (1..=films).map(|id| dice.film(id * 2)).collect();
    world
}

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// Changes the records and returns the same changes for an index.
fn edit(dice: &mut Dice, world: &mut World) -> Vec<Change> {
    let mut changes = Vec::new();
    for _ in 0..=dice.below(4) {
        let at = dice.below(world.films.len());
        match dice.below(6) {
            0 => changes.push(Change::Gone(world.films.remove(at).id)),
            1 => {
                let id = world.films.iter().map(|film| film.id).max().unwrap_or(0) + 1;
                world.films.push(dice.film(id));
            }
            2 if world.films[at].id.is_multiple_of(2)
                && world.films.iter().all(|film| film.id != world.films[at].id + 1) =>
            {
                let film = dice.film(world.films[at].id + 1);
                world.films.insert(at + 1, film);
            }
            3 => world.films[at].price = Some(dice.0.random_range(1..20) * 100),
            _ => world.films[at] = dice.film(world.films[at].id),
        }
        changes.extend(world.films.iter().map(|film| Change::Film(Box::new(film.clone()))).skip(at).take(2));
        changes.extend(world.films.last().map(|film| Change::Film(Box::new(film.clone()))));
    }
    changes
}

fn same_answers(dice: &mut Dice, one: &Index, two: &Index) {
    for _ in 0..60 {
        let filters = dice.filters();
        let page = Page { number: 1 + dice.below(4), size: [3, 12, 48][dice.below(3)] };
        let sort = Sort::ALL[dice.below(7)];
        let (a, b) = (one.browse(&filters, sort, page), two.browse(&filters, sort, page));
        assert_eq!((a.0, &**a.1), (b.0, &**b.1), "{filters:?} {sort:?} {page:?}");
        let mut typed = dice.words(2);
        if dice.once_in(2) {
            typed.pop();
        }
        let search = |index: &Index| index.search(Search { words: &typed, ..Search::default() }, &filters, sort, page);
        let (a, b) = (search(one), search(two));
        assert_eq!((a.listing, a.corrected), (b.listing, b.corrected), "{typed} {filters:?} {sort:?}");
        let (a, b) = (one.suggest(&typed), two.suggest(&typed));
        assert_eq!(a.films, b.films, "{typed}");
        let slugs = |people: &[(Person, usize)]| {
            people.iter().map(|(row, films)| (row.slug.clone(), *films)).collect::<Vec<_>>()
        };
        assert_eq!(slugs(&a.people), slugs(&b.people), "{typed}");
    }
    for shelf in [Shelf::New, Shelf::Bestsellers, Shelf::Featured, Shelf::OnSale] {
        assert_eq!(one.shelf(shelf, 12), two.shelf(shelf, 12));
    }
    let branches =
        |index: &Index| -> Vec<_> { index.top_categories().into_iter().map(|(row, films)| (row.id, films)).collect() };
    assert_eq!(branches(one), branches(two));
}

#[test]
fn a_patched_index_answers_as_a_rebuilt_one() {
    let mut dice = Dice(StdRng::seed_from_u64(7));
    let mut world = world(&mut dice, 300);
    let index = world.index(0);
    for round in 0..200 {
        let now = round * 10;
        index.apply(edit(&mut dice, &mut world), now);
        if round % 20 == 19 {
            same_answers(&mut dice, &index, &world.index(now));
        }
    }
}

/// What a list must be, computed film by film.
struct Naive<'a> {
    world: &'a World,
    now: i64,
}

impl Naive<'_> {
    fn films(&self, filters: &Filters) -> Vec<&Film> {
        let shown = self.world.films.iter().filter(|film| film.is_visible(self.now));
        shown.filter(|film| in_base(film, filters.base) && passes(film, filters)).collect()
    }

    /// What would be listed with only `choice` in its facet.
    fn count(&self, filters: &Filters, choose: impl FnOnce(&mut Filters)) -> usize {
        let mut filters = filters.clone();
        choose(&mut filters);
        self.films(&filters).len()
    }
}

fn in_base(film: &Film, base: Base) -> bool {
    match base {
        Base::All => true,
        Base::Category(id) => film.categories.iter().any(|own| *own == id || *own == id + 3),
        Base::Studio(id) => film.studio == Some(id),
        Base::Person(id) => film.people.iter().any(|(own, _)| *own == id),
    }
}

fn passes(film: &Film, filters: &Filters) -> bool {
    let formats = if filters.in_stock { film.formats_in_stock } else { film.formats };
    let format = |at: usize| formats >> at & 1 == 1;
    let slug = |kind: &str, id: u64| format!("{kind}-{}", id - 1);
    let between = |value: Option<i64>, min: Option<i64>, max: Option<i64>| {
        (min.is_none() && max.is_none())
            || value.is_some_and(|value| min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max))
    };
    let wide = |value: Option<u16>| value.map(i64::from);
    let genres: Vec<_> = filters.genres.iter().filter(|genre| *genre != "unknown").cloned().collect();
    (filters.formats.is_empty() || filters.formats.iter().any(|wanted| format(*wanted as usize)))
        && any(&genres, |word| film.genres.iter().any(|id| slug("genre", *id) == word))
        && any(&filters.studios, |word| film.studio.is_some_and(|id| slug("studio", id) == word))
        && any(&filters.people, |word| film.people.iter().any(|(id, _)| slug("person", *id) == word))
        && any(&filters.audio, |word| film.audio.iter().any(|code| **code == *word))
        && any(&filters.subtitles, |word| film.subtitles.iter().any(|code| **code == *word))
        && any(&filters.ages, |word| film.age.as_deref() == Some(word))
        && between(wide(film.year), wide(filters.year_min), wide(filters.year_max))
        && between(film.price, filters.price_min, filters.price_max)
        && between(wide(film.runtime), None, wide(filters.runtime_max))
        && between(wide(film.rating), filters.rating_min.map(|stars| i64::from(stars) * 100), None)
        && (!filters.in_stock || film.formats_in_stock != 0)
        && (!filters.on_sale || film.on_sale)
}

fn any(chosen: &[String], has: impl Fn(&str) -> bool) -> bool {
    chosen.is_empty() || chosen.iter().any(|word| has(word))
}

fn count_is(choices: &[Choice], count: impl Fn(String) -> usize) {
    for choice in choices {
        assert_eq!(choice.films, count(choice.value.to_string()), "{choice:?}");
    }
}

#[test]
fn lists_and_counts_are_those_of_plain_counting() {
    let mut dice = Dice(StdRng::seed_from_u64(11));
    let mut world = world(&mut dice, 200);
    let index = world.index(0);
    for round in 0..40 {
        let now = round * 40;
        index.apply(edit(&mut dice, &mut world), now);
        let naive = Naive { world: &world, now };
        for _ in 0..10 {
            let filters = dice.filters();
            let (listing, counts) = index.browse(&filters, Sort::PriceAsc, first(1_000));
            let mut want = naive.films(&filters);
            want.sort_by_key(|film| (film.price.unwrap_or(i64::MAX), film.id));
            assert_eq!(listing.films, want.iter().map(|film| film.id).collect::<Vec<_>>(), "{filters:?}");
            assert_eq!(listing.total, want.len());
            count_is(&counts.formats, |value| {
                naive.count(&filters, |filters| filters.formats = Format::from_word(&value).into_iter().collect())
            });
            count_is(&counts.genres, |value| naive.count(&filters, |filters| filters.genres = vec![value]));
            count_is(&counts.studios, |value| naive.count(&filters, |filters| filters.studios = vec![value]));
            count_is(&counts.directors, |value| naive.count(&filters, |filters| filters.people = vec![value]));
            count_is(&counts.audio, |value| naive.count(&filters, |filters| filters.audio = vec![value]));
            count_is(&counts.subtitles, |value| naive.count(&filters, |filters| filters.subtitles = vec![value]));
            count_is(&counts.ages, |value| naive.count(&filters, |filters| filters.ages = vec![value]));
            count_is(&counts.ratings, |value| naive.count(&filters, |filters| filters.rating_min = value.parse().ok()));
            count_is(&counts.runtimes, |value| {
                naive.count(&filters, |filters| filters.runtime_max = value.parse().ok())
            });
            count_is(&counts.decades, |value| {
                naive.count(&filters, |filters| {
                    filters.year_min = value.parse().ok();
                    filters.year_max = filters.year_min.map(|year| year + 9);
                })
            });
            assert_eq!(counts.in_stock, naive.count(&filters, |filters| filters.in_stock = true));
            assert_eq!(counts.on_sale, naive.count(&filters, |filters| filters.on_sale = true));
        }
    }
}
