//! Statements that take long: a line each, and a list that outlives the process.

use std::{sync::Arc, time::Duration};

use marquee::{
    maintenance::{CleanUp, Place},
    personnel::Role,
    platform::{
        db::Meter,
        slow::{self, Order},
    },
};
use sqlx::Row;

use crate::support::{Process, Proxy, TestApp, TestDatabase};

/// Runs a statement that takes so long, as somebody who asks by this route.
async fn ask(app: &TestApp, route: &str, ms: u32, value: &str) {
    let meter = Arc::<Meter>::default();
    meter.asked_by(route);
    let mut conn = app.app.db.metered(Arc::clone(&meter)).conn().await.unwrap();
    let sleep = "SELECT SLEEP(? / 1000) AS slept, ? AS said UNION ALL SELECT 1, 2";
    let rows = sqlx::query(sleep).bind(ms).bind(value).fetch_all(&mut conn).await.unwrap();
    assert_eq!((rows.len(), rows[0].get::<String, _>("said").as_str()), (2, value));
    assert_eq!(meter.statements(), 1);
}

async fn top(app: &TestApp, order: Order) -> Vec<slow::Slow> {
    slow::top(&mut app.conn().await, order, 20).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_add_to_one_list_of_shapes_by_who_asked() {
    let app = TestApp::with(&[("MARQUEE_SLOW_MS", "60")]).await;
    let node = TestApp::on(Arc::clone(&app.database), &[("MARQUEE_SLOW_MS", "60")]);
    ask(&app, "/films", 70, "nora@shop.test").await;
    ask(&app, "/films", 1, "quick").await;
    ask(&node, "/films", 120, "17").await;
    ask(&node, "/cart", 200, "17").await;
    assert_eq!(node.app.db.slow().count().read(), 2);
    for shop in [&app, &node, &app] {
        slow::store(&shop.app.db).await.unwrap();
    }
    let listed = top(&app, Order::Slowest).await;
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert_eq!((listed[0].origin.as_str(), listed[0].times, listed[0].max_rows), ("/cart", 1, 2));
    assert_eq!(listed[1].shape, "SELECT SLEEP(? / ?) AS slept, ? AS said UNION ALL SELECT ?…");
    assert_eq!((listed[1].origin.as_str(), listed[1].times), ("/films", 2));
    assert!(listed[1].max_ms >= 120 && listed[1].total_ms >= 190, "{listed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_bounded_and_forgets() {
    let app = TestApp::with(&[("MARQUEE_SLOW_MS", "10")]).await;
    let fill = "INSERT INTO slow_statements (digest, shape, origin, times, total_ms, max_ms, max_rows, last_seen) \
                WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 230) \
                SELECT SHA2(n, 256), 'SELECT ?', CONCAT('/', n), 1, n, n, 1, \
                UTC_TIMESTAMP(6) - INTERVAL n HOUR FROM n";
    app.database.execute(fill).await;
    ask(&app, "/films", 15, "").await;
    slow::store(&app.app.db).await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM slow_statements").await, 200);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM slow_statements WHERE origin = '/films'").await, 1);
    app.database.execute("UPDATE slow_statements SET last_seen = '2026-01-01' WHERE origin <> '/films'").await;
    let place = Place { db: app.app.db.clone(), pages: Arc::clone(&app.app.pages), dry_run: false };
    CleanUp {}.run(&place).await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM slow_statements").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_stored_waits() {
    let app = TestApp::with(&[("MARQUEE_SLOW_MS", "10")]).await;
    ask(&app, "/films", 15, "").await;
    app.database.execute("RENAME TABLE slow_statements TO elsewhere").await;
    slow::store(&app.app.db).await.unwrap_err();
    app.database.execute("RENAME TABLE elsewhere TO slow_statements").await;
    slow::store(&app.app.db).await.unwrap();
    assert!(top(&app, Order::Total).await.iter().any(|slow| slow.origin == "/films"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_with_the_permission_see_the_twenty_worst() {
    let app = TestApp::new().await;
    let fill = "INSERT INTO slow_statements (digest, shape, origin, times, total_ms, max_ms, max_rows, last_seen) \
                WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 25) \
                SELECT SHA2(n, 256), CONCAT('SELECT c', n), '/films/{slug}', 2, n * 100, 1000 - n, 7, \
                UTC_TIMESTAMP(6) FROM n";
    app.database.execute(fill).await;
    let manager = app.employee(&[Role::Manager]).await;
    let page = manager.get("/admin/system/slow").await;
    assert_eq!(page.status, 200);
    assert!(page.statements() <= 3, "{} statements", page.statements());
    let shapes = page.texts("tbody td:first-child");
    assert_eq!((shapes.len(), shapes[0].as_str()), (20, "SELECT c25"));
    let slowest = manager.get("/ru/admin/system/slow?sort=slowest").await;
    assert_eq!(slowest.texts("tbody td:first-child")[0], "SELECT c1");
    assert_eq!(slowest.attributes("main nav [aria-current]", "href"), ["/ru/admin/system/slow?sort=slowest"]);
    let support = app.employee(&[Role::Support]).await;
    assert_eq!(support.get("/admin/system/slow").await.status, 403);
    assert_eq!(app.guest().get("/admin/system/slow").await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn routes_and_jobs_are_named_and_values_are_not() {
    let database = TestDatabase::migrated().await;
    let wire = Proxy::new(&database.url).await;
    let vars = [("DATABASE_URL", wire.url.as_str()), ("MARQUEE_SLOW_MS", "20"), ("MARQUEE_CACHE_WARM", "off")];
    let mut shop = Process::start_with(&database, &vars).await;
    database.execute("UPDATE schedules SET next_at = '2026-01-01' WHERE name = 'expire_unpaid_orders'").await;
    wire.slow(Duration::from_millis(30));
    let form = "login=nora%40shop.test&password=guessed&next=";
    assert!(shop.request("POST", "/account/login", "", form).await.unwrap().starts_with("HTTP/1.1 422"));
    let expiring = async {
        while !shop.log().contains("route=\"job expire_unpaid_orders\"") {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), expiring).await.expect("the job is named");
    wire.slow(Duration::ZERO);
    assert!(shop.terminate().success(), "{}", shop.log());
    let log = shop.log();
    let lines: Vec<_> = log.lines().filter(|line| line.contains("slow statement")).collect();
    let is_whole = |line: &&str| ["route=", " ms=", " rows=", " statement="].iter().all(|part| line.contains(part));
    assert!(lines.iter().all(is_whole) && lines.iter().any(|line| line.contains("route=\"/account/login\"")), "{log}");
    assert!(!log.contains("nora@shop.test"), "{log}");
    let stored = database.texts("SELECT DISTINCT origin FROM slow_statements ORDER BY origin").await;
    for origin in ["/account/login", "job expire_unpaid_orders", "serve"] {
        assert!(stored.iter().any(|stored| stored == origin), "{origin} is not in {stored:?}");
    }
}
