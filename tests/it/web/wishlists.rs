//! Wishlists: private until they are shared, and nobody else's to change.

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::catalog::Format;

use crate::support::{
    Client, TestApp,
    factory::{Film, product},
};

async fn film(app: &TestApp, title: &str, stock: i32) -> Film {
    product().title(title).edition(Format::Dvd, 999, stock).insert(&mut app.conn().await).await
}

async fn save(client: &Client, film: &Film) -> StatusCode {
    client.post("/account/wishlists/films", &[("slug", &film.slug)]).await.status
}

/// The path of the list that the customer has without a name.
async fn own_list(app: &TestApp, client_id: u64) -> String {
    let id = format!("SELECT CAST(id AS SIGNED) FROM wishlists WHERE is_default AND client_id = {client_id}");
    format!("/account/wishlists/{}", app.database.number(&id).await)
}

#[tokio::test]
async fn a_film_is_saved_once_stays_when_it_is_sold_out_and_moves_to_the_cart() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    assert_eq!(nora.get("/account/wishlists").await.texts(".empty h2").len(), 1);
    let (kept, gone) = (film(&app, "Kept", 3).await, film(&app, "Gone", 0).await);
    for film in [&kept, &gone, &kept] {
        assert_eq!(save(&nora, film).await, StatusCode::SEE_OTHER);
    }
    let page = nora.get("/account/wishlists").await;
    assert_eq!(page.texts("h3"), ["Gone", "Kept"]);
    assert!(page.statements() <= 5, "{} statements", page.statements());
    let list = own_list(&app, id).await;
    let to_cart = |film: &Film| format!("{list}/films/{}/cart", film.id);
    assert!(!page.attributes("form", "action").contains(&to_cart(&gone)), "nothing to move");
    let refused = nora.submit(&to_cart(&gone), &[("format", "dvd")]).await;
    assert!(refused.text().contains("It stays on the list"));
    let moved = nora.submit(&to_cart(&kept), &[("format", "dvd")]).await;
    assert_eq!(moved.texts("h3"), ["Gone"]);
    assert_eq!(nora.get("/cart").await.texts(".line__title"), ["Kept"]);
    let empty = nora.submit(&format!("{list}/films/{}/remove", gone.id), &[]).await;
    assert!(empty.texts("h3").is_empty());
}

#[tokio::test]
async fn whoever_has_the_link_sees_the_films_until_it_is_withdrawn() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    let film = film(&app, "Solaris", 3).await;
    save(&nora, &film).await;
    let list = own_list(&app, id).await;
    let page = nora.submit(&format!("{list}/share"), &[("shared", "1")]).await;
    let link = page.attributes(".break a", "href").remove(0);
    let path = link.strip_prefix("http://shop.test").unwrap();
    let seen = app.guest().get(path).await;
    assert_eq!((seen.status, seen.texts("h3")), (StatusCode::OK, vec!["Solaris".to_owned()]));
    assert!(!seen.text().contains("Nora") && seen.text().contains("noindex"));
    nora.submit(&format!("{list}/share"), &[("shared", "0")]).await;
    assert_eq!(app.guest().get(path).await.status, StatusCode::NOT_FOUND);
    for wrong in ["/wishlists/x", "/wishlists/ключ"] {
        assert_eq!(app.guest().get(wrong).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn nobody_else_sees_or_changes_a_list() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    let (_, other) = app.customer("Other").await;
    let film = film(&app, "Solaris", 3).await;
    save(&nora, &film).await;
    let list = own_list(&app, id).await;
    let of_film = format!("{list}/films/{}", film.id);
    assert_eq!(other.get(&list).await.status, StatusCode::NOT_FOUND);
    for (path, fields) in [
        (format!("{list}/share"), [("shared", "1")]),
        (format!("{list}/delete"), [("", "")]),
        (format!("{of_film}/remove"), [("", "")]),
        (format!("{of_film}/cart"), [("format", "dvd")]),
    ] {
        assert_eq!(other.post(&path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let number = list.rsplit('/').next().unwrap();
    let added = other.post("/account/wishlists/films", &[("slug", &film.slug), ("list", number)]).await;
    assert_eq!(added.status, StatusCode::NOT_FOUND);
    assert_eq!(nora.get(&list).await.texts("h3"), ["Solaris"]);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM wishlists WHERE share_token IS NOT NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_ten_lists_with_names_however_many_are_made_at_once() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    let names: Vec<String> = (0..14).map(|n| format!("List {n}")).collect();
    let answers =
        join_all(names.iter().map(|name| async { nora.post("/account/wishlists", &[("name", name)]).await.status }))
            .await;
    assert_eq!(answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 10, "{answers:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM wishlists WHERE NOT is_default").await, 10);
    let refused = nora.post("/account/wishlists", &[("name", "<One more>")]).await;
    assert_eq!((refused.status, refused.field("name")), (StatusCode::UNPROCESSABLE_ENTITY, "<One more>".to_owned()));
    for name in ["", &"x".repeat(61)] {
        assert_eq!(nora.post("/account/wishlists", &[("name", name)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let first = app.database.number("SELECT CAST(MIN(id) AS SIGNED) FROM wishlists WHERE NOT is_default").await;
    let gone = nora.post(&format!("/account/wishlists/{first}/delete"), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let own = own_list(&app, id).await;
    assert_eq!(nora.post(&format!("{own}/delete"), &[]).await.status, StatusCode::NOT_FOUND, "everybody has it");
}
