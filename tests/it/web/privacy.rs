//! What customers are told of their data.

use axum::http::StatusCode;
use marquee::maintenance::{Personal, RETENTION};

use crate::support::TestApp;

#[tokio::test]
async fn customers_read_what_is_kept_and_until_when_in_their_language() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    let page = nora.get("/account/data").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "private, no-store"));
    assert!(page.statements() <= 5, "{}", page.statements());
    let personal = RETENTION.iter().filter(|of| of.personal.is_some()).count();
    let rows = page.texts("section[aria-labelledby=time] tr");
    assert_eq!(rows.len(), personal, "{rows:?}");
    let mail = RETENTION.iter().find(|of| of.personal == Some(Personal::Mail)).unwrap();
    let days = format!("{} days after it was sent", mail.longest().whole_days());
    assert!(rows.iter().any(|row| row.contains(&days)), "{rows:?}");
    assert_eq!(page.texts(".account-nav [aria-current]"), ["Your data"]);
    assert!(nora.get("/ru/account/data").await.text().contains("Корзина браузера без входа"));
    assert!(nora.get("/uz/account/data").await.text().contains("Kirmagan brauzerning savati"));
    let sent_away = app.guest().get("/account/data").await;
    assert_eq!(sent_away.header("location"), "/account/login?next=%2Faccount%2Fdata");
}
