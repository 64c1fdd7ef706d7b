use std::sync::Arc;

use super::marquee;
use crate::support::{TestApp, TestDatabase, factory::product};

const KEPT: (&str, &str) = ("MARQUEE_CACHE_TTL", "300");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_warmed_counted_and_cleared_by_command() {
    let database = Arc::new(TestDatabase::migrated().await);
    let node = TestApp::on(Arc::clone(&database), &[KEPT]);
    product().title("Warm").slug("warm").insert(&mut node.conn().await).await;
    let warmed = marquee(&database, &["cache", "warm"]);
    assert!(warmed.is_success && warmed.said[0].ends_with("pages are warm."), "{:?}", warmed.said);

    node.follow().await;
    node.guest().get("/films").await;
    let said = marquee(&database, &["cache", "stats"]).said;
    assert!(said.iter().any(|line| line.starts_with("Redis")), "{said:?}");

    let cleared = marquee(&database, &["cache", "clear"]);
    assert!(cleared.is_success, "{:?}", cleared.said);
    let start = std::time::Instant::now();
    while node.guest().get("/films").await.cache() != "miss" {
        assert!(start.elapsed().as_secs() < 5, "the node keeps its page");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
