//! What its reader wants no more between the time when a mail is queued and the time when it goes out.

use marquee::{
    messages::{Channel, NewMessage, actions::queue},
    platform::i18n::Lang,
    shop::mails::{context, sample, templates},
};
use serde_json::json;

use crate::support::TestApp;

/// Queues a mail of this template to a customer, as its feature would.
async fn queue_mail(app: &TestApp, template: &'static str, client_id: u64) {
    let payload = json!({
        "client_id": client_id, "order_id": 1, "product_id": 1, "held": [], "until": 0, "alert_id": 1, "edition_id": 1,
    });
    let mail = NewMessage {
        dedupe_key: format!("test:{template}"),
        channel: Channel::Email,
        template,
        to: "nora@example.com".to_owned(),
        language: Lang::En,
        order_id: None,
        payload,
    };
    let mut tx = app.app.db.begin().await.unwrap();
    queue(&mut tx, &[mail]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_mail_that_was_switched_off_after_it_was_queued_does_not_go_out() {
    let app = TestApp::new().await;
    let (client_id, _) = app.customer("Nora").await;
    app.database.execute("UPDATE clients SET marketing_consent_at = NOW()").await;
    let mut count = 0;
    for template in templates() {
        let sample = sample(&context(&app.app, Lang::En), template, Channel::Email).unwrap().unwrap();
        // Nobody waits for a film: whoever did has taken the request back.
        if sample.unsubscribe.is_some() {
            queue_mail(&app, template, client_id).await;
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
    for kind in ["cart_reminders", "review_requests", "review_replies"] {
        let unwanted = format!("INSERT INTO unwanted_mails (client_id, kind) VALUES ({client_id}, '{kind}')");
        app.database.execute(&unwanted).await;
    }
    app.work().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM kept_messages").await, 0);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE status = 'dropped'").await, count);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 0, "nothing is tried again");
}
