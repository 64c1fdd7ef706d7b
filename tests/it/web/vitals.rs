//! What machines are told of the shop's parts, each of which may fail by itself.

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::{MailPeer, SmallDisk, TestApp, TestCertificate};

const FROM: (&str, &str) = ("MARQUEE_MAIL_FROM", "Shop <shop@shop.test>");

async fn ready(vars: &[(&str, &str)]) -> (StatusCode, Value) {
    let app = TestApp::with(vars).await;
    app.index().await;
    let answer = app.guest().get("/readyz").await;
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

/// The shop gets traffic all the same, and says which part is not well.
fn assert_degraded(part: &str, (status, report): (StatusCode, Value)) -> Value {
    assert_eq!((status, &report["status"]), (StatusCode::OK, &"degraded".into()), "{report}");
    let unwell: Vec<_> = report.as_object().unwrap().iter().filter(|(_, it)| it["ok"] == false).collect();
    assert_eq!(unwell.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [part], "{report}");
    report[part].clone()
}

#[tokio::test]
async fn a_shop_that_is_well_names_its_parts() {
    let certificate = TestCertificate::good_for(30);
    let (status, report) = ready(&[("MARQUEE_CERTIFICATE", certificate.path())]).await;
    assert_eq!((status, &report["status"]), (StatusCode::OK, &"ready".into()), "{report}");
    for part in ["mysql", "redis", "queue", "index", "mail", "disk", "certificate"] {
        assert!(report[part]["ok"] == true && report[part]["ms"].is_u64(), "{part}: {report}");
    }
    assert!(report["mysql"].get("version").is_none(), "nobody outside need know");
    assert_eq!(report["certificate"]["days_left"], 29);
    assert!(report["disk"]["free_mib"].as_u64().unwrap() > 0);
    assert!(ready(&[]).await.1.get("certificate").is_none(), "nobody named one");
}

#[tokio::test]
async fn a_certificate_near_its_end_is_a_warning() {
    for (days, reason) in [(5, "it runs out soon"), (-1, "it ran out")] {
        let certificate = TestCertificate::good_for(days);
        let told = assert_degraded("certificate", ready(&[("MARQUEE_CERTIFICATE", certificate.path())]).await);
        assert_eq!(told["reason"], reason);
    }
    assert_degraded("certificate", ready(&[("MARQUEE_CERTIFICATE", "/nowhere/chain.pem")]).await);
}

#[tokio::test]
async fn a_disk_that_is_full_is_a_warning() {
    for room in [512, 0] {
        let Some(disk) = SmallDisk::with_room(room) else { return };
        let told = assert_degraded("disk", ready(&[("MARQUEE_LOG_DIR", disk.path())]).await);
        assert_eq!((&told["reason"], &told["free_mib"]), (&"little room is left".into(), &0.into()));
    }
}

#[tokio::test]
async fn a_mail_server_that_stopped_is_a_warning_and_greeted_seldom() {
    let mut peer = MailPeer::running(&serde_json::json!({}));
    let url = format!("smtp://127.0.0.1:{}", peer.port);
    let vars = [FROM, ("MARQUEE_MAILBOX", "off"), ("MARQUEE_SMTP_URL", url.as_str())];
    let app = TestApp::with(&vars).await;
    app.index().await;
    let status =
        async || serde_json::from_slice::<Value>(&app.guest().get("/readyz").await.body).unwrap()["status"].clone();
    assert_eq!(status().await, "ready");
    peer.stop();
    assert_eq!(status().await, "ready", "it was greeted a moment ago");
    assert_degraded("mail", ready(&vars).await);
    let none = assert_degraded("mail", ready(&[("MARQUEE_MAILBOX", "off")]).await);
    assert_eq!(none["reason"], "no mail server is configured");
}

#[tokio::test]
async fn without_redis_the_shop_is_slower_and_without_its_index_it_gets_no_traffic() {
    assert_degraded("redis", ready(&[("REDIS_URL", "redis://127.0.0.1:1/")]).await);
    let app = TestApp::new().await;
    assert_eq!(app.guest().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
