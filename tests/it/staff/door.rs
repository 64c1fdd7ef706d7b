//! Signing in and out at the staff door.

use axum::http::StatusCode;
use marquee::personnel::Role;

use crate::support::{Answer, Client, PASSWORD, TestApp};

async fn sign_in(client: &Client, login: &str, password: &str) -> Answer {
    client.post("/admin/login", &[("login", login), ("password", password)]).await
}

#[tokio::test]
async fn the_door_leads_back_to_where_somebody_wanted_to_go() {
    let app = TestApp::new().await;
    app.hire("grace@shop.test", &[Role::Owner]).await;
    let client = app.guest();
    let asked = client.get("/ru/admin?a=b").await;
    assert_eq!(asked.header("location"), "/ru/admin/login?next=%2Fru%2Fadmin%3Fa%3Db");
    let form = client.get(asked.header("location")).await;
    assert_eq!((form.status, form.field("next").as_str()), (StatusCode::OK, "/ru/admin?a=b"));
    let form = [("login", " Grace@shop.test"), ("password", PASSWORD), ("next", "/ru/admin?a=b")];
    let inside = client.submit("/ru/admin/login", &form).await;
    assert_eq!(inside.status, 200);
    assert!(inside.text().contains("Вы вошли как Grace"));
    let away = [("login", "grace@shop.test"), ("password", PASSWORD), ("next", "https://evil.example/admin")];
    assert_eq!(client.post("/admin/login", &away).await.header("location"), "/admin");
}

#[tokio::test]
async fn a_cookie_is_worth_nothing_before_signing_in_and_after_signing_out() {
    let app = TestApp::new().await;
    app.hire("grace@shop.test", &[Role::Owner]).await;
    let client = app.guest();
    let planted = "A".repeat(43);
    client.set_cookie("staff_sid", &planted);
    assert_eq!(sign_in(&client, "grace@shop.test", PASSWORD).await.status, 303);
    let session = client.cookie("staff_sid").unwrap();
    assert_ne!(session, planted);
    assert_eq!(sign_in(&client, "grace@shop.test", PASSWORD).await.status, 303);
    assert_ne!(client.cookie("staff_sid").unwrap(), session, "each time another one");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM sessions").await, 1, "and the former is over");

    let kept = client.cookie("staff_sid").unwrap();
    assert_eq!(client.get("/admin").await.status, 200);
    assert_eq!(client.post("/admin/logout", &[]).await.header("location"), "/admin/login");
    assert_eq!(client.cookie("staff_sid"), None);
    client.set_cookie("staff_sid", &kept);
    assert_eq!(client.get("/admin").await.status, 303);
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_unseen_and_is_no_customers() {
    let app = TestApp::new().await;
    let employee = app.employee(&[Role::Owner]).await;
    let age = "SELECT CAST(TIMESTAMPDIFF(MINUTE, created_at, expires_at) AS SIGNED) FROM sessions";
    assert_eq!(app.database.number(age).await, 30);
    let as_customer = app.guest();
    as_customer.set_cookie("sid", &employee.cookie("staff_sid").unwrap());
    as_customer.set_cookie("staff_sid", &"B".repeat(43));
    assert_eq!(as_customer.get("/admin").await.status, 303);
    app.database.execute("UPDATE sessions SET expires_at = UTC_TIMESTAMP(6)").await;
    assert_eq!(employee.get("/admin").await.status, 303);
}

#[tokio::test]
async fn nobody_learns_whether_an_account_exists() {
    let app = TestApp::new().await;
    app.hire("grace@shop.test", &[Role::Owner]).await;
    let client = app.guest();
    let made = app.app.passwords.made();
    let known = sign_in(&client, "grace@shop.test", "wrong").await;
    let unknown = sign_in(&client, "grace@shop.test.example", "wrong").await;
    assert_eq!(app.app.passwords.made() - made, 2, "the same work for both");
    assert_eq!((known.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(known.texts("main"), unknown.texts("main"));
    assert!(!known.text().contains("wrong"), "a password is not sent back");
    let failures = "SELECT object FROM audit_log WHERE action = 'staff.sign_in_failed' ORDER BY id";
    assert_eq!(app.database.texts(failures).await, ["staff:1", "staff:unknown"]);
}

/// What the log holds of an action, oldest first.
async fn logged(app: &TestApp, action: &str) -> Vec<String> {
    let words =
        format!("SELECT CONCAT_WS(' ', actor, object, ip) FROM audit_log WHERE action = '{action}' ORDER BY id");
    app.database.texts(&words).await
}

#[tokio::test]
async fn who_leaves_is_put_on_record_once() {
    let app = TestApp::new().await;
    let employee = app.employee(&[Role::Owner]).await;
    let gone = app.guest();
    gone.set_cookie("staff_sid", &employee.cookie("staff_sid").unwrap());
    for client in [&employee, &gone, &app.guest()] {
        assert_eq!(client.post("/admin/logout", &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(logged(&app, "staff.sign_out").await, ["staff:1 staff:1 127.0.0.1"]);
}

#[tokio::test]
async fn a_flood_at_the_door_is_put_on_record_and_does_not_fill_the_log() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1"), ("MARQUEE_TRUSTED_PROXIES", "1")]).await;
    app.hire("grace@shop.test", &[Role::Owner]).await;
    for address in ["192.0.2.1", "192.0.2.2"] {
        let stranger = app.guest().with_header("x-forwarded-for", address);
        let mut held = 0;
        while held < 50 {
            held += u32::from(sign_in(&stranger, "grace@shop.test", "wrong").await.status == 429);
        }
    }
    assert_eq!(logged(&app, "staff.sign_in_held").await, ["stranger staff:1 192.0.2.1", "stranger staff:1 192.0.2.2"]);
}

#[tokio::test]
async fn whoever_looks_where_they_may_not_is_put_on_record_and_does_not_fill_the_log() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let moderator = app.employee(&[Role::Moderator]).await;
    for _ in 0..5 {
        for path in ["/admin/orders", "/admin/audit"] {
            assert_eq!(moderator.get(path).await.status, 403);
        }
    }
    assert_eq!(logged(&app, "access.refused").await.len(), 2);
    for turn in 0..100 {
        assert_eq!(moderator.get(&format!("/admin/customers/{turn}")).await.status, 403);
        assert_eq!(moderator.post("/admin/stock/adjust", &[("sku", "X")]).await.status, 403);
    }
    let rows = logged(&app, "access.refused").await.len();
    assert!((50..=62).contains(&rows), "{rows}");
}
