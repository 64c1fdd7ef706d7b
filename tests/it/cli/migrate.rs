use marquee::platform::migrations;

use crate::support::TestDatabase;

#[tokio::test]
async fn two_nodes_at_once_apply_each_step_once() {
    let database = TestDatabase::empty().await;
    let (one, two) = tokio::join!(migrations::run(&database.url), migrations::run(&database.url));
    assert_eq!(one.unwrap() + two.unwrap(), migrations::count());
    assert_eq!(migrations::run(&database.url).await.unwrap(), 0);
    assert!(migrations::status(&database.url).await.unwrap().iter().all(|step| step.applied));
}

#[tokio::test]
async fn a_changed_step_is_refused() {
    let database = TestDatabase::migrated().await;
    database.execute("UPDATE _sqlx_migrations SET checksum = REVERSE(checksum) LIMIT 1").await;
    let error = migrations::run(&database.url).await.unwrap_err().to_string();
    assert!(error.contains("modified"), "{error}");
}
