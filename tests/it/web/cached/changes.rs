//! What was changed is seen, by every node and within a second.

use std::{sync::Arc, time::Duration};

use marquee::{
    catalog::{Format, actions},
    platform::clock,
};

use super::{KEPT, matrix, seen_within_a_second, set_price, shop, shows};
use crate::support::{
    Proxy, TestApp, TestDatabase,
    factory::{Film, product},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_through_one_node_is_seen_on_the_other_within_a_second() {
    let one = shop().await;
    let film = matrix(&one).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    one.follow().await;
    other.follow().await;
    for change in 0..40 {
        let (price, text) = (1_000 + change, format!("${}.{:02}", 10 + change / 100, change % 100));
        set_price(&one, &film, price).await;
        for path in ["/films/the-matrix-1999", "/films", "/"] {
            tokio::join!(seen_within_a_second(&other, path, &text), seen_within_a_second(&one, path, &text));
        }
    }
}

#[tokio::test]
async fn what_another_process_committed_before_it_died_is_seen_all_the_same() {
    let app = shop().await;
    let film = matrix(&app).await;
    app.follow().await;
    assert!(shows(&app.guest().get("/films/the-matrix-1999").await, "$19.99"));
    set_price_in_silence(&app.database, &film, 777).await;
    seen_within_a_second(&app, "/films/the-matrix-1999", "$7.77").await;
}

#[tokio::test]
async fn a_node_that_starts_takes_true_pages_from_redis_and_leaves_old_ones() {
    let one = shop().await;
    let film = matrix(&one).await;
    product().title("Other").slug("other").edition(Format::Dvd, 999, 5).insert(&mut one.conn().await).await;
    one.follow().await;
    for path in ["/films/the-matrix-1999", "/pages/about"] {
        one.guest().get(path).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    set_price(&one, &film, 1234).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    other.follow().await;
    let kept = other.guest().get("/pages/about").await;
    assert_eq!((kept.cache(), other.app.pages.counters().from_redis), ("hit", 1));
    assert!(shows(&other.guest().get("/films/the-matrix-1999").await, "$12.34"));
}

#[tokio::test]
async fn a_sale_leaves_the_lists_that_do_not_show_the_film() {
    let app = shop().await;
    let film = matrix(&app).await;
    product().title("Other").genre("drama").edition(Format::Dvd, 999, 5).insert(&mut app.conn().await).await;
    app.follow().await;
    let lists = ["/films?genre=drama", "/films"];
    for path in lists {
        app.guest().get(path).await;
    }
    let mut tx = app.app.db.begin().await.unwrap();
    let sale =
        actions::Adjustment { delta: -1, reason: marquee::catalog::StockReason::Damage, actor: "test", note: "" };
    actions::adjust_stock(&mut tx, film.editions[0].id, sale, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    let changes = app.app.db.changes();
    let before = changes.as_of();
    while changes.as_of() == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(app.guest().get(lists[0]).await.cache(), "hit", "49 of 50 left: nothing that it shows");
    assert_eq!(app.guest().get(lists[1]).await.cache(), "miss");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_nothing_is_vouched_for() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("DATABASE_URL", &wire.url)]);
    app.follow().await;
    app.guest().get("/films").await;
    assert_eq!(app.guest().get("/films").await.cache(), "hit");
    wire.cut();
    while app.app.pages.is_open() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(app.guest().get("/films").await.cache(), "off");
    wire.mend();
    let back = tokio::time::timeout(Duration::from_secs(5), async {
        while app.guest().get("/films").await.cache() != "hit" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    back.await.expect("pages are kept again");
}

/// What another process commits that dies before it tells anybody.
async fn set_price_in_silence(database: &TestDatabase, film: &Film, price_minor: i64) {
    for statement in [
        format!("UPDATE editions SET price_minor = {price_minor} WHERE product_id = {}", film.id),
        format!("INSERT INTO cache_invalidations (tag) VALUES ('film:{}')", film.id),
    ] {
        database.execute(&statement).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_told_of_is_seen_in_time_while_others_tell_of_much() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("DATABASE_URL", &wire.url)]);
    let film = matrix(&app).await;
    app.follow().await;
    // A look at the announcements takes long enough for a long breath after it.
    wire.slow(Duration::from_millis(30));
    let changes = Arc::clone(app.app.db.changes());
    let others = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(460)).await;
            changes.announced();
        }
    });
    for turn in 0..8 {
        tokio::time::sleep(Duration::from_millis(61 * turn)).await;
        set_price_in_silence(&database, &film, 7_700 + i64::try_from(turn).unwrap()).await;
        seen_within_a_second(&app, "/films/the-matrix-1999", &format!("$77.0{turn}")).await;
    }
    others.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_hangs_is_not_vouched_for_either() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let app = TestApp::on(Arc::clone(&database), &[KEPT, ("DATABASE_URL", &wire.url)]);
    app.follow().await;
    app.guest().get("/films").await;
    assert_eq!(app.guest().get("/films").await.cache(), "hit");
    wire.slow(Duration::from_secs(3));
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(!app.app.pages.is_open(), "nobody has looked at the announcements for a second");
    wire.slow(Duration::ZERO);
    let back = tokio::time::timeout(Duration::from_secs(10), async {
        while app.guest().get("/films").await.cache() != "hit" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    back.await.expect("pages are kept again");
}

#[tokio::test]
async fn while_the_index_is_rebuilt_pages_are_kept_and_changes_are_seen() {
    let app = shop().await;
    let film = matrix(&app).await;
    app.follow().await;
    // So many films with new words that the index is better built anew.
    let films: Vec<_> = (0..5_001).map(|n| format!("('film-{n}', 2000, 'Film {n}', 'film {n}', '')")).collect();
    let columns = "slug, year, title_en, search_title, search_text";
    app.database.execute(&format!("INSERT INTO products ({columns}) VALUES {}", films.join(", "))).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let held = app.database.lock_table("people").await;
    for ids in app.database.texts("SELECT CAST(id AS CHAR) FROM products").await.chunks(1_700) {
        let tags: Vec<_> = ids.iter().map(|id| format!("('film:{id}')")).collect();
        app.database.execute(&format!("INSERT INTO cache_invalidations (tag) VALUES {}", tags.join(", "))).await;
        app.catch_up().await;
    }
    assert!(app.app.index.is_worn());
    app.database.somebody_waits_for_a_table().await;

    let about = app.guest().get("/pages/about").await;
    assert_eq!(about.cache(), "miss");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(app.guest().get("/pages/about").await.cache(), "hit", "changes are looked for");
    app.database.execute(&format!("UPDATE products SET title_en = 'Reloaded' WHERE id = {}", film.id)).await;
    app.database.execute(&format!("INSERT INTO cache_invalidations (tag) VALUES ('film:{}')", film.id)).await;
    app.catch_up().await;
    assert!(app.guest().get("/films").await.text().contains("Reloaded"));

    drop(held);
    while app.app.index.is_worn() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for path in ["/pages/about", "/films"] {
        assert_eq!(app.guest().get(path).await.cache(), "hit", "{path} is as true as before");
    }
    assert!(app.guest().get("/films").await.text().contains("Reloaded"));
}
