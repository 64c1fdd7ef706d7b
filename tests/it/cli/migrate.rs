use marquee::platform::migrations;

use crate::support::{TestApp, TestDatabase};

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

#[tokio::test]
async fn a_release_starts_on_the_schema_of_a_later_one_even_where_a_step_of_that_failed() {
    let app = TestApp::new().await;
    for (version, success) in [("99991231235958", "TRUE"), ("99991231235959", "FALSE")] {
        let later = format!(
            "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
             VALUES ({version}, 'of a later release', '2026-01-01', {success}, '', 0)"
        );
        app.database.execute(&later).await;
        assert_eq!(migrations::run(&app.database.url).await.unwrap(), 0);
    }
    assert_eq!(migrations::applied_count(&app.app.db).await.unwrap(), migrations::count(), "of its own");
    app.database.execute("DELETE FROM _sqlx_migrations ORDER BY version LIMIT 1").await;
    assert!(migrations::run(&app.database.url).await.is_err(), "a step of its own is missing");
    app.index().await;
    assert_eq!(app.guest().get("/readyz").await.status, 503);
}
