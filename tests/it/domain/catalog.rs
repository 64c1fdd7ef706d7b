//! Changes of the catalogue.

use marquee::catalog::{Format, queries};

use crate::support::{
    TestApp,
    factory::{category, edition, product},
};

#[tokio::test]
async fn films_are_made() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let drama = category(&mut conn, "drama", None).await;
    let film = product()
        .title("M")
        .category(drama)
        .genre("crime")
        .director("Fritz Lang")
        .cast("Peter Lorre")
        .studio("Nero-Film")
        .audio("de")
        .subtitles("en")
        .edition(Format::Dvd, 1999, 0)
        .with(edition(Format::BluRay, 2999, 3).sale(1499, None, None))
        .insert(&mut conn)
        .await;
    let row = queries::films(&mut conn, &[film.id]).await.unwrap().remove(0);
    assert_eq!((row.slug.as_str(), row.price_min_minor, row.price_max_minor), ("m", Some(1499), Some(1999)));
    assert!(row.in_stock && row.on_sale);
}
