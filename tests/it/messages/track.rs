//! `/orders/track`: the link goes to the address of the order, and nobody learns whether there is one.

use axum::http::StatusCode;
use serde_json::json;

use super::{bought, number_of, shop, shop_with};
use crate::support::{Client, MailPeer};

async fn ask(guest: &Client, number: &str, email: &str) -> crate::support::Answer {
    guest.post("/orders/track", &[("number", number), ("email", email)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_goes_to_the_address_of_the_order_and_the_answer_tells_nothing() {
    let peer = MailPeer::running(&json!({}));
    let app = shop(&peer).await;
    let (_, link) = bought(&app, &[]).await;
    app.work().await;
    let number = number_of(&link);
    let guest = app.guest();
    assert_eq!(guest.get("/orders/track").await.status, StatusCode::OK);

    let right = ask(&guest, &number.to_lowercase().replace('-', " "), "Nora@Example.com").await;
    let wrong_email = ask(&guest, number, "eve@example.com").await;
    let wrong_number = ask(&guest, "MQ-22222222", "nora@example.com").await;
    for answer in [&right, &wrong_email, &wrong_number] {
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/orders/track"));
        assert_eq!(answer.statements(), right.statements(), "the same work");
        assert_eq!(answer.body, right.body);
    }
    let cookie = |answer: &crate::support::Answer| answer.header("set-cookie").split('.').next().unwrap().to_owned();
    assert_eq!(cookie(&right), cookie(&wrong_email), "the same words");
    let page = guest.get("/orders/track").await;
    assert!(page.text().contains("If there is such an order"));

    let before = peer.received().len();
    app.work().await;
    let received = peer.received();
    assert_eq!(received.len(), before + 1, "one mail for three questions");
    let mail = received.last().unwrap();
    assert_eq!(mail.to, ["nora@example.com"]);
    assert_eq!(mail.subject, format!("The link to your order {number}"));
    assert!(mail.text.lines().any(|line| line == format!("http://shop.test{link}")));
    assert_eq!(guest.get(&link).await.status, StatusCode::OK);
    assert_eq!(app.database.number(super::JOBS).await, 0);

    ask(&guest, number, "nora@example.com").await;
    app.work().await;
    assert_eq!(peer.received().len(), before + 1, "nobody's mailbox is filled by asking often");
}

#[tokio::test]
async fn what_cannot_be_an_order_comes_back_with_what_to_mend() {
    let app = shop_with("", &[]).await;
    let guest = app.guest();
    for (number, email, errors) in
        [("", "", 2), ("MQ-1", "nora@example.com", 1), ("MQ-22222222", "<nora>", 1), ("ключ", "nora@example.com", 1)]
    {
        let answer = ask(&guest, number, email).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number} {email}");
        assert_eq!(answer.texts(".error-summary li").len(), errors, "{number} {email}");
        assert_eq!((answer.field("number"), answer.field("email")), (number.to_owned(), email.to_owned()));
    }
    assert_eq!(app.database.number(super::JOBS).await, 0);
}

#[tokio::test]
async fn an_address_asks_five_times_an_hour() {
    let app = shop_with("", &[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let guest = app.guest();
    let mut statuses = Vec::new();
    for number in 2..8 {
        statuses.push(ask(&guest, &format!("MQ-2222222{number}"), "nora@example.com").await.status.as_u16());
    }
    assert_eq!(statuses, [303, 303, 303, 303, 303, 429]);
}

#[tokio::test]
async fn the_way_there_stands_where_people_look() {
    let app = shop_with("", &[]).await;
    for path in ["/cart", "/ru/orders/track", "/orders/MQ-22222222?t=x"] {
        let page = app.guest().with_header("accept", "text/html").get(path).await;
        let prefix = if path.starts_with("/ru") { "/ru" } else { "" };
        let links = page.attributes("footer a", "href");
        assert!(links.contains(&format!("{prefix}/orders/track")), "{path}: {links:?}");
    }
}
