//! Changes of rows in batches end in the same rows, whatever happens in the middle.

use std::time::Duration;

use futures_util::future::BoxFuture;
use marquee::platform::{
    db::{Conn, Tx},
    migrations::data::{self, Batch, DataMigration, State},
};
use tokio::sync::watch;

use crate::support::{Rerun, TestApp};

/// A change that is wrong when it is made twice: the value of each row is doubled.
struct Double {
    pause: Duration,
}

impl DataMigration for Double {
    fn name(&self) -> &'static str {
        "double"
    }

    fn end<'a>(&'a self, conn: &'a mut Conn) -> BoxFuture<'a, sqlx::Result<u64>> {
        let end = "SELECT CAST(MAX(id) AS UNSIGNED) FROM numbers";
        Box::pin(async move { sqlx::query_scalar(end).fetch_one(conn).await })
    }

    fn batch<'a>(&'a self, tx: &'a mut Tx, after: u64) -> BoxFuture<'a, sqlx::Result<Batch>> {
        Box::pin(async move {
            let rows = "SELECT id FROM numbers WHERE id > ? ORDER BY id LIMIT 50";
            let ids: Vec<u64> = sqlx::query_scalar(rows).bind(after).fetch_all(&mut **tx).await?;
            let Some(place) = ids.last().copied() else { return Ok(Batch::End) };
            let double = "UPDATE numbers SET value = value * 2 WHERE id > ? AND id <= ?";
            let done = sqlx::query(double).bind(after).bind(place).execute(&mut **tx).await?;
            tokio::time::sleep(self.pause).await;
            Ok(Batch::UpTo { place, changed: done.rows_affected() })
        })
    }
}

/// A thousand rows of 1.
async fn numbers() -> TestApp {
    let app = TestApp::new().await;
    app.database.execute("CREATE TABLE numbers (id BIGINT UNSIGNED PRIMARY KEY, value INT NOT NULL)").await;
    let rows = (1..=1_000).map(|id| format!("({id}, 1)")).collect::<Vec<_>>().join(", ");
    app.database.execute(&format!("INSERT INTO numbers VALUES {rows}")).await;
    app
}

const LEFT: &str = "SELECT COUNT(*) FROM numbers WHERE value = 1";
const DOUBLED: &str = "SELECT COUNT(*) FROM numbers WHERE value = 2";

#[tokio::test]
async fn each_row_is_changed_once_and_the_progress_is_told() {
    let app = numbers().await;
    let quick = Double { pause: Duration::ZERO };
    let conn = &mut app.conn().await;
    assert_eq!(data::status(conn, &[&DOUBLE]).await.unwrap(), [("double", State::Pending)]);
    let mut told = Vec::new();
    let taken = data::run(&app.app.db, &[&quick], |now| told.push((now.place, now.end, now.changed))).await.unwrap();
    assert_eq!((taken, app.database.number(DOUBLED).await), (1, 1_000));
    assert_eq!((told.len(), told[0], told[20]), (21, (50, 1_000, 50), (1_000, 1_000, 1_000)));
    assert_eq!(data::status(conn, &[&DOUBLE]).await.unwrap(), [("double", State::Finished)]);
    assert_eq!(data::run(&app.app.db, &[&quick], |_| panic!("it is done")).await.unwrap(), 0);
    assert_eq!(app.database.number(DOUBLED).await, 1_000);
}

/// Slow enough to be killed in the middle.
const DOUBLE: Double = Double { pause: Duration::from_millis(30) };

#[tokio::test]
#[ignore = "no test: the program of the processes below"]
async fn migrator() {
    let Some(app) = Rerun::shop() else { return };
    data::run(&app.app.db, &[&DOUBLE], |_| {}).await.unwrap();
}

#[tokio::test]
async fn killed_in_the_middle_and_run_again_it_ends_in_the_same_rows() {
    let app = numbers().await;
    for left in [800, 500, 200] {
        let process = Rerun::start("domain::data_migrations::migrator", &app.database);
        while app.database.number(LEFT).await > left {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        drop(process);
        let status = data::status(&mut app.conn().await, &[&DOUBLE]).await.unwrap();
        assert!(matches!(status[..], [("double", State::Begun(50..1_000))]), "{status:?}");
    }
    data::run(&app.app.db, &[&DOUBLE], |_| {}).await.unwrap();
    assert_eq!(app.database.number(DOUBLED).await, 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_at_once_take_turns() {
    let app = numbers().await;
    let other = TestApp::on(app.database.clone(), &[]);
    let (_stop, stopped) = watch::channel(false);
    let beside = data::run_beside(other.app.db.clone(), &[&DOUBLE], stopped);
    let ((), taken) = tokio::join!(beside, data::run(&app.app.db, &[&DOUBLE], |_| {}));
    assert_eq!((taken.unwrap(), app.database.number(DOUBLED).await), (1, 1_000));
    assert_eq!(app.database.number("SELECT CAST(changed AS SIGNED) FROM data_migrations").await, 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_goes_on_with_the_next_start() {
    let app = numbers().await;
    let (stop, stopped) = watch::channel(false);
    let db = app.app.db.clone();
    let beside = tokio::spawn(async move { data::run_beside(db, &[&DOUBLE], stopped).await });
    while app.database.number(LEFT).await > 900 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    stop.send_replace(true);
    beside.await.unwrap();
    assert!(app.database.number(LEFT).await > 0);
    data::run(&app.app.db, &[&DOUBLE], |_| {}).await.unwrap();
    assert_eq!(app.database.number(DOUBLED).await, 1_000);
}
