//! The desk at which reviews are read.

use axum::http::StatusCode;
use marquee::{
    personnel::Role,
    platform::clock,
    reviews::{Draft, actions},
};

use crate::support::{
    Answer, Client, TestApp,
    factory::{Film, client, product},
};

struct Desk {
    app: TestApp,
    film: Film,
    moderator: Client,
}

async fn desk() -> Desk {
    let app = TestApp::new().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    let moderator = app.employee(&[Role::Moderator]).await;
    Desk { app, film, moderator }
}

impl Desk {
    /// A review by somebody new; its author and number.
    async fn written(&self, body: &str) -> (u64, u64) {
        let author = client(&mut self.app.conn().await, "Nora").await;
        let written = actions::write(&self.app.app.db, author, self.film.id, &draft(4, body), clock::now()).await;
        (author, written.unwrap().unwrap())
    }

    async fn edited(&self, (author, id): (u64, u64), rating: u8, body: &str) {
        assert!(actions::edit(&self.app.app.db, author, id, &draft(rating, body), clock::now()).await.unwrap());
    }

    /// Sends the form of the page with this button.
    async fn press(&self, page: &Answer, action: &str, extra: &[(&str, &str)]) -> Answer {
        let names = page.attributes("main input[name^=version]", "name");
        let values = page.attributes("main input[name^=version]", "value");
        let mut fields: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
        let back = page.field("back");
        fields.push(("back", &back));
        fields.extend_from_slice(extra);
        self.moderator.post(action, &fields).await
    }

    async fn status(&self, id: u64) -> String {
        self.app.database.text(&format!("SELECT status FROM reviews WHERE id = {id}")).await
    }
}

fn draft(rating: u8, body: &str) -> Draft {
    Draft { rating, title: "A title".to_owned(), body: body.to_owned(), has_spoiler: false }
}

#[tokio::test]
async fn what_waits_longest_is_read_first_and_goes_when_it_is_decided() {
    let desk = desk().await;
    let (_, first) = desk.written("The first <b>of them</b>.").await;
    let (_, second) = desk.written("The second of them.").await;
    let page = desk.moderator.get("/admin/reviews").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.statements() <= 10, "{}", page.statements());
    assert_eq!(page.texts(".mod__text"), ["The first <b>of them</b>.", "The second of them."]);
    assert_eq!(page.texts(".chip")[0], "New 2");

    let answer = desk.press(&page, &format!("/admin/reviews/{first}/approve"), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/admin/reviews"));
    assert!(desk.app.guest().get(&format!("/films/{}", desk.film.slug)).await.text().contains("The first"));
    let rejected = desk.press(&page, &format!("/admin/reviews/{second}/reject"), &[("reason", "insult")]).await;
    assert_eq!(rejected.status, StatusCode::SEE_OTHER);
    assert_eq!((desk.status(first).await, desk.status(second).await), ("approved".into(), "rejected".into()));
    assert!(desk.moderator.get("/admin/reviews").await.text().contains("Nothing is here."));
    let rejected = desk.moderator.get("/admin/reviews?status=rejected").await;
    assert!(rejected.text().contains("It insults somebody"));
    let entries = desk
        .app
        .database
        .texts(
            "SELECT CONCAT_WS(' ', action, JSON_UNQUOTE(JSON_EXTRACT(`before`, '$.status')), \
         JSON_UNQUOTE(JSON_EXTRACT(`after`, '$.status'))) FROM audit_log WHERE object LIKE 'review:%' ORDER BY id",
        )
        .await;
    assert_eq!(entries, ["review.approve pending approved", "review.reject pending rejected"]);
}

#[tokio::test]
async fn an_edit_is_shown_word_by_word_beside_what_was_approved() {
    let desk = desk().await;
    let review = desk.written("A good film here.").await;
    let page = desk.moderator.get("/admin/reviews").await;
    desk.press(&page, &format!("/admin/reviews/{}/approve", review.1), &[]).await;
    desk.edited(review, 1, "A bad film here.").await;
    let page = desk.moderator.get("/admin/reviews?status=edited").await;
    assert_eq!((page.texts(".mod__text del"), page.texts(".mod__text ins")), (vec!["good".into()], vec!["bad".into()]));
    assert!(page.text().contains("Was: 4 out of 5"));
    desk.press(&page, &format!("/admin/reviews/{}/approve", review.1), &[]).await;
    assert_eq!(desk.app.database.texts("SELECT body FROM reviews").await, ["A bad film here."]);
}

#[tokio::test]
async fn who_comes_second_is_told_and_sees_the_review_as_it_is() {
    let desk = desk().await;
    let review = desk.written("A good film here.").await;
    let page = desk.moderator.get("/admin/reviews").await;
    let approve = format!("/admin/reviews/{}/approve", review.1);
    assert_eq!(desk.press(&page, &approve, &[]).await.status, StatusCode::SEE_OTHER);
    let second = desk.press(&page, &format!("/admin/reviews/{}/reject", review.1), &[("reason", "insult")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text().contains("Somebody else was first") && second.text().contains("A good film here."));
    assert_eq!(desk.status(review.1).await, "approved");

    desk.edited(review, 5, "Nobody has read this.").await;
    assert_eq!(desk.press(&second, &approve, &[]).await.status, StatusCode::CONFLICT, "another text was read");
    assert_eq!(desk.moderator.get("/admin/reviews/999999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn many_are_decided_at_once_and_those_that_changed_are_left_alone() {
    let desk = desk().await;
    let mut reviews = Vec::new();
    for n in 0..4 {
        reviews.push(desk.written(&format!("Review number {n}.")).await);
    }
    let page = desk.moderator.get("/admin/reviews").await;
    desk.edited(reviews[0], 1, "Buy cheap codes here.").await;
    let picks: Vec<String> = reviews[..3].iter().map(|(_, id)| id.to_string()).collect();
    let mut fields: Vec<(&str, &str)> = picks.iter().map(|id| ("pick", id.as_str())).collect();
    fields.push(("bulk", "approve"));
    let answer = desk.press(&page, "/admin/reviews/bulk", &fields).await;
    let told = desk.moderator.get(answer.header("location")).await;
    assert!(told.text().contains("2 reviews decided. 1 had changed meanwhile"), "{:?}", told.texts(".notice"));
    let statuses = desk.app.database.texts("SELECT status FROM reviews ORDER BY id").await;
    assert_eq!(statuses, ["pending", "approved", "approved", "pending"]);
    let none = desk.press(&page, "/admin/reviews/bulk", &[("bulk", "reject"), ("reason", "advert")]).await;
    assert!(desk.moderator.get(none.header("location")).await.text().contains("Select some reviews first."));
}

#[tokio::test]
async fn a_review_is_answered_featured_and_marked_as_giving_the_story_away() {
    let desk = desk().await;
    let (_, id) = desk.written("The murderer is the gardener.").await;
    let path = format!("/admin/reviews/{id}");
    let spoiler = format!("spoiler-{id}");
    let page = desk.moderator.get(&path).await;
    assert!(page.texts("textarea").is_empty(), "nobody would see an answer");
    desk.press(&page, &format!("{path}/approve"), &[(&spoiler, "on")]).await;
    let page = desk.moderator.get(&path).await;
    let empty = desk.press(&page, &format!("{path}/reply"), &[("reply", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.press(&page, &format!("{path}/reply"), &[("reply", "We should not have <asked>.")]).await;
    let page = desk.moderator.get(&path).await;
    desk.press(&page, &format!("{path}/feature"), &[("featured", "1")]).await;
    let public = desk.app.guest().get(&format!("/films/{}", desk.film.slug)).await;
    assert_eq!(public.texts("details.review__spoiler").len(), 1);
    assert_eq!(public.texts(".review__reply p")[1], "We should not have <asked>.");
    assert_eq!(public.texts(".review__meta .tag"), ["Featured"]);
}

#[tokio::test]
async fn a_long_queue_is_leafed_through() {
    let desk = desk().await;
    for n in 0..27 {
        desk.written(&format!("Review number {n}.")).await;
    }
    let first = desk.moderator.get("/admin/reviews").await;
    assert_eq!(first.texts(".mod__text").len(), 25);
    let second = desk.moderator.get(&first.attributes("a[rel=next]", "href")[0]).await;
    assert_eq!(second.texts(".mod__text"), ["Review number 25.", "Review number 26."]);
    assert!(second.attributes("a[rel=next]", "href").is_empty());
}
