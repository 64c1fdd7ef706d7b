//! The films that somebody looked at last.

use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{
    TestApp,
    factory::{Film, product},
};

async fn films(app: &TestApp, count: usize) -> Vec<Film> {
    let mut conn = app.conn().await;
    let mut films = Vec::new();
    for n in 0..count {
        films.push(product().title(&format!("Seen {n}")).edition(Format::Dvd, 999, 5).insert(&mut conn).await);
    }
    films
}

#[tokio::test]
async fn a_guest_sees_the_last_twelve_films_below_the_cart_and_can_forget_them() {
    let app = TestApp::new().await;
    let films = films(&app, 14).await;
    let guest = app.guest();
    assert!(guest.get("/cart").await.texts("#recent").is_empty());
    for film in films.iter().chain(&films[3..4]) {
        let answer = guest.post("/recent", &[("slug", &film.slug)]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
    }
    app.database.execute(&format!("UPDATE products SET status = 'archived' WHERE id = {}", films[5].id)).await;
    let cart = guest.get("/cart").await;
    let titles = cart.texts("section[aria-labelledby=recent] h3");
    assert_eq!(titles.len(), 11, "the last twelve, without the one that is not shown any more");
    assert_eq!(titles[..3], ["Seen 3", "Seen 13", "Seen 12"]);
    assert!(cart.statements() <= 2, "{} statements", cart.statements());

    let forgotten = guest.submit("/recent", &[("clear", "1"), ("next", "/cart")]).await;
    assert!(forgotten.texts("#recent").is_empty() && forgotten.text().contains("Forgotten."));
    assert_eq!(guest.cookie("recent"), None);
}

#[tokio::test]
async fn only_what_the_shop_shows_and_wrote_itself_counts() {
    let app = TestApp::new().await;
    films(&app, 1).await;
    let guest = app.guest();
    for slug in ["no-such-film-1999", "фильм", ""] {
        assert_eq!(guest.post("/recent", &[("slug", slug)]).await.status, StatusCode::NOT_FOUND, "{slug}");
    }
    guest.set_cookie("recent", "MQ.made-up");
    assert!(guest.get("/cart").await.texts("#recent").is_empty());
    let answer = guest.post("/recent", &[("clear", "1"), ("next", "https://elsewhere.example/")]).await;
    assert_eq!(answer.header("location"), "/cart");
}

#[tokio::test]
async fn what_a_guest_saw_becomes_the_customers() {
    let app = TestApp::new().await;
    let films = films(&app, 14).await;
    let (_, nora) = app.customer("Nora").await;
    for film in &films[..11] {
        nora.post("/recent", &[("slug", &film.slug)]).await;
    }
    let guest = app.guest();
    guest.post("/recent", &[("slug", &films[11].slug)]).await;
    guest.post("/recent", &[("slug", &films[0].slug)]).await;
    nora.set_cookie("recent", &guest.cookie("recent").unwrap());
    let titles = |cart: crate::support::Answer| cart.texts("section[aria-labelledby=recent] h3");
    let shown = titles(nora.get("/cart").await);
    assert_eq!((shown.len(), &shown[..3]), (12, &["Seen 0", "Seen 11", "Seen 10"].map(str::to_owned)[..]));
    nora.post("/recent", &[("slug", &films[12].slug)]).await;
    assert_eq!(nora.cookie("recent"), None, "it is kept with the customer now");
    let account = nora.get("/account").await;
    assert!(account.statements() <= 5, "{}", account.statements());
    assert_eq!(titles(account)[..2], ["Seen 12", "Seen 0"]);
    let shown = titles(nora.get("/cart").await);
    assert_eq!((shown.len(), &shown[..3]), (12, &["Seen 12", "Seen 0", "Seen 11"].map(str::to_owned)[..]));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recently_viewed").await, 12, "no more are kept");
    nora.post("/recent", &[("clear", "1")]).await;
    assert!(titles(nora.get("/cart").await).is_empty());
}

#[tokio::test]
async fn signing_in_brings_along_what_was_seen() {
    let app = TestApp::new().await;
    let films = films(&app, 2).await;
    let (id, _) = app.customer("Nora").await;
    let hash = app.app.passwords.hash("a line from a film").await.unwrap();
    app.database.execute(&format!("UPDATE clients SET email = 'nora@shop.test', password_hash = '{hash}'")).await;
    let guest = app.guest();
    for film in &films {
        guest.post("/recent", &[("slug", &film.slug)]).await;
    }
    let fields = [("login", "nora@shop.test"), ("password", "a line from a film"), ("next", "/cart")];
    let cart = guest.submit("/account/login", &fields).await;
    assert_eq!(cart.texts("section[aria-labelledby=recent] h3"), ["Seen 1", "Seen 0"]);
    assert_eq!(guest.cookie("recent"), None);
    let kept = format!("SELECT COUNT(*) FROM recently_viewed WHERE client_id = {id}");
    assert_eq!(app.database.number(&kept).await, 2);
}
