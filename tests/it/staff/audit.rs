//! The log of what was done, as those read it who may.

use axum::http::StatusCode;
use marquee::{
    audit::{self, Action, Author, Entry},
    personnel::Role,
};
use serde_json::json;

use crate::support::{Client, PASSWORD, TestApp};

/// Puts this on record.
async fn record(app: &TestApp, actor: &str, action: Action, object: &str) {
    let author = Author::system(actor);
    let (before, after) = (Some(json!({ "status": "pending" })), Some(json!({ "status": "<confirmed>" })));
    let mut tx = app.app.db.begin().await.unwrap();
    audit::record(&mut tx, Entry { author: &author, action, object, before, after }).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the entries of a page are of.
async fn objects(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("/admin/audit?{query}")).await.texts("tbody td:nth-child(4)")
}

#[tokio::test]
async fn entries_are_found_by_who_what_of_what_and_when() {
    let app = TestApp::new().await;
    let old = "INSERT INTO audit_log (actor, action, object, created_at) VALUES ('command', 'order.pay', 'order:old', '2020-02-02 10:00')";
    app.database.execute(old).await;
    let owner = app.employee(&[Role::Owner]).await;
    record(&app, "staff:1", Action::OrderMove, "order:MQ-22222222").await;
    record(&app, "command", Action::OrderMove, "order:MQ-33333333").await;
    record(&app, "staff:1", Action::StockAdjust, "edition:DEMO-10").await;
    for (query, expected) in [
        ("actor=staff%3A1&action=order.move", &["order:MQ-22222222"][..]),
        ("action=order.move", &["order:MQ-33333333", "order:MQ-22222222"]),
        ("object=mq+2222+2222", &["order:MQ-22222222"]),
        ("object=DEMO-10", &["edition:DEMO-10"]),
        ("from=2020-02-02&until=2020-02-02", &["order:old"]),
        ("until=2020-02-01", &[]),
        ("action=order.pay&from=2021-01-01", &[]),
        ("actor=%D1%8F%FF&action=order.pay", &[]),
    ] {
        assert_eq!(objects(&owner, query).await, expected, "{query}");
    }
    let page = owner.get("/admin/audit?object=DEMO-10&from=2020-01-01&until=2100-01-01").await;
    assert!(page.statements() <= 10, "{}", page.statements());
    assert!(page.texts("tbody td:nth-child(2)")[0].starts_with("Grace"));
    assert_eq!(page.texts("tbody td:nth-child(5)"), ["status: was pending →, then <confirmed>"]);
}

#[tokio::test]
async fn deep_pages_follow_each_other_without_a_gap() {
    let app = TestApp::new().await;
    let owner = app.employee(&[Role::Owner]).await;
    for n in 0..120 {
        record(&app, "command", Action::OrderMove, &format!("order:{n}")).await;
    }
    let mut page = owner.get("/admin/audit?action=order.move").await;
    let mut seen = Vec::new();
    loop {
        seen.extend(page.texts("tbody td:nth-child(4)"));
        let next = page.attributes(".pagination [rel=next]", "href");
        let Some(next) = next.first() else { break };
        page = owner.get(next).await;
    }
    assert_eq!(seen, (0..120).rev().map(|n| format!("order:{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_one_request_did_stands_together() {
    let app = TestApp::new().await;
    let owner = app.employee(&[Role::Owner]).await;
    let insert = |request, object| {
        format!(
            "INSERT INTO audit_log (actor, action, object, request_id) VALUES ('staff:1', 'review.approve', '{object}', '{request}')"
        )
    };
    for (request, object) in [("a1", "review:1"), ("a1", "review:2"), ("b2", "review:3")] {
        app.database.execute(&insert(request, object)).await;
    }
    let links = owner.get("/admin/audit").await.attributes("tbody td:nth-child(3) a", "href");
    assert_eq!(links.len(), 2, "what a request did alone has no company: {links:?}");
    let together = &links[0];
    assert_eq!(owner.get(together).await.texts("tbody td:nth-child(4)"), ["review:2", "review:1"]);
}

#[tokio::test]
async fn whoever_could_not_get_in_is_on_record() {
    let app = TestApp::new().await;
    let owner = app.employee(&[Role::Owner]).await;
    let stranger = app.guest();
    for login in ["owner@shop.test", "nobody@shop.test"] {
        let refused = stranger.post("/admin/login", &[("login", login), ("password", "a guess of mine")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = owner.get("/admin/audit?action=staff.sign_in_failed").await;
    assert_eq!(page.texts("tbody td:nth-child(4)"), ["staff:unknown", "staff:1"]);
    assert!(!page.text().contains("guess") && !page.text().contains(PASSWORD));
}

#[tokio::test]
async fn owners_take_it_along_as_csv_without_formulas() {
    let app = TestApp::new().await;
    let owner = app.employee(&[Role::Owner]).await;
    record(&app, "command", Action::OrderMove, "=cmd|' /C calc'!A0").await;
    let many = "INSERT INTO audit_log (actor, action, object) SELECT 'command', 'order.pay', CONCAT('order:', seq) FROM \
                (WITH RECURSIVE s AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM s WHERE seq < 990) SELECT seq FROM s) n";
    app.database.execute(many).await;
    for n in 0..3 {
        let more = many.replace("CONCAT('order:', seq)", &format!("CONCAT('more:{n}:', seq)"));
        app.database.execute(&more).await;
    }
    let csv = owner.get("/admin/audit.csv?actor=command").await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.header("cache-control").contains("no-store"), "{}", csv.header("cache-control"));
    let lines: Vec<_> = csv.text().lines().collect();
    assert_eq!(lines.len(), 1 + 4 * 990 + 1, "a head and every entry, over several batches");
    assert_eq!(lines[0], "id,time,actor,action,object,before,after,ip,request");
    assert!(lines[lines.len() - 1].contains("'=cmd|"), "{}", lines[lines.len() - 1]);
    assert_eq!(objects(&owner, "action=audit.export").await, ["/admin/audit.csv"], "and that is on record");

    let manager = app.employee(&[Role::Manager]).await;
    assert_eq!(manager.get("/admin/audit").await.status, StatusCode::OK);
    assert_eq!(manager.get("/admin/audit.csv").await.status, StatusCode::FORBIDDEN);
    assert!(manager.get("/admin/audit").await.attributes("a[href^='/admin/audit.csv']", "href").is_empty());
    assert_eq!(app.employee(&[Role::Moderator]).await.get("/admin/audit").await.status, StatusCode::FORBIDDEN);
}
