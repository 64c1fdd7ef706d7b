//! What is found and listed on a few films whose answers are plain to see.

use super::super::facets::SHOWN;
use super::super::{Change, CreditKind, Shelf};
use super::*;
use crate::catalog::Format;

fn en(title: &str) -> Titles<'_> {
    Titles { en: title, ..Titles::default() }
}

/// Films with ids from 1 in this order, each better sold than the one after it.
fn shop(films: &[(Titles<'_>, &[&str])]) -> Index {
    let mut world = World::new(&[], &[], &[]);
    for (id, (titles, names)) in (1..).zip(films) {
        let mut film = film(id, *titles, names);
        film.sold = 1_000 - id;
        world.films.push(film);
    }
    world.index(0)
}

#[test]
fn short_and_odd_titles_are_found_first() {
    let titles =
        ["It Happened One Night", "The Others", "9", "300", "M", "1917", "Se7en", "It", "M Butterfly", "The 9th Day"];
    let films: Vec<_> = titles.iter().map(|title| (en(title), &["It Girl 300 M 9 1917"][..])).collect();
    let index = shop(&films);
    for (id, title) in (1..).zip(titles) {
        assert_eq!(found(&index, title).first(), Some(&id), "{title}");
        assert_eq!(found(&index, &title.to_uppercase()).first(), Some(&id), "{title}");
    }
}

#[test]
fn every_title_is_searched_in_any_script() {
    let index = shop(&[
        (Titles { uz: "Oʻtkan kunlar", ru: "Минувшие дни", en: "Days Gone By", original: "" }, &[]),
        (
            Titles { uz: "", ru: "Амели", en: "Amélie", original: "Le Fabuleux Destin d'Amélie Poulain" },
            &["Audrey Tautou"],
        ),
        (Titles { ru: "Касабланка", ..en("Casablanca") }, &["Michael Curtiz"]),
    ]);
    for (typed, id) in [
        ("Ўткан кунлар", 1),
        ("o'tkan", 1),
        ("OTKAN KUNLAR", 1),
        ("минувшие", 1),
        ("minuvshie dni", 1),
        ("amelie", 2),
        ("destin poulain", 2),
        ("Одри Тоту", 0),
        ("casablanca curtiz", 3),
        ("kasablanka", 3),
    ] {
        let want: Vec<u64> = (id > 0).then_some(id).into_iter().collect();
        assert_eq!(found(&index, typed), want, "{typed}");
    }
}

#[test]
fn whole_titles_come_before_words_of_titles_before_names() {
    let index = shop(&[
        (en("Some Film"), &["Alien Smith"]),
        (en("Alien Resurrection"), &[]),
        (en("Alienated"), &[]),
        (en("Alien"), &[]),
    ]);
    assert_eq!(found(&index, "alien"), [4, 2, 3, 1]);
}

#[test]
fn every_word_must_match() {
    let index = shop(&[(en("Pulp Fiction"), &["Quentin Tarantino"]), (en("Jackie Brown"), &["Quentin Tarantino"])]);
    assert_eq!(found(&index, "tarantino pulp"), [1]);
    assert_eq!(found(&index, "pulp zzzz"), [] as [u64; 0]);
    assert_eq!(found(&index, "pulp brown"), [] as [u64; 0]);
}

#[test]
fn the_beginning_of_a_word_is_enough() {
    let index = shop(&[
        (en("Interstellar"), &["Anne Hathaway"]),
        (en("War"), &["Warner Bros."]),
        (en("Peace"), &["Warner Bros."]),
    ]);
    assert_eq!(found(&index, "interst"), [1]);
    assert_eq!(found(&index, "anne hatha"), [1]);
    assert_eq!(found(&index, "war"), [2, 3][..1], "a known word does not go on in names");
    assert_eq!(found(&index, "warn"), [2, 3]);
}

#[test]
fn a_year_beside_a_title_narrows_it() {
    let mut world = World::new(&[], &[], &[]);
    for (id, year) in [(1, 1984), (2, 2021)] {
        world.films.push(Film { year: Some(year), ..film(id, en("Dune"), &[]) });
    }
    let index = world.index(0);
    assert_eq!(found(&index, "dune 2021"), [2]);
    assert_eq!(found(&index, "2021"), [] as [u64; 0], "alone it is a title");
}

#[test]
fn typos_are_mended_and_named() {
    let index = shop(&[
        (en("The Godfather"), &["Francis Ford Coppola"]),
        (Titles { ru: "Матрица", ..en("The Matrix") }, &["Lana Wachowski"]),
        (en("Schindler's List"), &[]),
        (en("Apocalypse Now"), &[]),
    ]);
    for (typed, id) in
        [("Godfahter", 1), ("matirx", 2), ("shindlers list", 3), ("Apocalipse now", 4), ("copolla", 1), ("матрицца", 2)]
    {
        assert_eq!(found(&index, typed), [id], "{typed}");
    }
    let mended = search(&index, "the godfahter", false);
    assert_eq!(mended.corrected.len(), 1);
    assert_eq!(mended.corrected[0].typed, "godfahter");
    assert_eq!(mended.corrected[0].taken, ["godfather"]);
    let literal = search(&index, "the godfahter", true);
    assert_eq!((literal.listing.total, literal.corrected.len()), (0, 0));
}

#[test]
fn a_film_whose_code_was_typed_comes_first_and_once() {
    let index = shop(&[(en("Ten"), &[]), (en("Ten Ten"), &[]), (en("Other"), &[])]);
    let search = |first| {
        let search = Search { words: "ten", first, ..Search::default() };
        index.search(search, &Filters::default(), Sort::Relevance, super::first(24)).listing.films
    };
    assert_eq!(search(Some(3)), [3, 1, 2]);
    assert_eq!(search(Some(2)), [2, 1]);
    assert_eq!(search(Some(99)), [1, 2], "an unknown one is none");
}

#[test]
fn a_film_is_credited_with_its_people_and_studio() {
    let mut world = World::new(&[], &["Mosfilm"], &["Tarkovsky", "Burlyaev"]);
    let people = vec![directed(1), (2, Role::Other)];
    world.films.push(Film { studio: Some(1), people, ..film(7, en("Ivan's Childhood"), &[]) });
    let credits = world.index(0).credits(7);
    let names: Vec<_> = credits.iter().map(|credit| (credit.kind, credit.name.as_str())).collect();
    let (director, cast, studio) = (CreditKind::Director, CreditKind::Cast, CreditKind::Studio);
    assert_eq!(names, [(director, "Tarkovsky"), (cast, "Burlyaev"), (studio, "Mosfilm")]);
}

#[test]
fn short_words_and_numbers_are_not_mended() {
    let index = shop(&[(en("Cat 2012"), &[]), (en("Alien"), &[])]);
    for typed in ["car", "2013", "cat 2013", "alxxn"] {
        assert_eq!(found(&index, typed), [] as [u64; 0], "{typed}");
    }
}

#[test]
fn known_words_that_meet_nowhere_have_the_rarest_mended() {
    let index = shop(&[
        (en("The Last Emperor"), &[]),
        (en("The Lost World"), &[]),
        (en("The World Is Enough"), &[]),
        (en("Lest We Forget"), &[]),
    ]);
    let found = search(&index, "lest emperor", false);
    assert_eq!(found.listing.films, [1]);
    assert_eq!(found.corrected[0].typed, "lest");
}

#[test]
fn hostile_input_finds_nothing_quietly() {
    let index = shop(&[(en("Quiet"), &[])]);
    for typed in ["", "\0", "'+-~*<>()%\"", "🎬🎬🎬", "%%%%", &"q".repeat(10_000), &"'\"; -- ".repeat(2_000)] {
        assert_eq!(found(&index, typed), [] as [u64; 0], "{typed:.20}");
        assert!(index.suggest(typed).films.is_empty());
    }
    assert_eq!(found(&index, "quiet\0"), [1]);
    assert_eq!(found(&index, "🎬 quiet"), [1]);
}

#[test]
fn suggestions_begin_with_two_letters_and_name_people_and_categories() {
    let mut world = World::new(&[], &[], &["Gary Oldman", "Greta Gerwig", "Nobody Here"]);
    world.categories = vec![category(1, None, "Gangster films"), category(2, None, "Garden films")];
    world.films = vec![
        Film { people: vec![(1, Role::Other), directed(2)], categories: vec![1], ..film(1, en("Gattaca"), &[]) },
        Film { sold: 5, ..film(2, en("Garden State"), &[]) },
        Film { active: false, ..film(3, en("Garbo Talks"), &[]) },
    ];
    let index = world.index(0);
    let suggested = index.suggest("ga");
    assert_eq!(suggested.films, [2, 1]);
    assert_eq!(suggested.people.iter().map(|(person, _)| &*person.name).collect::<Vec<_>>(), ["Gary Oldman"]);
    assert_eq!(suggested.categories.iter().map(|row| row.id).collect::<Vec<_>>(), [1], "an empty one is not offered");
    assert!(index.suggest("g").films.is_empty());
    assert_eq!(index.suggest("gary old").people.len(), 1);
    assert_eq!(index.suggest("gerw").people.len(), 1);
    assert!(index.suggest("nobody").people.is_empty(), "without a visible film");
    assert_eq!(index.suggest("gattaka").films, [1]);
    assert_eq!(index.suggest("gatatca").films, [1]);
}

#[test]
fn dvd_in_stock_is_one_edition() {
    let mut world = World::new(&[], &[], &[]);
    // A DVD that is sold out beside a Blu-ray in stock; a DVD in stock; nothing in stock.
    for (id, formats, stocked) in [(1, 0b11, 0b10), (2, 0b01, 0b01), (3, 0b11, 0)] {
        world.films.push(Film { formats, formats_in_stock: stocked, ..film(id, en("Film"), &[]) });
    }
    let index = world.index(0);
    let dvd = Filters { formats: vec![Format::Dvd], ..Filters::default() };
    let stocked = Filters { in_stock: true, ..dvd.clone() };
    let (listing, counts) = index.browse(&dvd, Sort::Title, first(24));
    assert_eq!((listing.total, counts.in_stock), (3, 1));
    let (listing, counts) = index.browse(&stocked, Sort::Title, first(24));
    assert_eq!(listing.films, [2]);
    let formats: Vec<_> = counts.formats.iter().map(|choice| (&*choice.value, choice.films)).collect();
    assert_eq!(formats, [("dvd", 1), ("blu_ray", 1)]);
}

#[test]
fn a_value_without_films_here_is_shown_with_none() {
    let mut world = World::new(&["Drama", "Western", "Unused"], &["A", "B"], &[]);
    world.films = vec![
        Film { genres: vec![1], studio: Some(1), ..film(1, en("One"), &[]) },
        Film { genres: vec![2], studio: Some(2), ..film(2, en("Two"), &[]) },
    ];
    let index = world.index(0);
    let (_, counts) = index.browse(&of(Base::Studio(1)), Sort::Title, first(24));
    let genres: Vec<_> = counts.genres.iter().map(|choice| (&*choice.value, choice.films)).collect();
    assert_eq!(genres, [("drama", 1), ("western", 0)]);
    let unknown = Filters { genres: vec!["no-such".into()], ..Filters::default() };
    assert_eq!(index.list(&unknown, Sort::Title, first(24)).total, 2);
}

#[test]
fn a_large_facet_shows_the_fullest_and_the_chosen() {
    let names: Vec<String> = (0..40).map(|at| format!("Studio {at:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = World::new(&[], &names, &[]);
    for id in 1..=820u64 {
        let studio = (1..=40).find(|studio| id <= studio * (studio + 1) / 2);
        world.films.push(Film { studio, ..film(id, en("Film"), &[]) });
    }
    let index = world.index(0);
    let filters = Filters { studios: vec!["studio-00".into()], ..Filters::default() };
    let counts = &index.browse(&filters, Sort::Title, first(24)).1.studios;
    assert_eq!(counts.len(), SHOWN + 1);
    assert_eq!((&*counts[0].value, counts[0].films), ("studio-39", 40));
    let last = &counts[SHOWN];
    assert_eq!((&*last.value, last.films, last.chosen), ("studio-00", 1, true));
}

#[test]
fn a_category_lists_its_branch_and_a_hidden_one_nothing() {
    let mut world = World::new(&[], &[], &[]);
    world.categories = vec![category(1, None, "Top"), category(2, Some(1), "Sub"), category(3, None, "Aside")];
    world.films = vec![
        Film { categories: vec![1], ..film(1, en("A"), &[]) },
        Film { categories: vec![2, 1], ..film(2, en("B"), &[]) },
        Film { categories: vec![3], ..film(3, en("C"), &[]) },
    ];
    let index = world.index(0);
    assert_eq!(all(&index, &of(Base::Category(1)), Sort::Title), [1, 2]);
    let top = index.category("top").expect("it is open");
    assert_eq!(top.below.iter().map(|(row, films)| (row.id, *films)).collect::<Vec<_>>(), [(2, 1)]);
    let sub = index.category("sub").expect("it is open");
    assert_eq!(sub.above.iter().map(|row| row.id).collect::<Vec<_>>(), [1]);
    let mut tree = world.categories.clone();
    tree[0].active = false;
    index.apply(vec![Change::Categories(tree)], 0);
    assert!(index.category("top").is_none() && index.category("sub").is_none());
    assert!(index.category("aside").is_some() && index.category("no-such").is_none());
}

#[test]
fn a_person_page_lists_directed_films_first() {
    let mut world = World::new(&[], &[], &["Clint"]);
    for (id, role) in [(1, Role::Other), (2, Role::Director), (3, Role::Other)] {
        world.films.push(Film { people: vec![(1, role)], sold: id, ..film(id, en("Film"), &[]) });
    }
    let index = world.index(0);
    assert_eq!(all(&index, &of(Base::Person(1)), Sort::Relevance), [2, 3, 1]);
    assert_eq!(all(&index, &of(Base::Person(1)), Sort::Bestselling), [3, 2, 1]);
}

#[test]
fn shelves_put_what_can_be_bought_first() {
    let mut world = World::new(&[], &[], &[]);
    for (id, stocked, featured) in [(1, 0, true), (2, 1, true), (3, 1, false)] {
        let film = film(id, en("Film"), &[]);
        world.films.push(Film { formats_in_stock: stocked, featured, sold: 10 - id, arrived_at: 10, ..film });
    }
    let index = world.index(0);
    assert_eq!(index.shelf(Shelf::Bestsellers, 3), [2, 3, 1]);
    assert_eq!(index.shelf(Shelf::New, 2), [2, 3]);
    assert_eq!(index.shelf(Shelf::Featured, 9), [2, 1]);
    assert!(index.shelf(Shelf::OnSale, 9).is_empty());
}

#[test]
fn films_appear_and_disappear_at_their_times() {
    let mut world = World::new(&[], &[], &[]);
    world.films = vec![
        Film { publish_at: Some(100), ..film(1, en("Soon"), &[]) },
        Film { unpublish_at: Some(200), ..film(2, en("Going"), &[]) },
        Film { active: false, publish_at: Some(100), ..film(3, en("Draft"), &[]) },
    ];
    let index = world.index(0);
    let at = |now| {
        let due = index.is_due(now);
        index.apply(Vec::new(), now);
        (due, all(&index, &Filters::default(), Sort::Title))
    };
    assert_eq!(at(99), (false, vec![2]));
    assert_eq!(at(100), (true, vec![2, 1]));
    assert_eq!(at(199), (false, vec![2, 1]));
    assert_eq!(at(200), (true, vec![1]));
    assert!(found(&index, "going").is_empty());
}

#[test]
fn remembered_counts_are_those_of_now() {
    let mut world = World::new(&["Drama", "Western"], &[], &[]);
    world.films = vec![Film { genres: vec![1], ..film(1, en("One"), &[]) }];
    let index = world.index(0);
    let genres = || -> Vec<(String, usize)> {
        let (_, counts) = index.browse(&Filters::default(), Sort::Title, first(24));
        counts.genres.iter().map(|choice| (choice.value.to_string(), choice.films)).collect()
    };
    assert_eq!(genres(), [("drama".to_owned(), 1)]);
    let other = Film { genres: vec![1, 2], ..film(2, en("Two"), &[]) };
    index.apply(vec![Change::Film(Box::new(other))], 0);
    assert_eq!(genres(), [("drama".to_owned(), 2), ("western".to_owned(), 1)]);
    let renamed = Genre { id: 2, slug: slug("Eastern"), title: title("Eastern") };
    index.apply(vec![Change::Genre(renamed)], 0);
    assert_eq!(genres()[1].0, "eastern");
    index.apply(vec![Change::Gone(1)], 0);
    assert_eq!(genres()[0].1, 1);
}

#[test]
fn suggested_people_are_those_of_most_visible_films() {
    let mut world = World::new(&[], &[], &["Max One", "Max Two", "Max Three", "Max Four", "Max Five", "Max Hidden"]);
    let of = |person| (person, Role::Other);
    let cast = [vec![of(1), of(2)], vec![of(2), of(3)], vec![of(3), of(4)], vec![of(5)], vec![of(3)]];
    world.films = (1..).zip(cast).map(|(id, people)| Film { people, ..film(id, en("Film"), &[]) }).collect();
    let hidden = |id| Film { active: false, people: vec![of(5), of(6)], ..film(id, en("Film"), &[]) };
    world.films.extend([6, 7, 8].map(hidden));
    let people = world.index(0).suggest("max").people;
    let names: Vec<_> = people.iter().map(|(person, films)| (&*person.name, *films)).collect();
    assert_eq!(names, [("Max Three", 3), ("Max Two", 2), ("Max One", 1), ("Max Four", 1)]);
}
