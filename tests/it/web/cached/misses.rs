//! Pages that are not kept yet: made once for all who miss them, and never so many that the others have no place.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use futures_util::future::join_all;

use marquee::catalog::Format;

use super::{KEPT, matrix, shop};
use crate::support::{Proxy, TestApp, TestDatabase, factory::product};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_sixty_who_miss_a_page_at_once_one_makes_it() {
    let one = shop().await;
    matrix(&one).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT]);
    one.follow().await;
    other.follow().await;
    let asked = (0..60).map(|turn| {
        let guest = if turn % 2 == 0 { one.guest() } else { other.guest() };
        async move { guest.get("/films/the-matrix-1999").await }
    });
    let answers = join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK && answer.body == answers[0].body));
    let made = |app: &TestApp| app.app.pages.counters().made;
    assert_eq!(made(&one) + made(&other), 1);
}

#[tokio::test]
async fn a_crawl_of_endless_addresses_pushes_nothing_hot_out() {
    let app = TestApp::with(&[KEPT, ("MARQUEE_CACHE_L1_MB", "1"), ("REDIS_URL", "redis://127.0.0.1:1/")]).await;
    matrix(&app).await;
    app.follow().await;
    app.guest().get("/films").await;
    for turn in 0..600 {
        app.guest().get(&format!("/films?year_min={}&price_max={}", 1900 + turn % 100, 10 + turn)).await;
        if turn % 10 == 0 {
            assert_eq!(app.guest().get("/films").await.cache(), "hit", "after {turn} others");
        }
    }
    let kept = app.app.pages.counters();
    assert!(kept.pages > 1 && kept.bytes <= 1 << 20, "{kept:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_who_miss_a_page_of_a_slow_database_one_makes_it() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let node = || TestApp::on(Arc::clone(&database), &[KEPT, ("DATABASE_URL", &wire.url)]);
    let (one, other) = (node(), node());
    matrix(&one).await;
    one.follow().await;
    other.follow().await;
    wire.slow(Duration::from_millis(30));
    let asked = (0..200).map(|turn| {
        let guest = if turn % 2 == 0 { one.guest() } else { other.guest() };
        async move { guest.get("/films/the-matrix-1999").await }
    });
    let answers = join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK && answer.body == answers[0].body));
    let asked_database = answers.iter().filter(|answer| answer.statements() > 0).count();
    assert_eq!(asked_database, 1, "everybody else waits for the one who does");
}

#[tokio::test]
async fn names_that_nobody_has_are_no_pages_of_their_own() {
    let app = shop().await;
    product().title("Heat").genre("drama").edition(Format::Dvd, 999, 5).insert(&mut app.conn().await).await;
    app.follow().await;
    app.guest().get("/films").await;
    app.guest().get("/search?q=heat").await;
    for turn in 0..20 {
        let path =
            format!("/films?genre=g{turn}&studio=s{turn}&person=p{turn}&audio=a{turn}&subtitles=t{turn}&age=x{turn}");
        assert_eq!(app.guest().get(&path).await.cache(), "hit", "{path}");
        assert_eq!(app.guest().get(&format!("/search?q=heat&genre=g{turn}")).await.cache(), "hit");
    }
    assert_eq!(app.guest().get("/films?genre=drama").await.cache(), "miss", "that one is known");
    tokio::time::sleep(Duration::from_millis(200)).await;
    let (pages, _) = app.app.pages.shared().size().await.unwrap();
    assert_eq!(pages, 2, "Redis keeps the two lists, however many names are made up");
}
