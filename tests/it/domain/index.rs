//! The index against the database: what is announced is taken over, what lists say is what SQL says.

use std::{sync::Arc, time::Duration};

use marquee::catalog::{
    Format, film_tag,
    index::{Base, Filters, Follower, Page, Search, Sort},
};

use crate::support::{
    TestApp,
    factory::{category, edition, product},
};

const FIRST: Page = Page { number: 1, size: 48 };

fn follower(app: &TestApp) -> Follower {
    Follower::new(app.app.db.clone(), Arc::clone(&app.app.index))
}

fn films(app: &TestApp, filters: &Filters) -> Vec<u64> {
    app.app.index.list(filters, Sort::Title, FIRST).films
}

fn found(app: &TestApp, typed: &str) -> Vec<u64> {
    let search = Search { words: typed, ..Search::default() };
    app.app.index.search(search, &Filters::default(), Sort::Relevance, FIRST).listing.films
}

async fn announce(app: &TestApp, tag: &str) {
    app.database.execute(&format!("INSERT INTO cache_invalidations (tag) VALUES ('{tag}')")).await;
}

#[tokio::test]
async fn everything_that_a_film_points_to_is_loaded() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let top = category(&mut conn, "world", None).await;
    let shelf = category(&mut conn, "uzbek", Some(top)).await;
    let film = product()
        .title("Days Gone By")
        .title_uz("Oʻtkan kunlar")
        .genre("drama")
        .director("Yoʻldosh Aʼzamov")
        .cast("Oʻlmas Alixoʻjayev")
        .studio("Uzbekfilm")
        .audio("uz")
        .subtitles("en")
        .age_rating("PG")
        .runtime_min(100)
        .category(shelf)
        .edition(Format::Dvd, 1_999, 0)
        .edition(Format::DigitalHd, 999, 0)
        .insert(&mut conn)
        .await;
    app.index().await;

    let of_top = Filters { base: Base::Category(top), ..Filters::default() };
    let (listing, counts) = app.app.index.browse(&of_top, Sort::Title, FIRST);
    assert_eq!(listing.films, [film.id]);
    let values = |choices: &[marquee::catalog::index::Choice]| {
        choices.iter().map(|choice| format!("{}={}", choice.value, choice.films)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values(&counts.formats), "dvd=1 digital_hd=1");
    assert_eq!(values(&counts.genres), "drama=1");
    assert_eq!(values(&counts.studios), "uzbekfilm=1");
    assert_eq!(values(&counts.directors).matches("=1").count(), 1);
    assert_eq!((values(&counts.audio), values(&counts.subtitles)), ("uz=1".to_owned(), "en=1".to_owned()));
    assert_eq!((values(&counts.ages), values(&counts.decades)), ("PG=1".to_owned(), "1990=1".to_owned()));
    assert_eq!(counts.in_stock, 1, "a digital edition never runs out");
    let stocked = Filters { formats: vec![Format::Dvd], in_stock: true, ..Filters::default() };
    assert!(films(&app, &stocked).is_empty(), "the DVD is sold out");
    for typed in ["Ўткан кунлар", "otkan", "alixojayev", "uzbekfilm days"] {
        assert_eq!(found(&app, typed), [film.id], "{typed}");
    }
}

#[tokio::test]
async fn announced_changes_are_taken_over_and_others_wait_for_a_rebuild() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let first = product().title("Alpha").edition(Format::Dvd, 1_000, 1).insert(&mut conn).await;
    let second = product().title("Beta").edition(Format::Dvd, 2_000, 1).insert(&mut conn).await;
    let mut follower = follower(&app);
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [first.id, second.id]);

    let third = product().title("Gamma").director("Agnès Varda").insert(&mut conn).await;
    app.database.execute(&format!("UPDATE products SET status = 'archived' WHERE id = {}", first.id)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [first.id, second.id], "nothing was announced");

    announce(&app, &film_tag(first.id)).await;
    announce(&app, &film_tag(third.id)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [second.id, third.id]);
    assert_eq!(found(&app, "varda"), [third.id], "a person who came with the film is known");

    app.database.execute(&format!("DELETE FROM products WHERE id = {}", second.id)).await;
    announce(&app, &film_tag(second.id)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [third.id]);

    app.database.execute("UPDATE products SET status = 'active'").await;
    announce(&app, "films:rebuild").await;
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [first.id, third.id]);
}

#[tokio::test]
async fn a_flood_of_tags_is_answered_by_a_rebuild() {
    let app = TestApp::new().await;
    let mut follower = follower(&app);
    follower.catch_up().await.unwrap();
    let film = product().title("Deluge").insert(&mut app.conn().await).await;
    let rows = vec!["('film:999999')"; 2_001].join(", ");
    app.database.execute(&format!("INSERT INTO cache_invalidations (tag) VALUES {rows}")).await;
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(films(&app, &Filters::default()), [film.id], "though its own tag is not among them");
}

#[tokio::test]
async fn behind_a_missing_number_tags_are_seen_however_many_there_are() {
    let app = TestApp::new().await;
    let film = product().title("Before").insert(&mut app.conn().await).await;
    let mut follower = follower(&app);
    follower.catch_up().await.unwrap();
    let newest = app.database.number("SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) FROM cache_invalidations").await;
    // A transaction has this number and is still under way.
    let missing = newest + 1;
    for part in 0..4 {
        let first = missing + 1 + part * 1_500;
        let rows: Vec<_> = (first..first + 1_500).map(|id| format!("({id}, 'film:999999')")).collect();
        app.database.execute(&format!("INSERT INTO cache_invalidations (id, tag) VALUES {}", rows.join(", "))).await;
        follower.catch_up().await.unwrap();
    }
    let rename = |title: &str| {
        format!("UPDATE products SET title_en = '{title}', search_title = LOWER('{title}') WHERE id = {}", film.id)
    };
    app.database.execute(&rename("After")).await;
    announce(&app, &film_tag(film.id)).await;
    follower.catch_up().await.unwrap();
    assert_eq!(found(&app, "after"), [film.id]);
    assert_eq!(app.app.db.changes().as_of(), u64::try_from(newest).ok(), "the missing one may still come");

    app.database.execute(&rename("Late")).await;
    let late = format!("({missing}, '{}')", film_tag(film.id));
    app.database.execute(&format!("INSERT INTO cache_invalidations (id, tag) VALUES {late}")).await;
    follower.catch_up().await.unwrap();
    assert_eq!(found(&app, "late"), [film.id]);
    assert!(app.app.db.changes().as_of() > u64::try_from(missing).ok());
}

#[tokio::test]
async fn what_changes_while_a_rebuild_reads_is_not_lost() {
    let app = TestApp::new().await;
    let film = product().title("Before").genre("drama").insert(&mut app.conn().await).await;
    let mut follower = follower(&app);
    follower.catch_up().await.unwrap();
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    announce(&app, "films:rebuild").await;
    // The rebuild reads the films first, then what they point to: a table that can be held without holding films.
    app.database.execute("CREATE TABLE loose LIKE product_genres").await;
    app.database.execute("RENAME TABLE product_genres TO bound, loose TO product_genres").await;
    let held = app.database.lock_table("product_genres").await;
    let change = async {
        app.database.somebody_waits_for_a_table().await;
        app.database
            .execute(&format!("UPDATE products SET title_en = 'After', search_title = 'after' WHERE id = {}", film.id))
            .await;
        announce(&app, &film_tag(film.id)).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        drop(held);
    };
    tokio::join!(change, async { follower.catch_up().await.unwrap() });
    assert_eq!((found(&app, "after"), found(&app, "before")), (vec![film.id], vec![]));
}

#[tokio::test]
async fn counts_by_value_are_those_of_sql() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    for n in 0..30u16 {
        let genre = ["drama", "war", "comedy"][usize::from(n) % 3];
        let sale = edition(Format::BluRay, 2_000, i32::from(n % 4));
        let film = product().year(1950 + n * 2).genre(genre).with(sale);
        let film = if n % 2 == 0 { film.genre("film-noir").audio("ru") } else { film.studio("Northlight") };
        film.insert(&mut conn).await;
    }
    app.index().await;
    let stocked = Filters { in_stock: true, ..Filters::default() };
    let (listing, counts) = app.app.index.browse(&stocked, Sort::Title, FIRST);
    let in_stock = app.database.number("SELECT COUNT(*) FROM products WHERE in_stock").await;
    assert_eq!(i64::try_from(listing.total).unwrap(), in_stock);
    for genre in &counts.genres {
        let sql = format!(
            "SELECT COUNT(*) FROM products p JOIN product_genres l ON l.product_id = p.id \
             JOIN genres g ON g.id = l.genre_id WHERE p.in_stock AND g.slug = '{}'",
            genre.value
        );
        assert_eq!(i64::try_from(genre.films).unwrap(), app.database.number(&sql).await, "{}", genre.value);
    }
    for decade in &counts.decades {
        let sql = format!("SELECT COUNT(*) FROM products WHERE in_stock AND FLOOR(year / 10) * 10 = {}", decade.value);
        assert_eq!(i64::try_from(decade.films).unwrap(), app.database.number(&sql).await, "{}", decade.value);
    }
}
