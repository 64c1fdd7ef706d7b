//! What is deleted when its time is over, and what never is.

use std::{collections::BTreeMap, sync::Arc};

use marquee::{
    maintenance::{CleanUp, OptimizeDb, Place, RETENTION},
    platform::redis::Redis,
};

use crate::{
    domain::schema::{self, rows::ROWS},
    support::TestApp,
};

fn place(app: &TestApp) -> Place {
    Place { db: app.app.db.clone(), pages: Arc::clone(&app.app.pages), dry_run: false }
}

async fn counts(app: &TestApp) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for (table, _) in ROWS {
        counts.insert(*table, app.database.number(&format!("SELECT COUNT(*) FROM {table}")).await);
    }
    counts
}

/// Puts every time of every table far into the past.
async fn let_everything_age(app: &TestApp) {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND data_type = 'datetime' AND table_name NOT IN ('_sqlx_migrations', 'audit_log') \
         AND column_name NOT IN ('publish_at', 'unpublish_at', 'sale_from', 'sale_to')",
    )
    .fetch_all(&mut app.conn().await)
    .await
    .unwrap();
    assert!(columns.len() > 40);
    for (table, column) in columns {
        app.database.execute(&format!("UPDATE {table} SET {column} = '2001-01-01'")).await;
    }
}

/// What goes when its own time is over.
const BY_TIME: [(&str, &str); 5] = [
    ("data_exports", "expires_at"),
    ("doctor_runs", "started_at"),
    ("sessions", "expires_at"),
    ("slow_statements", "last_seen"),
    ("tokens", "expires_at"),
];

#[tokio::test]
async fn of_all_tables_only_what_is_over_goes() {
    let app = schema::filled().await;
    app.database.execute("UPDATE carts SET client_id = NULL WHERE id = 2").await;
    app.database.execute("UPDATE carts SET client_id = 1 WHERE id = 1").await;
    app.database.execute("UPDATE jobs SET state = 'parked' WHERE id = 2").await;
    app.database.execute("UPDATE messages SET status = 'parked', order_id = NULLIF(order_id, 2)").await;
    let_everything_age(&app).await;
    app.database
        .execute("UPDATE stock_alerts SET requested_at = UTC_TIMESTAMP(6), notified_at = NULL WHERE id = 2")
        .await;
    // A run that is under way has no end.
    app.database.execute("UPDATE doctor_runs SET finished_at = NULL").await;
    for (table, time) in BY_TIME {
        let one_lives = format!("UPDATE {table} SET {time} = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR LIMIT 1");
        app.database.execute(&one_lives).await;
    }
    let before = counts(&app).await;
    assert!(before.values().all(|count| *count >= 1));
    CleanUp {}.run(&place(&app)).await.unwrap();
    let after = counts(&app).await;
    let gone: Vec<_> = before.into_iter().filter(|(table, count)| after[table] != *count).collect();
    assert_eq!(
        gone,
        [
            ("cache_invalidations", 2),
            ("cart_items", 2),
            ("carts", 2),
            ("data_exports", 2),
            ("doctor_runs", 2),
            ("jobs", 2),
            ("messages", 2),
            ("sessions", 2),
            ("slow_statements", 2),
            ("stock_alerts", 2),
            ("tokens", 2)
        ]
    );
    assert!(gone.iter().all(|(table, _)| after[table] == 1), "{after:?}");
    for (table, time) in BY_TIME {
        let lives = format!("SELECT COUNT(*) FROM {table} WHERE {time} > UTC_TIMESTAMP(6)");
        assert_eq!(app.database.number(&lives).await, 1, "{table}: what is not over stays");
    }
    assert_eq!(app.database.number("SELECT CAST(id AS SIGNED) FROM carts").await, 1, "a client's cart stays");
    assert_eq!(app.database.number("SELECT CAST(id AS SIGNED) FROM cache_invalidations").await, 2, "the newest stays");
    assert_eq!(app.database.number("SELECT CAST(id AS SIGNED) FROM jobs").await, 1, "what waits stays");
    assert_eq!(app.database.number("SELECT CAST(id AS SIGNED) FROM messages").await, 1, "what is about an order stays");
    assert_eq!(app.database.number("SELECT CAST(id AS SIGNED) FROM stock_alerts").await, 2, "what is new stays");
}

#[test]
fn nothing_that_the_books_need_can_be_deleted() {
    let books = [
        "orders",
        "order_",
        "payment",
        "refund",
        "shipment",
        "return",
        "audit",
        "stock_movements",
        "price_",
        "clients",
    ];
    assert!(RETENTION.iter().all(|of| books.iter().all(|name| !of.table.starts_with(name))));
}

/// Fills a table with numbered rows.
async fn many(app: &TestApp, insert: &str, rows: u32) {
    let digits = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL \
                  SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    let numbers = format!(
        "FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM {digits} a, {digits} b, {digits} c, {digits} e) \
         numbers WHERE n < {rows}"
    );
    app.database.execute(&format!("{insert} {numbers}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_over_goes_by_the_clock_in_batches_and_what_is_not_stays() {
    let app = TestApp::new().await;
    let cart = |at: &str| {
        format!(
            "INSERT INTO carts (token_hash, expires_at) SELECT CONCAT('{at}', n), UTC_TIMESTAMP(6) {at} INTERVAL 1 MINUTE"
        )
    };
    many(&app, &cart("-"), 2_500).await;
    many(&app, &cart("+"), 700).await;
    let tag = |hours: u32| {
        format!(
            "INSERT INTO cache_invalidations (tag, created_at) SELECT 'film:1', UTC_TIMESTAMP(6) - INTERVAL {hours} HOUR"
        )
    };
    many(&app, &tag(25), 1_200).await;
    many(&app, &tag(23), 300).await;
    let job = |state: &str, days: u32| {
        format!(
            "INSERT INTO jobs (queue, kind, payload, state, run_at, max_attempts) SELECT 'default', 'unheard_of', '{{}}', \
             '{state}', UTC_TIMESTAMP(6) - INTERVAL {days} DAY, 3"
        )
    };
    many(&app, &job("parked", 31), 1_001).await;
    many(&app, &job("parked", 29), 50).await;
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&CleanUp {}).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
    let counts = counts(&app).await;
    assert_eq!((counts["carts"], counts["cache_invalidations"], counts["jobs"]), (700, 300, 50));
    let scheduled =
        "SELECT COUNT(*) FROM schedules WHERE name IN ('cleanup_old_data', 'optimize_db', 'optimize_db_rebuild')";
    assert_eq!(app.database.number(scheduled).await, 3);
}

#[tokio::test]
async fn the_weekly_job_drops_pages_of_releases_that_no_longer_run() {
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    app.follow().await;
    app.guest().get("/films").await;
    let redis: &Arc<Redis> = &app.app.redis;
    let other = format!("{}:page:0123456789ab:/films", redis.prefix());
    redis.ask::<()>(redis::cmd("SET").arg(&other).arg("old").arg("EX").arg(600)).await.unwrap();
    let start = std::time::Instant::now();
    while redis.find(&format!("{}:page:", redis.prefix())).await.unwrap().len() < 2 {
        assert!(start.elapsed().as_secs() < 10, "the page is not in Redis");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    OptimizeDb { rebuild: false }.run(&place(&app)).await.unwrap();
    let left = redis.find(&format!("{}:page:", redis.prefix())).await.unwrap();
    assert!(!left.is_empty() && !left.contains(&other), "{left:?}");
}
