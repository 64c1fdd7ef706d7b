//! What is written of messages, and what that costs.

use std::sync::Arc;

use marquee::{
    messages::{Channel, NewMessage, actions::queue},
    platform::{db::Meter, i18n::Lang},
};
use serde_json::json;

use super::{bought_in, told};
use crate::support::{Shopper, TestApp, factory::product};

fn message(key: &str) -> NewMessage {
    NewMessage {
        dedupe_key: key.to_owned(),
        channel: Channel::Email,
        template: "order_placed",
        to: "nora@example.com".to_owned(),
        language: Lang::En,
        order_id: None,
        payload: json!({}),
    }
}

/// Statements that queueing so many messages takes.
async fn cost_of(app: &TestApp, messages: &[NewMessage]) -> u32 {
    let meter = Arc::<Meter>::default();
    let mut tx = app.app.db.metered(Arc::clone(&meter)).begin().await.unwrap();
    queue(&mut tx, messages).await.unwrap();
    tx.commit().await.unwrap();
    meter.statements()
}

#[tokio::test]
async fn an_order_with_its_messages_costs_at_most_a_third_more_statements() {
    let vars = [
        ("MARQUEE_STAFF_EMAIL", "desk@films.example"),
        ("MARQUEE_TELEGRAM_TOKEN", "123:abc"),
        ("MARQUEE_TELEGRAM_CHAT", "-100"),
    ];
    let app = TestApp::with(&vars).await;
    let film = product().edition(marquee::catalog::Format::Dvd, 999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let placed = shopper.buy().await;
    assert_eq!(placed.status, 303);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages").await, 3, "customer, desk and chat");
    let cost = cost_of(&app, &[message("a"), message("b"), message("c")]).await;
    assert_eq!(cost, 2, "one for the ledger, one for the jobs");
    let (with, without) = (placed.statements(), placed.statements() - cost);
    assert!(with * 10 <= without * 13, "{with} with messages, {without} without");
}

#[tokio::test]
async fn a_key_is_used_once_and_what_is_rolled_back_was_never_queued() {
    let app = TestApp::new().await;
    assert_eq!(cost_of(&app, &[]).await, 0);
    cost_of(&app, &[message("a"), message("b")]).await;
    cost_of(&app, &[message("b"), message("c")]).await;
    let mut tx = app.app.db.begin().await.unwrap();
    queue(&mut tx, &[message("d")]).await.unwrap();
    drop(tx);
    for table in ["messages", "jobs"] {
        assert_eq!(app.database.number(&format!("SELECT COUNT(*) FROM {table}")).await, 3, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_an_order_tells_of_its_mails_in_its_language() {
    let app = super::shop_with("", &[]).await;
    for (prefix, heading, waiting, mailed, lost) in [
        ("", "Mails", "waiting to be sent", "we mailed you on", "could not be delivered to nora@example.com"),
        ("/ru", "Письма", "ждёт отправки", "письмо отправлено", "не удалось доставить на nora@example.com"),
        ("/uz", "Xatlar", "kutmoqda", "xat yuborildi", "nora@example.com manziliga yetkazib"),
    ] {
        let (shopper, link) = bought_in(&app, prefix, 1).await;
        let page = shopper.client.get(&link).await;
        assert!(
            page.texts("h2").iter().any(|text| text == heading) && told(&page).contains(waiting),
            "{}",
            told(&page)
        );
        app.work().await;
        let page = shopper.client.get(&link).await;
        assert!(told(&page).contains(mailed), "{}", told(&page));
        let mailed_at = app.database.text("SELECT CAST(MAX(sent_at) AS CHAR) FROM messages").await;
        assert!(!mailed_at.is_empty());
        app.database.execute("UPDATE messages SET status = 'parked'").await;
        assert!(told(&shopper.client.get(&link).await).contains(lost));
    }
}
