//! What customers write, and what they say of what others have written.

use axum::http::StatusCode;
use marquee::{
    audit::Author,
    platform::clock,
    reviews::{
        Draft,
        actions::{self, Decision, Moderator, Read},
    },
};

use crate::support::{
    Client, TestApp,
    factory::{Film, client, product},
};

const TEXT: &str = "Fritz Lang at his best.";

async fn shop() -> (TestApp, Film) {
    shop_with(&[]).await
}

async fn shop_with(vars: &[(&str, &str)]) -> (TestApp, Film) {
    let app = TestApp::with(vars).await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    (app, film)
}

/// Somebody new who is signed in.
async fn customer(app: &TestApp, name: &str) -> (u64, Client) {
    let id = client(&mut app.conn().await, name).await;
    (id, app.signed_in(id, name).await)
}

fn form<'a>(rating: &'a str, body: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("rating", rating), ("title", "A title"), ("body", body)]
}

async fn approve(app: &TestApp, id: u64) {
    let version = app.database.number(&format!("SELECT CAST(version AS SIGNED) FROM reviews WHERE id = {id}")).await;
    let read = Read { id, version: version.try_into().unwrap() };
    let author = Author::system("staff:1");
    let by = Moderator { staff_id: 1, author: &author, now: clock::now() };
    actions::decide(&app.app.db, read, Decision::Approve { is_spoiler: false }, by).await.unwrap();
}

/// A review by somebody else that everybody sees.
async fn shown(app: &TestApp, film: &Film) -> u64 {
    let author = client(&mut app.conn().await, "Marta").await;
    let draft = Draft { rating: 5, title: String::new(), body: TEXT.to_owned(), has_spoiler: false };
    let id = actions::write(&app.app.db, author, film.id, &draft, clock::now()).await.unwrap().unwrap();
    approve(app, id).await;
    id
}

#[tokio::test]
async fn a_review_is_written_seen_by_its_author_alone_and_changed() {
    let (app, film) = shop().await;
    let (_, nora) = customer(&app, "Nora").await;
    let page = format!("/films/{}", film.slug);
    assert!(nora.get(&page).await.text().contains(&format!("{page}/reviews/new")));
    assert_eq!(nora.get(&format!("{page}/reviews/new")).await.status, StatusCode::OK);

    let done = nora.submit(&format!("{page}/reviews"), &form("4", TEXT)).await;
    assert!(done.text().contains("We read your review"), "a word of what happens now");
    assert!(done.text().contains("Waits to be read by us."));
    assert!(!app.guest().get(&page).await.text().contains("Waits to be read"));
    assert!(!app.guest().get(&format!("{page}/reviews")).await.text().contains(TEXT));
    let own = nora.get("/account/reviews").await;
    assert!(own.text().contains(TEXT) && own.statements() <= 5, "{}", own.statements());

    let again = nora.post(&format!("{page}/reviews"), &form("2", "Another one of mine.")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let edit = again.attributes("main form", "action").remove(0);
    assert!(again.text().contains("Another one of mine."), "what was typed is not lost");
    assert_eq!(nora.get(&format!("{page}/reviews/new")).await.header("location"), edit);
    assert!(nora.get(&edit).await.text().contains(TEXT));
    nora.submit(&edit, &form("2", "Another one of mine.")).await;
    assert_eq!(app.database.texts("SELECT body FROM reviews").await, ["Another one of mine."]);

    let delete = edit.replace("/edit", "/delete");
    let gone = nora.submit(&delete, &[]).await;
    assert!(gone.text().contains("Your review is deleted."));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM reviews").await, 0);
}

#[tokio::test]
async fn what_breaks_the_rules_comes_back_with_what_was_typed() {
    let (app, film) = shop().await;
    let (_, nora) = customer(&app, "Nora").await;
    let wrong = nora.post(&format!("/films/{}/reviews", film.slug), &form("9", "Short <b>")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attributes(".error-summary a", "href"), ["#rating", "#body"]);
    assert_eq!(wrong.texts("textarea"), ["Short <b>"]);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM reviews").await, 0);
}

#[tokio::test]
async fn only_who_may_writes_and_only_their_own() {
    let (app, film) = shop().await;
    let path = format!("/films/{}/reviews", film.slug);
    let stranger = app.guest().post(&path, &form("4", TEXT)).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    assert!(stranger.header("location").starts_with("/account/login"));

    let (id, nora) = customer(&app, "Nora").await;
    app.database.execute(&format!("UPDATE clients SET email_verified_at = NULL WHERE id = {id}")).await;
    let unconfirmed = nora.post(&path, &form("4", TEXT)).await;
    assert_eq!(unconfirmed.status, StatusCode::FORBIDDEN);
    assert!(unconfirmed.text().contains("Confirm your email address first") && unconfirmed.text().contains(TEXT));

    let review = shown(&app, &film).await;
    for (what, fields) in [("edit", form("1", "Not mine, changed.")), ("delete", Vec::new())] {
        let answer = nora.post(&format!("/reviews/{review}/{what}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(nora.get(&format!("/reviews/{review}/edit")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.database.texts("SELECT body FROM reviews").await, [TEXT]);
}

#[tokio::test]
async fn readers_vote_and_complain() {
    let (app, film) = shop().await;
    let review = shown(&app, &film).await;
    let (_, nora) = customer(&app, "Nora").await;
    let back = format!("/films/{}/reviews?page=1#review-{review}", film.slug);
    let vote = |way: &'static str, next: String| {
        let nora = nora.clone();
        async move { nora.post(&format!("/reviews/{review}/vote"), &[("vote", way), ("next", &next)]).await }
    };
    assert_eq!(vote("up", back.clone()).await.header("location"), back);
    assert_eq!(app.database.number("SELECT CAST(helpful_up AS SIGNED) FROM reviews").await, 1);
    let elsewhere = vote("down", "https://evil.example/".to_owned()).await;
    assert_eq!(elsewhere.header("location"), format!("/films/{}/reviews", film.slug));
    assert_eq!(app.database.number("SELECT CAST(helpful_up AS SIGNED) FROM reviews").await, 0);
    assert_eq!(vote("sideways", back.clone()).await.status, StatusCode::BAD_REQUEST);

    let complained = nora.submit(&format!("/reviews/{review}/report"), &[("reason", "insult"), ("next", &back)]).await;
    assert!(complained.text().contains("we read it again"));
    assert_eq!(app.database.texts("SELECT reason FROM review_reports").await, ["insult"]);
}

#[tokio::test]
async fn an_account_writes_five_reviews_an_hour() {
    let (app, _) = shop_with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let (_, nora) = customer(&app, "Nora").await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let film = product().insert(&mut app.conn().await).await;
        statuses.push(nora.post(&format!("/films/{}/reviews", film.slug), &form("4", TEXT)).await.status);
    }
    assert_eq!(statuses[4..], [StatusCode::SEE_OTHER, StatusCode::TOO_MANY_REQUESTS]);
}

#[tokio::test]
async fn a_shop_may_hear_its_buyers_only() {
    let (mut app, film) = shop().await;
    let mut settings = (*app.app.settings).clone();
    settings.reviews_by_buyers_only = true;
    app.app.settings = settings.into();
    let (_, nora) = customer(&app, "Nora").await;
    let refused = nora.post(&format!("/films/{}/reviews", film.slug), &form("4", TEXT)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let form = nora.get(&format!("/films/{}/reviews/new", film.slug)).await;
    assert!(form.text().contains("Only those who have bought this film") && form.texts("textarea").is_empty());
}
