//! The system desk: how the shop runs, and what can be done about it.

use axum::http::StatusCode;
use marquee::{maintenance::nodes, personnel::Role};
use tokio::sync::watch;

use crate::support::{Client, TestApp};

const PARKED: &str = "INSERT INTO jobs (queue, kind, payload, state, run_at, attempts, max_attempts, last_error) \
                      VALUES ('default', 'make_pictures', '{}', 'parked', UTC_TIMESTAMP(6), 12, 12, 'the <disk> is full')";

async fn shop() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.index().await;
    let grace = app.employee(&[Role::Manager]).await;
    (app, grace)
}

async fn log(app: &TestApp) -> Vec<String> {
    let sql = "SELECT CONCAT_WS(' ', action, object) FROM audit_log WHERE actor LIKE 'staff:%' \
               AND action NOT LIKE 'staff.%' ORDER BY id";
    app.database.texts(sql).await
}

#[tokio::test]
async fn the_page_tells_how_everything_is() {
    let (app, grace) = shop().await;
    app.database.execute(PARKED).await;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(nodes::report(app.app.redis.clone(), app.app.pages.clone(), stopped));
    while nodes::all(&app.app.redis).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    app.database.execute("INSERT INTO schedules (name, next_at) VALUES ('verify_books', '2030-01-01 04:00:00')").await;
    let page = grace.get("/admin/system").await;
    stop.send_replace(true);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.statements() <= 10, "{}", page.statements());
    let services = page.texts("section[aria-labelledby=services] th[scope=row]");
    assert_eq!(services, ["Database", "Redis", "Background jobs", "Catalogue’s index", "Mail", "Disk"]);
    assert_eq!(page.texts("section[aria-labelledby=services] .tag--bad"), [""; 0]);
    assert!(page.texts("section[aria-labelledby=services] td")[2].contains("version "), "of the server");
    assert_eq!(page.texts("section[aria-labelledby=nodes] tbody tr").len(), 1);
    assert_eq!(page.texts("section[aria-labelledby=schedule] dt"), ["verify_books"]);
    assert!(
        page.text().contains("the &#60;disk&#62; is full") && page.text().contains("The doctor has not looked yet.")
    );
    assert!(page.texts("nav a[aria-current]").contains(&"System".to_owned()));
}

#[tokio::test]
async fn work_that_was_given_up_is_tried_again_or_forgotten() {
    let (app, grace) = shop().await;
    app.database.execute(PARKED).await;
    app.database.execute(PARKED).await;
    let ids = app.database.texts("SELECT CAST(id AS CHAR) FROM jobs ORDER BY id").await;
    let retry = format!("/admin/system/jobs/{}/retry", ids[0]);
    let said = grace.submit(&retry, &[]).await;
    assert!(said.text().contains(&format!("Job {} runs again.", ids[0])));
    let states = app.database.texts("SELECT CONCAT_WS(' ', state, attempts) FROM jobs ORDER BY id").await;
    assert_eq!(states, ["ready 0", "parked 12"]);
    app.database.execute(&format!("DELETE FROM jobs WHERE id = {}", ids[0])).await;
    assert!(grace.submit(&retry, &[]).await.text().contains("is done, or under way"));
    assert!(grace.submit("/admin/system/jobs/purge", &[]).await.text().contains("1 job is forgotten."));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 0);
    assert_eq!(log(&app).await, [format!("job.retry job:{}", ids[0]), "job.purge jobs".to_owned()]);
}

#[tokio::test]
async fn the_doctor_is_asked_once_and_looks_beside_the_page() {
    let (app, grace) = shop().await;
    for _ in 0..2 {
        assert!(grace.submit("/admin/system/doctor", &[]).await.text().contains("The doctor was asked."));
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 1);
    app.work().await;
    let page = grace.get("/admin/system").await;
    assert!(page.text().contains("asked by Grace"), "{}", page.text());
    assert!(page.statements() <= 10, "{}", page.statements());
    app.database.execute("UPDATE doctor_runs SET finished_at = NULL").await;
    let page = grace.get("/admin/system").await;
    assert!(page.texts("[role=status]")[0].starts_with("Running since"));
    assert!(page.attributes("form", "action").iter().all(|action| action != "/admin/system/doctor"));
    app.database.execute("UPDATE doctor_runs SET started_at = started_at - INTERVAL 2 HOUR").await;
    let page = grace.get("/admin/system").await;
    assert!(page.text().contains("The doctor has not looked yet."), "a run that died is no run");
}

#[tokio::test]
async fn the_shop_is_closed_and_opened_and_pages_are_forgotten() {
    let (app, grace) = shop().await;
    let maintenance = "/admin/system/maintenance";
    let typed = [("mode", "on"), ("minutes", "soon"), ("message", "New <shelves>")];
    let refused = grace.post(maintenance, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.field("minutes") == "soon" && refused.text().contains("New &#60;shelves&#62;"));
    assert_eq!(app.guest().get("/").await.status, StatusCode::OK);

    let closed = grace.submit(maintenance, &[("mode", "on"), ("minutes", "30"), ("message", "New <shelves>")]).await;
    assert!(closed.text().contains("closed to shoppers since") && closed.text().contains("by Grace"));
    let shopper = app.guest().get("/").await;
    assert_eq!(shopper.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(shopper.text().contains("New &#60;shelves&#62;") && shopper.text().contains("open again by"));
    assert!(grace.submit(maintenance, &[("mode", "off")]).await.text().contains("The shop is open."));
    assert_eq!(app.guest().get("/").await.status, StatusCode::OK);
    assert!(grace.submit("/admin/system/cache/clear", &[]).await.text().contains("forget their pages"));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cache_invalidations WHERE tag = 'pages'").await, 1);
    assert_eq!(log(&app).await, ["maintenance.on shop", "maintenance.off shop", "cache.clear shop"]);
}

#[tokio::test]
async fn without_redis_the_page_says_so() {
    let app = TestApp::with(&[("REDIS_URL", "redis://127.0.0.1:1/")]).await;
    app.index().await;
    let page = app.employee(&[Role::Owner]).await.get("/ru/admin/system").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Redis не отвечает"));
    assert_eq!(page.texts("section[aria-labelledby=services] .tag--bad").len(), 1);
}
