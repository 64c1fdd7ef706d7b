//! Connections, lent and given back.

use std::time::Duration;

use futures_util::StreamExt;
use marquee::platform::db::Database;
use sqlx::Row;
use tokio::time::timeout;

use crate::support::TestDatabase;

/// A database whose pool has so many connections, with a row to hold.
async fn database(size: u32) -> (TestDatabase, Database) {
    let database = TestDatabase::empty().await;
    database.execute("CREATE TABLE held (id INT PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB").await;
    database.execute("INSERT INTO held VALUES (1, 0)").await;
    let db = Database::connect_lazy(&database.url, size).unwrap();
    (database, db)
}

async fn connection_id(db: &Database) -> u64 {
    sqlx::query("SELECT CONNECTION_ID()").fetch_one(&mut db.conn().await.unwrap()).await.unwrap().get(0)
}

/// How often the connection in use was asked whether it is well.
async fn pings(db: &Database) -> String {
    let status = sqlx::query("SHOW SESSION STATUS LIKE 'Com_admin_commands'");
    status.fetch_one(&mut db.conn().await.unwrap()).await.unwrap().get(1)
}

async fn n(db: &Database) -> i32 {
    sqlx::query("SELECT n FROM held").fetch_one(&mut db.conn().await.unwrap()).await.unwrap().get(0)
}

#[tokio::test]
async fn what_is_given_back_is_lent_again_without_being_asked() {
    let (_database, db) = database(3).await;
    let (first, asked) = (connection_id(&db).await, pings(&db).await);
    for _ in 0..50 {
        assert_eq!(connection_id(&db).await, first);
    }
    assert_eq!(pings(&db).await, asked, "it is not asked each time whether it is well");
    db.close().await;
}

#[tokio::test]
async fn a_transaction_that_was_given_up_leaves_no_change_and_no_lock() {
    let (_database, db) = database(2).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE held SET n = 1").execute(&mut *tx).await.unwrap();
    drop(tx);
    let update = async {
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE held SET n = n + 2").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    timeout(Duration::from_secs(5), update).await.expect("nobody holds the row any more");
    assert_eq!(n(&db).await, 2);
    db.close().await;
}

#[tokio::test]
async fn a_statement_that_was_given_up_spoils_nothing() {
    let (_database, db) = database(2).await;
    for _ in 0..5 {
        let slow = async { sqlx::query("SELECT SLEEP(0.3)").fetch_all(&mut db.conn().await.unwrap()).await };
        assert!(timeout(Duration::from_millis(30), slow).await.is_err());
        let mut conn = db.conn().await.unwrap();
        let mut rows = sqlx::query("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3").fetch(&mut conn);
        assert_eq!(rows.next().await.unwrap().unwrap().get::<i64, _>(0), 1);
        drop(rows);
        drop(conn);
        let mut tx = db.begin().await.unwrap();
        let failed = sqlx::query("INSERT INTO held VALUES (1, 0)").execute(&mut *tx).await;
        assert!(failed.is_err(), "the key is taken");
        drop(tx);
        assert_eq!(n(&db).await, 0);
    }
    db.close().await;
}

#[tokio::test]
async fn many_share_few_and_nobody_is_left_waiting() {
    let (database, db) = database(3).await;
    let add = |db: Database| async move {
        for _ in 0..20 {
            let mut tx = db.begin().await.unwrap();
            sqlx::query("UPDATE held SET n = n + 1").execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    let all = (0..20).map(|_| tokio::spawn(add(db.clone())));
    futures_util::future::try_join_all(all).await.unwrap();
    assert_eq!(n(&db).await, 400);
    let name = &database.name;
    let open = format!("SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{name}'");
    assert!(database.number(&open).await <= 4, "no more than the pool has, and this one");
    db.close().await;
    assert!(db.conn().await.is_err(), "what is closed lends nothing");
}

#[tokio::test]
async fn who_waits_in_vain_is_told_so() {
    let (_database, db) = database(1).await;
    let held = db.conn().await.unwrap();
    assert!(matches!(db.conn().await, Err(sqlx::Error::PoolTimedOut)));
    drop(held);
    assert_eq!(n(&db).await, 0);
    db.close().await;
}
