//! Featured reviews on the kept home page: who comes next sees what was decided.

use std::time::{Duration, Instant};

use marquee::{
    audit::Author,
    platform::clock,
    reviews::{
        Draft, Reason,
        actions::{self, Decision, Moderator, Read},
    },
};

use super::shop;
use crate::support::{
    TestApp,
    factory::{Film, client, product},
};

/// A review that others see, of somebody new: its id and its author's.
async fn review(app: &TestApp, film: &Film, body: &str) -> (u64, u64) {
    let author = client(&mut app.conn().await, "Nora").await;
    let draft =
        Draft { rating: 4, title: "Title".to_owned(), body: body.to_owned(), has_spoiler: body.contains("gardener") };
    let id = actions::write(&app.app.db, author, film.id, &draft, clock::now()).await.unwrap().unwrap();
    decide(app, id, Decision::Approve { is_spoiler: false }).await;
    (id, author)
}

async fn read(app: &TestApp, id: u64) -> Read {
    let version = app.database.number(&format!("SELECT CAST(version AS SIGNED) FROM reviews WHERE id = {id}")).await;
    Read { id, version: version.try_into().unwrap() }
}

async fn decide(app: &TestApp, id: u64, decision: Decision) {
    let by = Moderator { staff_id: 1, author: &Author::system("staff:1"), now: clock::now() };
    actions::decide(&app.app.db, read(app, id).await, decision, by).await.unwrap();
}

async fn feature(app: &TestApp, id: u64, is_featured: bool) {
    let by = Moderator { staff_id: 1, author: &Author::system("staff:1"), now: clock::now() };
    actions::feature(&app.app.db, read(app, id).await, is_featured, by).await.unwrap();
}

/// Asks for the kept home page until it shows these reviews, for a second at most.
async fn seen(app: &TestApp, expected: &[&str]) {
    let start = Instant::now();
    loop {
        let shown = app.guest().get("/").await.texts(".pick blockquote p:last-child");
        if shown == expected {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(1), "{shown:?} instead of {expected:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn what_is_decided_about_a_featured_review_is_seen_by_the_next_visitor() {
    let app = shop().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    app.follow().await;
    let (first, author) = review(&app, &film, "Two tired men talk.").await;
    seen(&app, &[]).await;
    feature(&app, first, true).await;
    seen(&app, &["Two tired men talk."]).await;
    let page = app.guest().get("/").await;
    assert_eq!((page.texts(".pick h3"), page.texts(".pick__who")), (vec!["M".to_owned()], vec!["Nora B.".to_owned()]));
    assert_eq!(page.attributes(".pick a", "href"), [format!("/films/{}#reviews", film.slug)]);
    feature(&app, first, false).await;
    seen(&app, &[]).await;

    feature(&app, first, true).await;
    let edit = Draft { rating: 4, title: String::new(), body: "They drink coffee.".to_owned(), has_spoiler: false };
    actions::edit(&app.app.db, author, first, &edit, clock::now()).await.unwrap();
    seen(&app, &["Two tired men talk."]).await;
    decide(&app, first, Decision::Approve { is_spoiler: false }).await;
    seen(&app, &["They drink coffee."]).await;
    decide(&app, first, Decision::Reject(Reason::Other)).await;
    seen(&app, &[]).await;
}

#[tokio::test]
async fn a_film_has_one_place_and_nothing_is_given_away() {
    let app = shop().await;
    let mut conn = app.conn().await;
    let (one, other) = (product().insert(&mut conn).await, product().insert(&mut conn).await);
    app.follow().await;
    let mut ids = Vec::new();
    for (film, body) in [
        (&one, "The first of two."),
        (&one, "The second of two."),
        (&other, "Of another one."),
        (&other, "It is the gardener."),
    ] {
        ids.push(review(&app, film, body).await);
        feature(&app, ids.last().unwrap().0, true).await;
    }
    seen(&app, &["Of another one.", "The second of two."]).await;
    app.database.execute(&format!("UPDATE clients SET anonymized_at = NOW() WHERE id = {}", ids[1].1)).await;
    actions::delete(&app.app.db, ids[2].1, ids[2].0, clock::now()).await.unwrap();
    seen(&app, &["The second of two."]).await;
    assert_ne!(app.guest().get("/").await.texts(".pick__who"), ["Nora B."], "they have left");
}
