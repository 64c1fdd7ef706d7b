use marquee::worker::WarmCache;

use crate::support::{TestApp, factory::product};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_that_most_people_open_are_made_by_a_process_that_only_works() {
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    product().slug("warm").insert(&mut app.conn().await).await;
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&WarmCache {}).await.unwrap();
    tx.enqueue(&WarmCache {}).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 1, "one of its kind waits");
    app.work().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 0);
    assert!(!app.app.index.is_ready(), "the catalogue was let go again");

    app.follow().await;
    assert_eq!(app.guest().get("/films").await.cache(), "hit", "made before anybody asked");
}
