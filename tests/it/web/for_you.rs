//! Films for one customer: from what they bought, liked and want, each with its reason, and never what they own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use marquee::{
    catalog::Format,
    platform::clock,
    recommendations::{self, Stretch},
};

use crate::support::{
    Answer, Client, Shopper, TestApp,
    factory::{Film, ProductBuilder, product},
};

async fn put(app: &TestApp, film: ProductBuilder) -> Film {
    film.edition(Format::Dvd, 1999, 50).insert(&mut app.conn().await).await
}

async fn recommend(app: &TestApp) {
    let catalogue = recommendations::load(&app.app.db, clock::now()).await.unwrap();
    catalogue.recommend(Stretch::ALL, 2, |_| {}).await.unwrap();
}

/// The films of the page, each with its reason.
fn shown(page: &Answer) -> Vec<(String, String)> {
    page.texts(".related .film__title").into_iter().zip(page.texts(".related .related__why")).collect()
}

fn titles(page: &Answer) -> Vec<String> {
    page.texts(".related .film__title")
}

fn pair(title: &str, reason: &str) -> (String, String) {
    (title.to_owned(), reason.to_owned())
}

async fn page(client: &Client) -> Answer {
    let page = client.get("/account/for-you").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    page
}

/// Asks until the page shows what it must, for a second at most.
async fn seen_within_a_second(client: &Client, is_right: impl Fn(&[String]) -> bool) {
    let start = Instant::now();
    while !is_right(&titles(&page(client).await)) {
        assert!(start.elapsed() < Duration::from_secs(1), "the order is not taken in");
    }
}

/// Two films of each of three directors.
async fn films(app: &TestApp) -> Vec<Film> {
    let mut films = Vec::new();
    for (title, year, director) in [
        ("M", 1931, "Fritz Lang"),
        ("Fury", 1952, "Fritz Lang"),
        ("Heat", 1995, "Michael Mann"),
        ("Thief", 1981, "Michael Mann"),
        ("Alien", 1979, "Ridley Scott"),
        ("Legend", 1985, "Ridley Scott"),
    ] {
        films.push(put(app, product().title(title).year(year).director(director)).await);
    }
    recommend(app).await;
    films
}

#[tokio::test]
async fn films_come_from_orders_stars_and_wishlist_each_with_its_reason() {
    let app = TestApp::new().await;
    let films = films(&app).await;
    let (id, nora) = app.customer("Nora").await;
    assert!(shown(&page(&nora).await).is_empty(), "nothing is known, and nothing sells");
    let shopper = Shopper { client: nora.clone() };
    shopper.order(&[(&films[0].editions[0].sku, 1)]).await;
    nora.post("/account/wishlists/films", &[("slug", &films[4].slug)]).await;
    let review = "INSERT INTO reviews (product_id, client_id, rating, body) VALUES";
    app.database.execute(&format!("{review} ({}, {id}, 4, 'Fine')", films[2].id)).await;
    let for_nora = page(&nora).await;
    let mut films_shown = shown(&for_nora);
    films_shown.sort();
    assert_eq!(
        films_shown[..3],
        [
            pair("Fury", "Because you bought M"),
            pair("Legend", "Because you want Alien"),
            pair("Thief", "Because you liked Heat"),
        ]
    );
    assert!(for_nora.statements() <= 5, "{}", for_nora.statements());
    let account = nora.get("/account").await;
    assert_eq!(titles(&account).len(), films_shown.len(), "they stand on the first page of the account too");
    assert!(account.statements() <= 5, "{}", account.statements());
    app.database.execute("UPDATE reviews SET rating = 3").await;
    assert!(!titles(&page(&nora).await).contains(&"Thief".to_owned()));
    app.database.execute("UPDATE orders SET status = 'cancelled'").await;
    assert!(!titles(&page(&nora).await).contains(&"Fury".to_owned()));
}

#[tokio::test]
async fn whoever_is_new_sees_bestsellers_without_what_they_own() {
    let app = TestApp::new().await;
    let (best, second) = (put(&app, product().title("Best")).await, put(&app, product().title("Second")).await);
    let (_, nora) = app.customer("Nora").await;
    for film in [&best, &second] {
        let units = if film.id == best.id { 3 } else { 1 };
        Shopper::new(&app).order(&[(&film.editions[0].sku, units)]).await;
    }
    app.follow().await;
    assert_eq!(
        shown(&page(&nora).await),
        [("Best", "Others take it home"), ("Second", "Others take it home")].map(|(film, why)| pair(film, why))
    );
    Shopper { client: nora.clone() }.order(&[(&best.editions[0].sku, 1)]).await;
    seen_within_a_second(&nora, |titles| titles == ["Second"]).await;
}

#[tokio::test]
async fn whoever_opts_out_sees_only_what_is_like_their_films() {
    let app = TestApp::new().await;
    let films = films(&app).await;
    let (_, nora) = app.customer("Nora").await;
    Shopper { client: nora.clone() }.order(&[(&films[0].editions[0].sku, 1)]).await;
    let bought = "INSERT INTO recommendations (product_id, kind, other_id, score, reason) VALUES";
    app.database.execute(&format!("{bought} ({}, 'bought', {}, 900, 'bought')", films[0].id, films[5].id)).await;
    assert_eq!(titles(&page(&nora).await)[..2], ["Legend", "Fury"]);
    let chosen = nora.submit("/account/for-you", &[("content_only", "1")]).await;
    assert_eq!(titles(&chosen)[0], "Fury");
    assert!(!titles(&chosen).contains(&"Legend".to_owned()) && chosen.field("content_only") == "0");
    let back = nora.submit("/account/for-you", &[("content_only", "0")]).await;
    assert_eq!(titles(&back)[..2], ["Legend", "Fury"]);
    let door = app.guest().get("/account/for-you").await;
    assert_eq!(door.header("location"), "/account/login?next=%2Faccount%2Ffor-you");
}

#[tokio::test]
async fn the_list_is_kept_until_a_new_order() {
    let app = TestApp::new().await;
    let films = films(&app).await;
    app.follow().await;
    let (id, nora) = app.customer("Nora").await;
    nora.post("/account/wishlists/films", &[("slug", &films[4].slug)]).await;
    let made = page(&nora).await;
    let kept = page(&nora).await;
    assert_eq!(shown(&made), shown(&kept));
    assert_eq!(kept.statements(), made.statements() - 1, "what is recommended is not made anew");
    nora.post("/account/wishlists/films", &[("slug", &films[2].slug)]).await;
    assert_eq!(shown(&page(&nora).await), shown(&kept));
    Shopper { client: nora.clone() }.order(&[(&films[0].editions[0].sku, 1)]).await;
    seen_within_a_second(&nora, |titles| titles.contains(&"Fury".to_owned())).await;
    let deaf = TestApp::on(Arc::clone(&app.database), &[("REDIS_URL", "redis://127.0.0.1:1/")]);
    let there = deaf.signed_in(id, "Nora").await;
    assert!(titles(&page(&there).await).contains(&"Fury".to_owned()), "a node that has not made it yet makes its own");
}
