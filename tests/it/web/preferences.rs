//! Which mails a customer gets, and the links that end them without signing in.

use axum::http::StatusCode;
use marquee::{
    accounts::preferences::{Kind, unsubscribe_url, wants},
    platform::i18n::Lang,
};

use crate::support::TestApp;

async fn wanted(app: &TestApp, client_id: u64) -> Vec<Kind> {
    let mut wanted = Vec::new();
    for kind in Kind::ALL {
        if wants(&mut app.conn().await, client_id, *kind).await.unwrap() {
            wanted.push(*kind);
        }
    }
    wanted
}

fn link(app: &TestApp, client_id: u64, kind: Kind) -> String {
    let context = app.app.page_context(Lang::Ru, "/", "");
    unsubscribe_url(&context, client_id, kind).strip_prefix("http://shop.test").unwrap().to_owned()
}

#[tokio::test]
async fn customers_choose_which_mails_they_get_and_in_which_language() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    assert_eq!(wanted(&app, id).await, [Kind::ReviewReplies], "the others take a consent");
    let page = nora.get("/account/preferences").await;
    assert_eq!(page.attributes("input[type=checkbox][checked]", "name"), ["review_replies"]);
    assert!(page.text().contains("Mails about your orders") && page.statements() <= 5, "{}", page.statements());
    let chosen = [("news", "on"), ("review_requests", "on"), ("language", "uz")];
    let page = nora.submit("/account/preferences", &chosen).await;
    assert_eq!(page.attributes("input[type=checkbox][checked]", "name"), ["news", "review_requests"]);
    assert_eq!(page.attributes("#language option[selected]", "value"), ["uz"]);
    assert_eq!(wanted(&app, id).await, [Kind::News, Kind::ReviewRequests]);
    nora.post("/account/preferences", &[("review_replies", "on")]).await;
    assert_eq!(wanted(&app, id).await, [Kind::ReviewReplies]);
    let consents = "SELECT COUNT(*) FROM clients WHERE marketing_consent_at IS NOT NULL";
    assert_eq!(app.database.number(consents).await, 0, "nothing that takes it is wanted");
}

#[tokio::test]
async fn the_link_of_a_mail_ends_its_kind_for_whoever_has_it_once_it_is_confirmed() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    nora.post("/account/preferences", &[("news", "on"), ("cart_reminders", "on")]).await;
    let path = link(&app, id, Kind::CartReminders);
    let stranger = app.guest();
    let asked = stranger.get(&path).await;
    assert_eq!((asked.status, asked.texts("form .btn--large").len()), (StatusCode::OK, 1));
    assert_eq!(wanted(&app, id).await, [Kind::News, Kind::CartReminders], "looking changes nothing");
    for _ in 0..2 {
        assert_eq!(stranger.post(&path, &[("List-Unsubscribe", "One-Click")]).await.status, StatusCode::OK);
    }
    assert_eq!(wanted(&app, id).await, [Kind::News]);
    for wrong in ["/mails/x/unsubscribe".to_owned(), path.replace("/mails/", "/mails/A")] {
        assert_eq!(stranger.post(&wrong, &[]).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let nobody = link(&app, id + 1000, Kind::News);
    assert_eq!(stranger.post(&nobody, &[]).await.status, StatusCode::OK, "who is gone wants nothing");
}

#[tokio::test]
async fn a_mail_about_a_review_carries_the_link_for_eyes_and_for_programs() {
    let app = TestApp::new().await;
    let context = app.app.page_context(Lang::Ru, "/", "");
    let mail = marquee::reviews::mails::sample(&context, "review_approved").unwrap().unwrap();
    let link = mail.unsubscribe.unwrap();
    assert!(mail.text.contains(&link) && mail.html.contains(&link));
    let path = link.strip_prefix("http://shop.test").unwrap();
    assert_eq!(app.guest().get(path).await.status, StatusCode::OK);
}
