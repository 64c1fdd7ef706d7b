//! What the shop's people did stays on record.

use marquee::audit::{self, Action, Author, Entry};
use serde_json::json;

use crate::support::TestApp;

async fn recorded() -> TestApp {
    let app = TestApp::new().await;
    let author = Author { ip: Some("2001:db8::1".parse().unwrap()), ..Author::system("staff:7") };
    let mut tx = app.app.db.begin().await.unwrap();
    let after = Some(json!({ "status": "confirmed", "password": "hunter2" }));
    let entry = Entry { author: &author, action: Action::OrderMove, object: "order:MQ-22222222", before: None, after };
    audit::record(&mut tx, entry).await.unwrap();
    tx.commit().await.unwrap();
    app
}

#[tokio::test]
async fn an_entry_tells_who_did_what_and_no_secret() {
    let app = recorded().await;
    let told = "SELECT CONCAT_WS(' ', actor, action, object, ip, JSON_VALUE(`after`, '$.status'), \
                JSON_VALUE(`after`, '$.password')) FROM audit_log";
    assert_eq!(app.database.texts(told).await, ["staff:7 order.move order:MQ-22222222 2001:db8::1 confirmed ***"]);
}

#[tokio::test]
async fn an_entry_can_be_neither_changed_nor_deleted() {
    let app = recorded().await;
    for statement in ["UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log"] {
        let refused = sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut app.conn().await).await.unwrap_err();
        assert!(refused.to_string().contains("audit log"), "{refused}");
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log WHERE actor = 'staff:7'").await, 1);
}

#[tokio::test]
async fn what_did_not_happen_leaves_no_entry() {
    let app = TestApp::new().await;
    let mut tx = app.app.db.begin().await.unwrap();
    let author = Author::system("command");
    let entry = Entry { author: &author, action: Action::StaffCreate, object: "staff:1", before: None, after: None };
    audit::record(&mut tx, entry).await.unwrap();
    drop(tx);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log").await, 0);
}

#[test]
fn cleaning_up_never_touches_it() {
    assert!(marquee::maintenance::RETENTION.iter().all(|expiring| expiring.table != "audit_log"));
}
