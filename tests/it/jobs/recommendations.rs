use marquee::recommendations::BuildRecommendations;

use crate::support::{TestApp, factory::product};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nightly_run_finds_what_goes_with_every_film() {
    let app = TestApp::new().await;
    for _ in 0..20 {
        product().genre("war").insert(&mut app.conn().await).await;
    }
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&BuildRecommendations {}).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations").await, 20 * 12);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 0);
}
