use marquee::{catalog::Format, recommendations::BuildRecommendations};

use crate::support::{Shopper, TestApp, factory::product};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nightly_run_finds_what_goes_with_every_film() {
    let app = TestApp::new().await;
    let mut films = Vec::new();
    for _ in 0..20 {
        films.push(product().genre("war").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await);
    }
    for _ in 0..3 {
        let skus = [0, 1].map(|at: usize| (films[at].editions[0].sku.as_str(), 1));
        Shopper::new(&app).order(&skus).await;
    }
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&BuildRecommendations {}).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations WHERE kind = 'similar'").await, 20 * 12);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM recommendations WHERE kind = 'bought'").await, 2);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs").await, 0);
}
