//! The home page.

use axum::http::StatusCode;
use marquee::{catalog::Format, platform::clock};
use time::Duration;

use crate::support::{
    TestApp,
    factory::{edition, product},
};

#[tokio::test]
async fn an_empty_shop_is_open() {
    let app = TestApp::new().await;
    app.index().await;
    let guest = app.guest();
    for path in ["/", "/ru", "/uz"] {
        let page = guest.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!((page.texts("h1").len(), page.texts(".film").len()), (1, 0));
        assert_eq!(page.statements(), 0);
    }
    assert!(guest.get("/").await.text().contains("The shelves are still empty"));
}

#[tokio::test]
async fn shelves_show_what_is_new_sells_best_and_is_cheaper() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let now = clock::now();
    let film = |title: &str| product().title(title).edition(Format::Dvd, 1999, 9);
    let gone = product().title("Sold out").sold_count(99).created_at(now).edition(Format::Dvd, 1999, 0);
    gone.insert(&mut conn).await;
    film("Best").sold_count(50).created_at(now - Duration::days(9)).insert(&mut conn).await;
    film("New").sold_count(1).created_at(now - Duration::days(1)).genre("drama").insert(&mut conn).await;
    let cheap = product().title("Cheap").created_at(now - Duration::days(8));
    cheap.with(edition(Format::Dvd, 1999, 9).sale(999, None, None)).insert(&mut conn).await;
    film("Featured")
        .created_at(now - Duration::days(7))
        .runtime_min(100)
        .director("Kira")
        .featured()
        .insert(&mut conn)
        .await;
    film("Unpublished").publish_at(now + Duration::hours(1)).insert(&mut conn).await;
    app.index().await;

    let page = app.guest().get("/ru").await;
    let shelf = |id: &str| page.texts(&format!("[aria-labelledby={id}] .film__title"));
    assert_eq!(shelf("new"), ["New", "Featured", "Cheap", "Best", "Sold out"], "sold out stands behind what is there");
    assert_eq!(shelf("best")[..2], ["Best", "New"]);
    assert_eq!(shelf("best").last().unwrap(), "Sold out");
    assert_eq!(shelf("on-sale"), ["Cheap"]);
    assert_eq!(page.texts("#hero-title"), ["Featured"]);
    assert_eq!(page.attributes("#hero-title", "lang"), ["en"], "there is no Russian title");
    assert_eq!(page.texts(".hero__credits"), ["Kira · 1999 · 100 минут"]);
    assert_eq!(page.texts(".hero .btn")[0], "DVD, 19,99\u{a0}$".replace('\u{a0}', " "));
    assert_eq!(page.attributes(".genre-wall a", "href"), ["/ru/films?genre=drama"]);
    assert!(!page.text().contains("Unpublished"));
    assert_eq!(page.statements(), 3);
}

#[tokio::test]
async fn a_film_that_sells_out_falls_behind() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let first = product().title("First").sold_count(9).edition(Format::Dvd, 999, 1).insert(&mut conn).await;
    product().title("Second").edition(Format::Dvd, 999, 9).insert(&mut conn).await;
    app.index().await;
    let chart = async || app.guest().get("/").await.texts("[aria-labelledby=best] .film__title");
    assert_eq!(chart().await, ["First", "Second"]);
    app.database.execute("UPDATE editions SET stock = 0 WHERE sku LIKE 'FIRST%'").await;
    let mut tx = app.app.db.begin().await.unwrap();
    marquee::catalog::queries::refresh_products(&mut tx, &[first.id], clock::now()).await.unwrap();
    tx.touch(marquee::catalog::film_tag(first.id));
    tx.commit().await.unwrap();
    app.index().await;
    assert_eq!(chart().await, ["Second", "First"]);
}

#[tokio::test]
async fn the_page_costs_the_same_for_many_films() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    for n in 0..30 {
        product()
            .sold_count(n)
            .featured()
            .with(edition(Format::Dvd, 1999, 9).sale(999, None, None))
            .insert(&mut conn)
            .await;
    }
    app.index().await;
    let page = app.guest().get("/").await;
    assert_eq!((page.statements(), page.texts("#new").len()), (3, 1));
    assert_eq!(page.texts("[aria-labelledby=new] .film").len(), 7);
}
