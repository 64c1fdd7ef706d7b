//! Notices to the shop's own people.

use serde_json::json;

use super::{JOBS, SENT, bought, later, number_of, shop_with};
use crate::support::{MailPeer, TelegramPeer, TestApp};

async fn shop(peer: &MailPeer, telegram: &TelegramPeer) -> TestApp {
    let vars = [
        ("MARQUEE_STAFF_EMAIL", "desk@films.example, owner@films.example"),
        ("MARQUEE_TELEGRAM_TOKEN", "123:abc"),
        ("MARQUEE_TELEGRAM_CHAT", "-100"),
        ("MARQUEE_TELEGRAM_URL", telegram.url.as_str()),
    ];
    shop_with(&peer.url(), &vars).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shops_people_are_told_what_they_need_and_markup_stays_text() {
    let (peer, telegram) = (MailPeer::running(&json!({})), TelegramPeer::start(&[]).await);
    let app = shop(&peer, &telegram).await;
    let (shopper, link) = bought(&app, &[("name", "<b>Nora</b>"), ("note", "A & B_*[x](y)")]).await;
    app.work().await;
    let total = shopper.client.get(&link).await.texts(".totals dd.grand").remove(0);

    let calls = telegram.received();
    assert_eq!(calls.len(), 1);
    let (path, body) = &calls[0];
    assert_eq!(path, "bot123:abc/sendMessage");
    assert_eq!((&body["chat_id"], &body["parse_mode"]), (&json!("-100"), &json!("HTML")));
    let text = body["text"].as_str().unwrap();
    for part in [
        number_of(&link),
        "&#60;b&#62;Nora&#60;/b&#62; Byrne",
        "A &#38; B_*[x](y)",
        "+998901234567",
        "14 Meridian Row",
        "Cash on delivery",
        "Not paid yet",
        "Mirror",
        &total,
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(text.matches('<').count(), 2, "only our own tags: {text}");

    let received = peer.received();
    let notices: Vec<_> = received.iter().filter(|mail| mail.to[0].ends_with("@films.example")).collect();
    assert_eq!((received.len(), notices.len()), (3, 2), "the customer's mail and one for each of the shop's people");
    for notice in notices {
        assert_eq!(notice.subject, format!("New order {}", number_of(&link)));
        assert!(notice.text.contains("<b>Nora</b> Byrne") && notice.html.contains("&#60;b&#62;Nora"));
        assert!(notice.text.contains(&total) && notice.defects.is_empty());
    }
    assert_eq!(app.database.number(SENT).await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_is_asked_again_when_that_may_help_and_given_up_when_not() {
    let (peer, telegram) = (MailPeer::running(&json!({})), TelegramPeer::start(&[429, 500, 200, 400]).await);
    let app = shop(&peer, &telegram).await;
    let by_telegram = "SELECT CONCAT_WS('|', status, last_error) FROM messages WHERE channel = 'telegram' \
                       ORDER BY id DESC LIMIT 1";
    bought(&app, &[]).await;
    app.work().await;
    assert_eq!(app.database.text(by_telegram).await, "failed|Telegram answered 429: answered 429");
    later(&app).await;
    assert_eq!(app.database.text(by_telegram).await, "failed|Telegram answered 500: answered 500");
    later(&app).await;
    assert_eq!(app.database.text(by_telegram).await, "sent");

    let mails = peer.received().len();
    bought(&app, &[]).await;
    app.work().await;
    assert_eq!(app.database.text(by_telegram).await, "parked|Telegram answered 400: answered 400");
    assert_eq!(app.database.number(JOBS).await, 0);
    let received = peer.received();
    let alerts = received[mails..].iter().filter(|mail| mail.subject == "A message could not be delivered").count();
    assert_eq!(alerts, 2, "both of the shop's people hear of it by mail");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_where_nobody_can_be_reached() {
    let peer = MailPeer::running(&json!({}));
    let app = super::shop(&peer).await;
    bought(&app, &[]).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages").await, 1, "the customer's mail alone");
}
