//! A database for one test, dropped with it.

use std::time::{Duration, Instant};

use marquee::platform::{db, ids, migrations};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

/// The server's address, with a database that exists.
fn server_url() -> String {
    std::env::var("DATABASE_URL").expect("DATABASE_URL names a server whose user may create databases")
}

pub fn redis_url() -> String {
    std::env::var("REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1/".to_owned())
}

pub struct TestDatabase {
    pub url: String,
    /// The first word of the test's keys in Redis too.
    pub name: String,
}

impl TestDatabase {
    pub async fn empty() -> Self {
        let name = format!("marquee_test_{}", ids::request_id());
        run(&server_url(), format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE {}", db::COLLATION)).await;
        Self { url: with_database(&server_url(), &name), name }
    }

    pub async fn migrated() -> Self {
        let database = Self::empty().await;
        migrations::run(&database.url).await.unwrap();
        database
    }

    /// The database of another process's test, which drops it.
    pub fn of_another(url: &str) -> Self {
        Self { url: url.to_owned(), name: String::new() }
    }

    /// Runs one statement outside the shop, as an administrator would.
    pub async fn execute(&self, sql: &str) {
        run(&self.url, sql.to_owned()).await;
    }

    /// Lets nobody else read or write a table until the connection is dropped.
    pub async fn lock_table(&self, table: &str) -> MySqlConnection {
        let mut conn = MySqlConnection::connect_with(&db::connect_options(&self.url).unwrap()).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("LOCK TABLES {table} WRITE"))).execute(&mut conn).await.unwrap();
        conn
    }

    /// Waits until a statement waits for a locked table.
    pub async fn somebody_waits_for_a_table(&self) {
        let waiting = format!(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{}' AND state LIKE 'Waiting for table%'",
            self.name
        );
        let start = Instant::now();
        while self.number(&waiting).await == 0 {
            assert!(start.elapsed() < Duration::from_secs(10), "nobody waits");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The texts that a query answers, a column of them.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut conn = MySqlConnection::connect_with(&db::connect_options(&self.url).unwrap()).await.unwrap();
        let texts = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&mut conn).await;
        hang_up(conn).await;
        texts.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The one number that a query answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut conn = MySqlConnection::connect_with(&db::connect_options(&self.url).unwrap()).await.unwrap();
        let number = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut conn).await;
        hang_up(conn).await;
        number.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The one text that a query answers; empty for none.
    pub async fn text(&self, sql: &str) -> String {
        let mut conn = MySqlConnection::connect_with(&db::connect_options(&self.url).unwrap()).await.unwrap();
        let text: sqlx::Result<Option<String>> =
            sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut conn).await;
        hang_up(conn).await;
        text.unwrap_or_else(|error| panic!("{sql}: {error}")).unwrap_or_default()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        if name.is_empty() {
            return;
        }
        // A runtime of its own: the test's may be on its way out.
        let dropper = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(drop_database(&name))
                .ok();
        });
        dropper.join().ok();
    }
}

/// A test may leave a transaction open whose rollback nobody is left to send. Its connection is ended, for waiting for
/// its end would be waiting for ourselves.
async fn drop_database(name: &str) -> sqlx::Result<()> {
    let mut conn = MySqlConnection::connect_with(&db::connect_options(&server_url())?).await?;
    sqlx::query("SET SESSION lock_wait_timeout = 5").execute(&mut conn).await?;
    let open = "SELECT CAST(id AS UNSIGNED) FROM information_schema.processlist WHERE db = ?";
    let open: Vec<u64> = sqlx::query_scalar(open).bind(name).fetch_all(&mut conn).await?;
    for id in open {
        // It may have ended by itself meanwhile.
        sqlx::query(AssertSqlSafe(format!("KILL {id}"))).execute(&mut conn).await.ok();
    }
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).execute(&mut conn).await?;
    hang_up(conn).await;
    Ok(())
}

async fn run(url: &str, sql: String) {
    let mut conn = MySqlConnection::connect_with(&db::connect_options(url).unwrap()).await.unwrap();
    sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut conn).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    hang_up(conn).await;
}

/// MySQL may close the connection before the goodbye is all written.
async fn hang_up(conn: MySqlConnection) {
    conn.close().await.ok();
}

fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let (server, _) = base.rsplit_once('/').expect("DATABASE_URL ends with a database's name");
    format!("{server}/{name}{query}")
}
