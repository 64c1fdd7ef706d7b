use std::io::Read;

use axum::http::StatusCode;
use marquee::{
    catalog::{
        Format, ProductStatus,
        posters::{Poster, Rendering},
        queries::{self, FilmRow},
    },
    platform::{clock, i18n::Lang},
};
use time::Duration;

use crate::support::{
    TestApp,
    factory::{Film, product},
};

async fn row(app: &TestApp, film: &Film) -> FilmRow {
    queries::films(&mut app.conn().await, &[film.id]).await.unwrap().remove(0)
}

fn stalker() -> crate::support::factory::ProductBuilder {
    product().title("Stalker").title_ru("Сталкер").year(1979).genre("science-fiction").director("Andrei Tarkovsky")
}

#[tokio::test]
async fn every_rendering_is_immutable_and_made_once() {
    let app = TestApp::new().await;
    let film = stalker().insert(&mut app.conn().await).await;
    let poster = row(&app, &film).await;
    for (rendering, content_type, start) in [
        (Rendering::Svg, "image/svg+xml", &b"<svg "[..]),
        (Rendering::Still, "image/svg+xml", b"<svg "),
        (Rendering::Png, "image/png", b"\x89PNG"),
        (Rendering::Preview, "image/png", b"\x89PNG"),
    ] {
        let path = rendering.path(&film.slug, &poster.poster(Lang::En));
        for statements in [1, 0] {
            let answer = app.guest().get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.statements(), statements, "{path}");
            assert_eq!(answer.header("content-type"), content_type);
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("set-cookie"), "");
            assert!(answer.body.starts_with(start), "{path}");
        }
    }
}

#[tokio::test]
async fn each_language_and_format_has_a_poster_of_its_own() {
    let app = TestApp::new().await;
    let film = stalker().insert(&mut app.conn().await).await;
    let row = row(&app, &film).await;
    let mut drawings = std::collections::BTreeSet::new();
    for (lang, format, label) in [
        (Lang::En, None, "Stalker (1979)"),
        (Lang::Ru, None, "Сталкер (1979)"),
        (Lang::Ru, Some(Format::Dvd), "Сталкер (1979)"),
        (Lang::En, Some(Format::Uhd4k), "Stalker (1979)"),
    ] {
        let path = Rendering::Svg.path(&film.slug, &Poster { format, ..row.poster(lang) });
        let answer = app.guest().get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().contains(label), "{label}");
        drawings.insert(answer.body);
    }
    assert_eq!(drawings.len(), 4);
}

#[tokio::test]
async fn drawings_are_compressed_for_those_who_can_read_it() {
    let app = TestApp::new().await;
    let film = stalker().insert(&mut app.conn().await).await;
    let path = Rendering::Svg.path(&film.slug, &row(&app, &film).await.poster(Lang::En));
    let plain = app.guest().get(&path).await;
    let compressed = app.guest().with_header("accept-encoding", "gzip, br").get(&path).await;
    assert_eq!((plain.header("content-encoding"), compressed.header("content-encoding")), ("", "gzip"));
    assert_eq!((plain.header("vary"), compressed.header("vary")), ("accept-encoding", "accept-encoding"));
    assert!(compressed.body.len() < plain.body.len() / 2);
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(&compressed.body[..]).read_to_end(&mut content).unwrap();
    assert_eq!(content, plain.body);
}

#[tokio::test]
async fn an_address_of_the_past_leads_to_the_present_one_for_a_while() {
    let app = TestApp::new().await;
    let film = stalker().insert(&mut app.conn().await).await;
    let past = Rendering::Png.path(&film.slug, &row(&app, &film).await.poster(Lang::En));
    assert_eq!(app.guest().get(&past).await.status, StatusCode::OK);
    app.database.execute("UPDATE products SET slug = 'stalker-1979', poster_take = 3").await;
    let history = "INSERT INTO slug_history (kind, slug, target_id) SELECT 'product', 'stalker', id FROM products";
    app.database.execute(history).await;
    let present = Rendering::Png.path("stalker-1979", &row(&app, &film).await.poster(Lang::En));
    let other_node = TestApp::on(app.database.clone(), &[]);
    for stale in [past.as_str(), "/media/posters/stalker-1979-0123456789abcdef.png", "/media/posters/stalker-x.png"] {
        let answer = other_node.guest().get(stale).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{stale}");
        assert_eq!(answer.header("location"), present);
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        assert_eq!(answer.statements(), 1);
    }
    assert_eq!(other_node.guest().get(&present).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_nobody_may_see_has_no_poster() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let tomorrow = clock::now() + Duration::days(1);
    for (film, expected) in [
        (stalker().status(ProductStatus::Draft).slug("draft").insert(&mut conn).await, StatusCode::NOT_FOUND),
        (stalker().publish_at(tomorrow).slug("announced").insert(&mut conn).await, StatusCode::NOT_FOUND),
        (stalker().status(ProductStatus::Archived).slug("archived").insert(&mut conn).await, StatusCode::OK),
    ] {
        let path = Rendering::Svg.path(&film.slug, &row(&app, &film).await.poster(Lang::En));
        assert_eq!(app.guest().get(&path).await.status, expected, "{path}");
    }
    for path in [
        "/media/posters/nobody-1999-0123456789abcdef.svg",
        "/media/posters/archived.svg",
        "/media/posters/archived-0123456789abcdef.jpg",
        "/media/posters/archived-0123456789abcdef",
        "/media/stills/archived-0123456789abcdef.png",
        "/media/og/%D1%8F-0123456789abcdef.png",
        "/media/og/%00-.png",
    ] {
        assert_eq!(app.guest().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn many_who_ask_at_once_get_the_same_picture() {
    let app = TestApp::new().await;
    let film = stalker().insert(&mut app.conn().await).await;
    let path = Rendering::Preview.path(&film.slug, &row(&app, &film).await.poster(Lang::Ru));
    let asked = (0..8).map(|_| {
        let (guest, path) = (app.guest(), path.clone());
        tokio::spawn(async move { guest.get(&path).await })
    });
    let mut bodies = std::collections::BTreeSet::new();
    for answer in futures_util::future::join_all(asked).await {
        let answer = answer.unwrap();
        assert_eq!(answer.status, StatusCode::OK);
        bodies.insert(answer.body);
    }
    assert_eq!(bodies.len(), 1);
}
