//! What search engines are told of.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use marquee::{catalog::ProductStatus, platform::clock};
use resvg::usvg::roxmltree::{Document, Node};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::support::{
    Client, TestApp,
    factory::{category, product},
};

const HOST: &str = "http://shop.test";

/// A `<url>` or `<sitemap>`: its address, its last change, and its alternates by language.
struct Place {
    loc: String,
    changed: Option<OffsetDateTime>,
    alternates: Vec<(String, String)>,
}

async fn places(guest: &Client, path: &str) -> Vec<Place> {
    let answer = guest.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/xml; charset=utf-8"));
    let document = Document::parse(answer.text()).unwrap();
    document.root_element().children().filter(Node::is_element).map(place).collect()
}

fn place(node: Node) -> Place {
    let text = |name| node.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text());
    let links = node.children().filter(|child| child.has_tag_name(("http://www.w3.org/1999/xhtml", "link")));
    let attribute = |link: &Node, name| link.attribute(name).unwrap().to_owned();
    Place {
        loc: text("loc").unwrap().to_owned(),
        changed: text("lastmod").map(|at| OffsetDateTime::parse(at, &Rfc3339).unwrap()),
        alternates: links.map(|link| (attribute(&link, "hreflang"), attribute(&link, "href"))).collect(),
    }
}

fn path(place: &Place) -> &str {
    place.loc.strip_prefix(HOST).unwrap()
}

/// Every address of every file that the index names.
async fn all(guest: &Client) -> Vec<Place> {
    let mut found = Vec::new();
    for file in places(guest, "/sitemap.xml").await {
        let inside = places(guest, path(&file)).await;
        assert!((1..=50_000).contains(&inside.len()), "{}", file.loc);
        assert_eq!(file.changed, inside.iter().filter_map(|place| place.changed).max(), "{}", file.loc);
        found.extend(inside);
    }
    found
}

#[tokio::test]
async fn every_canonical_page_is_there_once_in_every_language_and_answers() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let tomorrow = clock::now() + Duration::days(1);
    let genres = category(&mut conn, "genres", None).await;
    let crime = category(&mut conn, "crime", Some(genres)).await;
    category(&mut conn, "bare", None).await;
    let film = product().slug("m-1931").category(crime).director("Fritz Lang").studio("Nero").genre("crime");
    film.insert(&mut conn).await;
    product().slug("draft").director("Nobody").status(ProductStatus::Draft).insert(&mut conn).await;
    product().slug("gone").studio("Closed").status(ProductStatus::Archived).insert(&mut conn).await;
    product().slug("soon").publish_at(tomorrow).insert(&mut conn).await;
    app.database.execute("UPDATE products SET updated_at = '2026-01-02 03:04:05.6' WHERE slug = 'm-1931'").await;
    app.index().await;
    let guest = app.guest();
    let found = all(&guest).await;
    let addresses: BTreeSet<&str> = found.iter().map(path).collect();
    assert_eq!(addresses.len(), found.len(), "an address stands there twice");
    let pages = ["/pages/about", "/pages/accessibility", "/pages/privacy", "/pages/delivery", "/pages/terms"];
    let lists = ["/", "/films", "/categories/genres", "/categories/crime", "/studios/nero", "/people/fritz-lang"];
    let expected: BTreeSet<String> = ["", "/ru", "/uz"]
        .iter()
        .flat_map(|prefix| {
            pages.iter().chain(&lists).chain(&["/films/m-1931"]).map(move |path| format!("{prefix}{path}"))
        })
        .collect();
    assert_eq!(addresses, expected.iter().map(String::as_str).collect());
    for place in &found {
        let page = guest.get(path(place)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", place.loc);
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [place.loc.as_str()]);
        assert!(page.attributes("meta[name=robots]", "content").is_empty(), "{}", place.loc);
        let named = page.attributes("link[rel=alternate]", "hreflang").into_iter();
        let alternates: Vec<_> = named.zip(page.attributes("link[rel=alternate]", "href")).collect();
        assert_eq!(place.alternates, alternates, "{}", place.loc);
    }
    let changed = Some(time::macros::datetime!(2026-01-02 03:04:05 UTC));
    let shows_films = |place: &&Place| !path(place).contains("/pages/");
    assert!(found.iter().filter(shows_films).all(|place| place.changed == changed));
    let robots = guest.get("/robots.txt").await;
    assert!(robots.text().lines().any(|line| line == "Sitemap: http://shop.test/sitemap.xml"));
}

#[tokio::test]
async fn films_keep_their_file_and_what_is_not_there_is_not_found() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    for (id, slug) in [(1, "first"), (2_499, "last-of-the-first"), (2_500, "second"), (9_000, "fourth")] {
        let film = product().slug(slug).insert(&mut conn).await;
        app.database.execute(&format!("UPDATE products SET id = {id} WHERE id = {}", film.id)).await;
    }
    app.index().await;
    let guest = app.guest();
    let files: Vec<_> = places(&guest, "/sitemap.xml").await.iter().map(|file| path(file).to_owned()).collect();
    assert_eq!(files, ["pages-1", "films-1", "films-2", "films-4"].map(|name| format!("/sitemaps/{name}.xml")));
    assert_eq!(places(&guest, "/sitemaps/films-1.xml").await.len(), 6);
    assert_eq!(guest.get("/sitemaps/films-2.xml").await.statements(), 1);
    for name in ["films-3.xml", "films-0.xml", "pages-2.xml", "people-1.xml", "orders-1.xml", "films-1"] {
        assert_eq!(guest.get(&format!("/sitemaps/{name}")).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    let packed = guest.with_header("accept-encoding", "gzip").get("/sitemaps/films-1.xml").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
}
