//! `marquee messages list|resend`

use serde_json::json;

use super::{bought, later, shop};
use crate::{cli::marquee, support::MailPeer};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_are_listed_and_sent_again_but_not_at_once() {
    let mut peer = MailPeer::stopped();
    let app = shop(&peer).await;
    bought(&app, &[]).await;
    app.work().await;
    for _ in 2..=5 {
        later(&app).await;
    }
    let listed = marquee(&app.database, &["messages", "list", "--status", "parked"]);
    assert!(listed.is_success && listed.said.len() == 2, "{:?}", listed.said);
    for word in ["order_placed", "parked", "nora@example.com", "the mail server failed in greeting"] {
        assert!(listed.said[1].contains(word), "{word}: {}", listed.said[1]);
    }
    assert_eq!(marquee(&app.database, &["messages", "list", "--status", "sent"]).said.len(), 1);

    let early = resend(&app.database, 1);
    assert!(early.contains("ten minutes"), "{early}");
    pass_time(&app.database).await;
    assert_eq!(resend(&app.database, 1), "Message 1 is on its way.\n");
    assert!(resend(&app.database, 1).contains("ten minutes"), "once is enough");
    peer.start(&json!({}));
    app.work().await;
    let first = peer.received().remove(0);

    pass_time(&app.database).await;
    assert_eq!(resend(&app.database, 1), "Message 1 is on its way again, as message 2.\n");
    app.work().await;
    let received = peer.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[1].text, first.text);
    assert_ne!(received[1].message_id, first.message_id, "a mailbox would hide what it has seen");
    assert!(resend(&app.database, 99).contains("no such message"));
}

async fn pass_time(database: &crate::support::TestDatabase) {
    database.execute("UPDATE messages SET updated_at = updated_at - INTERVAL 11 MINUTE").await;
}

/// What the command said, either way.
fn resend(database: &crate::support::TestDatabase, id: u32) -> String {
    let output = crate::cli::output(database, &["messages", "resend", &id.to_string()]);
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8(said).unwrap()
}
