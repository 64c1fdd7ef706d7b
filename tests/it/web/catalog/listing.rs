use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::http::StatusCode;
use marquee::catalog::{Format, ProductStatus, film_tag, index::Follower};
use tokio::sync::watch;

use crate::support::{
    Answer, TestApp,
    factory::{category, edition, product},
};

const TITLES: &str = "ul.film-grid .film__title a";
const STATUS: &str = "[role=status]";

fn hrefs(answer: &Answer) -> Vec<String> {
    answer.attributes(TITLES, "href")
}

/// Thirty-one films that share prices and years, of two genres, two studios and three formats.
async fn shop() -> TestApp {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    for n in 0..31u16 {
        let format = [Format::Dvd, Format::BluRay, Format::Uhd4k][usize::from(n) % 3];
        let film = product()
            .title(&format!("Picture {n:02}"))
            .year(1980 + n % 20)
            .genre(["drama", "war"][usize::from(n) % 2])
            .director(["Ann Lee", "Bo Chi", "Cy Day"][usize::from(n) % 3])
            .studio(["Northlight", "Halide"][usize::from(n) % 2])
            .audio("en")
            .edition(format, 1_000 + i64::from(n % 4) * 500, i32::from(n % 5));
        film.insert(&mut conn).await;
    }
    app.index().await;
    app
}

#[tokio::test]
async fn paging_lists_every_film_once_in_every_order() {
    let app = shop().await;
    let guest = app.guest();
    for sort in ["", "relevance", "newest", "price_asc", "price_desc", "rating", "bestselling", "title"] {
        let mut seen = Vec::new();
        for page in 1..=3 {
            let answer = guest.get(&format!("/films?sort={sort}&page_size=12&page={page}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{sort} {page}");
            seen.extend(hrefs(&answer));
        }
        assert_eq!(seen.len(), 31, "{sort}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 31, "{sort}");
    }
    assert_eq!(guest.get("/films?page=2").await.status, StatusCode::OK);
    assert_eq!(guest.get("/films?page=3").await.status, StatusCode::NOT_FOUND);
    let dear = guest.get("/films?sort=price_desc&page_size=12").await;
    assert!(dear.texts("ul.film-grid .film__foot")[0].contains("$25.00"));
}

#[tokio::test]
async fn whatever_the_parameters_a_list_is_answered() {
    let app = shop().await;
    for query in [
        "sort=cheapest",
        "sort=%27;DROP+TABLE+products--",
        "page=0&page=abc",
        "page_size=1000000",
        "genre=no-such&format=vhs&studio=%00&person=%F0%9F%8E%AC",
        "price_min=abc&price_max=-1&year_min=99999999999",
        "utm_source=x&fbclid=y",
        "sort=%ff%fe",
    ] {
        let answer = app.guest().get(&format!("/films?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(answer.texts(STATUS), ["31 films"], "{query}");
        assert_eq!(answer.attributes("link[rel=canonical]", "href"), ["http://shop.test/films"], "{query}");
    }
    let turned = app.guest().get("/films?year_min=1989&year_max=1980").await;
    assert_eq!(turned.texts(STATUS), app.guest().get("/films?year_min=1980&year_max=1989").await.texts(STATUS));
}

/// Name, value and count of every choice of the filter form.
fn choices(answer: &Answer) -> Vec<(String, String, String, bool)> {
    let html = answer.html();
    let label = scraper::Selector::parse("label.check").unwrap();
    let input = scraper::Selector::parse("input").unwrap();
    let count = scraper::Selector::parse("input ~ span ~ span").unwrap();
    html.select(&label)
        .filter_map(|label| {
            let input = label.select(&input).next()?;
            let count = label.select(&count).next()?.text().next()?.trim().to_owned();
            let is_disabled = input.attr("disabled").is_some();
            Some((input.attr("name")?.to_owned(), input.attr("value")?.to_owned(), count, is_disabled))
        })
        .collect()
}

#[tokio::test]
async fn a_count_is_what_a_click_lists() {
    let app = shop().await;
    let guest = app.guest();
    for chosen in ["", "in_stock=1", "format=dvd&in_stock=1", "genre=war&price_max=15", "studio=halide&year_min=1985"] {
        let answer = guest.get(&format!("/films?{chosen}")).await;
        let mut seen = BTreeSet::new();
        for (name, value, count, is_disabled) in choices(&answer) {
            seen.insert(name.clone());
            assert_eq!(
                is_disabled,
                count == "0" && !chosen.contains(&format!("{name}={value}")),
                "{chosen} {name}={value}"
            );
            // Clicking one choice of a facet in which nothing else is chosen.
            let rest: Vec<_> = chosen.split('&').filter(|pair| !pair.starts_with(&format!("{name}="))).collect();
            let clicked = guest.get(&format!("/films?{}&{name}={value}", rest.join("&"))).await;
            let listed = clicked.texts(STATUS)[0].split(' ').next().unwrap().replace("No", "0");
            assert_eq!(listed, count, "{chosen} + {name}={value}");
        }
        for facet in ["format", "genre", "studio", "person", "decade", "audio", "in_stock"] {
            assert!(seen.contains(facet), "{chosen}: no {facet}");
        }
    }
}

#[tokio::test]
async fn one_facet_may_be_indexed_and_more_lead_to_the_list() {
    let app = shop().await;
    for (query, canonical, is_indexed) in [
        ("", "/films", true),
        ("?page=1", "/films", true),
        ("?page=2", "/films?page=2", true),
        ("?genre=war&utm_source=x", "/films?genre=war", true),
        ("?genre=war&genre=drama", "/films", false),
        ("?genre=war&format=dvd", "/films", false),
        ("?sort=title", "/films", false),
        ("?price_max=15", "/films", false),
    ] {
        let answer = app.guest().get(&format!("/ru/films{query}")).await;
        let found = answer.attributes("link[rel=canonical]", "href");
        assert_eq!(found, [format!("http://shop.test/ru{canonical}")], "{query}");
        let robots = answer.attributes("meta[name=robots]", "content");
        assert_eq!(robots.iter().any(|robots| robots.contains("noindex")), !is_indexed, "{query}");
    }
    let second = app.guest().get("/films?genre=war&page_size=12&page=2").await;
    assert_eq!(second.attributes("link[rel=prev]", "href").len(), 1);
    assert_eq!(second.attributes("link[rel=next]", "href").len(), 0);
}

#[tokio::test]
async fn a_chip_takes_its_filter_away() {
    let app = shop().await;
    let answer = app.guest().get("/films?genre=war&format=dvd&price_max=15&decade=1980&in_stock=1").await;
    let chips = answer.attributes("a.chip", "href");
    assert_eq!(chips.len(), 5);
    assert!(
        chips.contains(&"/films?genre=war&year_min=1980&year_max=1989&price_max=15&in_stock=1".to_owned()),
        "{chips:?}"
    );
    let checked = answer.attributes("input[checked][name=decade]", "value");
    assert_eq!(checked, ["1980"]);
}

#[tokio::test]
async fn a_list_costs_few_statements_whatever_is_chosen() {
    let app = shop().await;
    for path in [
        "/films",
        "/films?page_size=48",
        "/films?genre=war&format=dvd&sort=title",
        "/films?price_min=999",
        "/studios/halide",
        "/people/ann-lee",
    ] {
        let answer = app.guest().get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.statements(), 1, "{path}");
    }
}

#[tokio::test]
async fn categories_list_their_branch_and_hide_what_is_inactive() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let top = category(&mut conn, "thrills", None).await;
    let below = category(&mut conn, "chases", Some(top)).await;
    category(&mut conn, "closed", None).await;
    product().title("Above").category(top).insert(&mut conn).await;
    product().title("Below").category(below).insert(&mut conn).await;
    product().title("Draft").category(below).status(ProductStatus::Draft).insert(&mut conn).await;
    app.database.execute("UPDATE categories SET is_active = FALSE WHERE slug = 'closed'").await;
    let moved = "INSERT INTO slug_history (kind, slug, target_id) SELECT 'category', 'pursuits', id FROM categories";
    app.database.execute(&format!("{moved} WHERE slug = 'chases'")).await;
    app.index().await;
    let guest = app.guest();

    let answer = guest.get("/categories/thrills").await;
    assert_eq!(answer.texts(STATUS), ["2 films"]);
    let answer = guest.get("/categories/chases").await;
    assert_eq!(answer.texts(TITLES), ["Below"]);
    assert_eq!(answer.texts(".crumbs li"), ["Home", "All films", "Thrills", "Chases"]);
    assert!(answer.text().contains("BreadcrumbList"));
    for unknown in ["/categories/closed", "/categories/no-such", "/categories/%00", "/studios/x", "/people/x"] {
        assert_eq!(guest.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    let old = guest.get("/ru/categories/pursuits").await;
    assert_eq!((old.status, old.header("location")), (StatusCode::MOVED_PERMANENTLY, "/ru/categories/chases"));
}

#[tokio::test]
async fn studios_and_people_have_pages_of_their_films() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    product().title("Acted").cast("Eva Star").studio("Halide").sold_count(9).insert(&mut conn).await;
    product().title("Made").director("Eva Star").insert(&mut conn).await;
    product().title("Hidden").cast("No One").status(ProductStatus::Draft).insert(&mut conn).await;
    app.database
        .execute("INSERT INTO slug_history (kind, slug, target_id) SELECT 'person', 'e-star', id FROM people WHERE slug = 'eva-star'")
        .await;
    app.index().await;
    let guest = app.guest();
    let star = guest.get("/people/eva-star").await;
    assert_eq!(star.texts(TITLES), ["Made", "Acted"], "what she directed comes first");
    assert_eq!(star.texts("h2:has(+ .film-grid)"), ["Director", "Cast"]);
    let by_price = guest.get("/people/eva-star?sort=price_asc").await;
    assert_eq!(by_price.texts("h2:has(+ .film-grid)"), ["Films"], "another order is not by role");
    assert_eq!(guest.get("/studios/halide").await.texts(TITLES), ["Acted"]);
    assert_eq!(guest.get("/people/no-one").await.status, StatusCode::NOT_FOUND);
    assert_eq!(guest.get("/people/e-star").await.header("location"), "/people/eva-star");
}

#[tokio::test]
async fn an_empty_shop_and_an_empty_list_are_pages_too() {
    let app = TestApp::new().await;
    assert_eq!(app.guest().get("/films").await.status, StatusCode::SERVICE_UNAVAILABLE, "before the index is built");
    app.index().await;
    let answer = app.guest().get("/films").await;
    assert_eq!((answer.status, answer.texts(STATUS)), (StatusCode::OK, vec!["No films".to_owned()]));

    let app = shop().await;
    let answer = app.guest().get("/films?genre=war&price_min=9000").await;
    assert_eq!(answer.texts(STATUS), ["No films"]);
    assert!(!answer.attributes(".shelf .film__title a", "href").is_empty(), "it offers others");
    assert_eq!(answer.statements(), 1);
}

#[tokio::test]
async fn a_saved_price_or_visibility_shows_within_seconds() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let film = product().title("Changing").with(edition(Format::Dvd, 1_000, 5)).insert(&mut conn).await;
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(Follower::new(app.app.db.clone(), Arc::clone(&app.app.index)).run(stopped));
    let guest = app.guest();
    let eventually = async |path: &str, count: &str| {
        for _ in 0..50 {
            let answer = guest.get(path).await;
            if answer.status == StatusCode::OK && answer.texts(STATUS) == [count] {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{path}: no {count} within 5 s");
    };
    eventually("/films?price_max=15", "1 film").await;
    let tag = format!("INSERT INTO cache_invalidations (tag) VALUES ('{}')", film_tag(film.id));
    app.database.execute("UPDATE products SET price_min_minor = 2000, price_max_minor = 2000").await;
    app.database.execute(&tag).await;
    eventually("/films?price_max=15", "No films").await;
    eventually("/films", "1 film").await;
    app.database.execute("UPDATE products SET unpublish_at = UTC_TIMESTAMP(6) + INTERVAL 1 SECOND").await;
    app.database.execute(&tag).await;
    eventually("/films", "No films").await;
    stop.send_replace(true);
    task.await.unwrap();
}
