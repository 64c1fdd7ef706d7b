//! Sale and publish times are followed, by one node at a time.

use marquee::{
    catalog::{
        Format, film_tag, queries,
        schedule::{Tick, tick},
    },
    platform::{clock, db::Conn, migrations},
};
use time::{Duration, macros::datetime};

use crate::support::{
    TestApp,
    factory::{edition, product},
};

async fn price(conn: &mut Conn, id: u64) -> (Option<i64>, bool) {
    let film = queries::films(conn, &[id]).await.unwrap().remove(0);
    (film.price_min_minor, film.on_sale)
}

async fn touched(app: &TestApp, id: u64) -> i64 {
    app.database.number(&format!("SELECT COUNT(*) FROM cache_invalidations WHERE tag = '{}'", film_tag(id))).await
}

#[tokio::test]
async fn a_sale_begins_and_ends_by_itself() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let start = clock::now() + Duration::hours(1);
    let end = start + Duration::hours(1);
    let sale = edition(Format::Dvd, 1999, 5).sale(999, Some(start), Some(end));
    let id = product().with(sale).insert(&mut conn).await.id;
    let other = product().edition(Format::Dvd, 500, 5).insert(&mut conn).await.id;
    let minute = Duration::minutes(1);
    let db = &app.app.db;
    assert_eq!(tick(db, start - minute).await.unwrap(), Tick::Done(0));
    assert_eq!(price(&mut conn, id).await, (Some(1999), false));
    assert_eq!(tick(db, start).await.unwrap(), Tick::Done(1));
    assert_eq!((price(&mut conn, id).await, touched(&app, id).await), ((Some(999), true), 1));
    assert_eq!(tick(db, end + minute * 3).await.unwrap(), Tick::Done(1));
    assert_eq!((price(&mut conn, id).await, touched(&app, id).await), ((Some(1999), false), 2));
    assert_eq!(tick(db, end + minute * 10).await.unwrap(), Tick::Done(0));
    assert_eq!(touched(&app, other).await, 0, "nothing happened to it");
}

#[tokio::test]
async fn a_published_film_is_announced() {
    let app = TestApp::new().await;
    let at = clock::now() + Duration::hours(1);
    let film = product().publish_at(at).unpublish_at(at + Duration::hours(1));
    let id = film.edition(Format::Dvd, 500, 5).insert(&mut app.conn().await).await.id;
    for (now, announced) in [(at - Duration::minutes(1), 0), (at, 1), (at + Duration::hours(1), 2)] {
        tick(&app.app.db, now).await.unwrap();
        assert_eq!(touched(&app, id).await, announced);
    }
}

#[tokio::test]
async fn a_node_that_starts_mends_what_passed_unseen() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let sale = edition(Format::Dvd, 1999, 5).sale(999, None, Some(clock::now() + Duration::hours(1)));
    let id = product().with(sale).insert(&mut conn).await.id;
    assert_eq!(price(&mut conn, id).await, (Some(999), true));
    let days_later = clock::now() + Duration::days(3);
    assert_eq!(tick(&app.app.db, days_later).await.unwrap(), Tick::Done(1));
    assert_eq!(price(&mut conn, id).await, (Some(1999), false));
    assert_eq!(tick(&app.app.db, days_later).await.unwrap(), Tick::Done(0), "nothing is left to do");
}

#[tokio::test]
async fn what_passed_while_the_shop_was_closed_is_announced_when_it_opens() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let closed = clock::now();
    let film = product().publish_at(closed + Duration::hours(1)).edition(Format::Dvd, 500, 5);
    let film = film.insert(&mut conn).await.id;
    let sale = edition(Format::Dvd, 1999, 5).sale(999, Some(closed + Duration::days(1)), None);
    let in_a_sale = product().with(sale).insert(&mut conn).await.id;
    tick(&app.app.db, closed).await.unwrap();
    assert_eq!(tick(&app.app.db, closed + Duration::days(3)).await.unwrap(), Tick::Done(2));
    assert_eq!((touched(&app, film).await, touched(&app, in_a_sale).await), (1, 1));
    assert_eq!(price(&mut conn, in_a_sale).await, (Some(999), true));
}

#[tokio::test]
async fn an_upgrade_looks_on_from_the_last_change_of_a_product() {
    let app = TestApp::new().await;
    product().edition(Format::Dvd, 500, 5).insert(&mut app.conn().await).await;
    app.database.execute("UPDATE products SET updated_at = '2026-01-02 03:04:05'").await;
    app.database.execute("DELETE FROM clock_looks").await;
    app.database.execute("DELETE FROM _sqlx_migrations WHERE version = 20261126040201").await;
    assert_eq!(migrations::run(&app.database.url).await.unwrap(), 1);
    assert_eq!(queries::seen_until(&mut app.conn().await).await.unwrap(), datetime!(2026-01-02 03:04:05 UTC));
}

#[tokio::test]
async fn what_a_clock_that_was_ahead_took_for_past_is_taken_back() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let now = clock::now();
    let sale = edition(Format::Dvd, 1999, 5).sale(999, Some(now + Duration::hours(1)), None);
    let id = product().with(sale).insert(&mut conn).await.id;
    tick(&app.app.db, now + Duration::days(1)).await.unwrap();
    assert_eq!(price(&mut conn, id).await, (Some(999), true));
    assert_eq!(tick(&app.app.db, now).await.unwrap(), Tick::Done(1));
    assert_eq!(price(&mut conn, id).await, (Some(1999), false));
}

#[tokio::test]
async fn one_node_at_a_time_follows_the_clock() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let start = clock::now() + Duration::hours(1);
    let id = product().with(edition(Format::Dvd, 1999, 5).sale(999, Some(start), None)).insert(&mut conn).await.id;

    assert!(conn.try_named_lock("schedule").await.unwrap());
    assert_eq!(tick(&app.app.db, start).await.unwrap(), Tick::Busy);
    assert_eq!(price(&mut conn, id).await, (Some(1999), false), "the other node is at it");
    conn.release_named_lock("schedule").await.unwrap();

    let other = TestApp::on(app.database.clone(), &[]);
    let (one, two) = tokio::join!(tick(&app.app.db, start), tick(&other.app.db, start));
    // Whoever comes after the other finds it once more, as the clocks of nodes differ.
    let both = [one.unwrap(), two.unwrap()];
    assert!(both.contains(&Tick::Done(1)) && !both.contains(&Tick::Done(0)), "{both:?}");
    assert_eq!(price(&mut conn, id).await, (Some(999), true));
    assert!(conn.try_named_lock("schedule").await.unwrap(), "both have given it back");
}

#[tokio::test]
async fn times_that_pass_while_the_database_is_away_are_caught_up() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let start = clock::now() + Duration::hours(1);
    let id = product().with(edition(Format::Dvd, 1999, 5).sale(999, Some(start), None)).insert(&mut conn).await.id;
    let db = &app.app.db;
    tick(db, start - Duration::hours(1)).await.unwrap();
    app.database.execute("RENAME TABLE products TO away").await;
    assert!(tick(db, start + Duration::hours(1)).await.is_err());
    app.database.execute("RENAME TABLE away TO products").await;
    assert_eq!(tick(db, start + Duration::hours(2)).await.unwrap(), Tick::Done(1));
    assert_eq!(price(&mut conn, id).await, (Some(999), true));
}
