use std::time::{Duration, Instant};

use super::marquee;
use crate::support::{TestApp, TestDatabase};

const EXPIRED: &str = "INSERT INTO carts (token_hash, expires_at) VALUES ('a', UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE), ('b', '2100-01-01')";

#[tokio::test]
async fn each_step_tells_what_it_did_and_what_it_took() {
    let database = TestDatabase::migrated().await;
    database.execute(EXPIRED).await;
    let dry = marquee(&database, &["optimize-db", "--cleanup", "--analyze", "--rebuild", "--clear-cache", "--dry-run"]);
    assert!(dry.is_success && dry.said.iter().any(|line| line.contains("rows of carts 1,")), "{:?}", dry.said);
    assert_eq!(dry.said.last().unwrap(), "This was a dry run: nothing was changed.");
    assert_eq!(database.number("SELECT COUNT(*) FROM carts").await, 2);
    assert_eq!(database.number("SELECT COUNT(*) FROM cache_invalidations").await, 0);

    let done = marquee(&database, &["optimize-db"]);
    let steps: Vec<_> = done.said.iter().map(|line| line.split("  ").next().unwrap()).collect();
    assert_eq!(steps, ["analyze", "clean up"], "{:?}", done.said);
    assert!(done.said.iter().all(|line| line.contains(" s  ")) && !done.said[0].contains("left"), "{:?}", done.said);
    assert!(done.said[1].contains("rows of carts 1,"), "{:?}", done.said);
    assert_eq!(database.number("SELECT COUNT(*) FROM carts").await, 1);
}

#[tokio::test]
async fn only_this_shops_pages_are_cleared() {
    let app = TestApp::new().await;
    let redis = &app.app.redis;
    // A shop whose prefix begins like ours, and something of ours that is no page.
    let others = [format!("{}2:page:v:/films", app.database.name), format!("{}:cart:x", app.database.name)];
    let own = format!("{}:page:v:/films", app.database.name);
    for key in others.iter().chain([&own]) {
        redis.ask::<()>(redis::cmd("SET").arg(key).arg("x").arg("EX").arg(60)).await.unwrap();
    }
    let cleared = marquee(&app.database, &["optimize-db", "--clear-cache"]);
    assert!(cleared.is_success && cleared.said[0].ends_with("1 pages in Redis"), "{:?}", cleared.said);
    let left = redis.find(&app.database.name).await.unwrap();
    assert!(others.iter().all(|key| left.contains(key)) && !left.contains(&own), "{left:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cache_invalidations WHERE tag = 'pages'").await, 1);
}

#[tokio::test]
async fn a_table_that_is_mostly_empty_is_rebuilt_and_no_other() {
    let database = TestDatabase::migrated().await;
    let fill = "INSERT INTO cache_invalidations (tag) SELECT REPEAT('x', 64) FROM seq_1_to_400000";
    let is_mariadb = "SELECT VERSION() LIKE '%MariaDB%'";
    if database.number(is_mariadb).await == 0 {
        return;
    }
    database.execute(fill).await;
    database.execute("DELETE FROM cache_invalidations WHERE id > 100").await;
    // Pages become free when the server has cleared away what nobody sees any more.
    let start = Instant::now();
    let rebuilt = loop {
        let told = marquee(&database, &["optimize-db", "--analyze", "--rebuild", "--dry-run"]);
        if told.said.iter().any(|line| line.contains("cache_invalidations (")) {
            break marquee(&database, &["optimize-db", "--analyze", "--rebuild"]);
        }
        assert!(start.elapsed() < Duration::from_mins(1), "{:?}", told.said);
        tokio::time::sleep(Duration::from_millis(500)).await;
        database.execute("ANALYZE TABLE cache_invalidations").await;
    };
    let line = rebuilt.said.iter().find(|line| line.starts_with("rebuild")).unwrap();
    assert!(line.contains("cache_invalidations (") && !line.contains(',') && !line.contains("left"), "{line}");
    let size = "SELECT CAST(data_length + data_free AS SIGNED) FROM information_schema.tables \
                WHERE table_schema = DATABASE() AND table_name = 'cache_invalidations'";
    assert!(database.number(size).await < 8 << 20);
    assert_eq!(database.number("SELECT COUNT(*) FROM cache_invalidations").await, 100);
}
