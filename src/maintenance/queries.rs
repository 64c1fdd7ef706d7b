//! Statements on whole tables. Names come from the program or from the server's own list, never from outside.

use sqlx::{MySql, QueryBuilder, Row};
use time::OffsetDateTime;

use super::Expiring;
use crate::platform::db::Conn;

/// A table that is emptier than this is rebuilt.
const FREE_PERCENT: u32 = 20;
/// Free space below this is what every table keeps in hand to grow into.
const LEAST_FREE: u32 = 8 << 20;
/// Whoever waits longer for a table lets others pass, who would have to wait behind.
const PATIENCE_SECONDS: u32 = 5;

/// The shop's tables by name.
pub(super) async fn tables(conn: &mut Conn) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT CAST(table_name AS CHAR) AS "name!: String" FROM information_schema.tables
           WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> '_sqlx_migrations'
           ORDER BY table_name"#
    )
    .fetch_all(conn)
    .await
}

/// The tables that are worth rebuilding, each with its free bytes.
pub(super) async fn sparse_tables(conn: &mut Conn) -> sqlx::Result<Vec<(String, u64)>> {
    let rows = sqlx::query!(
        r#"SELECT CAST(table_name AS CHAR) AS "name!: String", CAST(data_free AS UNSIGNED) AS "free!: u64"
           FROM information_schema.tables
           WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> '_sqlx_migrations'
           AND data_free >= ? AND data_free * 100 > (data_length + index_length + data_free) * ? ORDER BY table_name"#,
        LEAST_FREE,
        FREE_PERCENT
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.free)).collect())
}

/// Rather gives up than holds up everybody who wants a table that a long query has.
pub(super) async fn be_patient(conn: &mut Conn, is_patient: bool) -> sqlx::Result<()> {
    let mut set = QueryBuilder::<MySql>::new("SET SESSION lock_wait_timeout = ");
    if is_patient {
        set.push("DEFAULT")
    } else {
        set.push(PATIENCE_SECONDS)
    };
    set.build().execute(conn).await?;
    Ok(())
}

pub(super) async fn analyze(conn: &mut Conn, table: &str) -> sqlx::Result<Option<String>> {
    on_table(conn, "ANALYZE TABLE ", table).await
}

pub(super) async fn rebuild(conn: &mut Conn, table: &str) -> sqlx::Result<Option<String>> {
    on_table(conn, "OPTIMIZE TABLE ", table).await
}

/// Tells what the server complained of, if it did.
async fn on_table(conn: &mut Conn, what: &'static str, table: &str) -> sqlx::Result<Option<String>> {
    let mut query = QueryBuilder::<MySql>::new(what);
    push_name(&mut query, table);
    let rows = query.build().persistent(false).fetch_all(conn).await?;
    let text = |row: &sqlx::mysql::MySqlRow, column: usize| {
        row.try_get::<Vec<u8>, _>(column).map(|text| String::from_utf8_lossy(&text).into_owned())
    };
    for row in &rows {
        if text(row, 2)?.eq_ignore_ascii_case("error") {
            return text(row, 3).map(Some);
        }
    }
    Ok(None)
}

fn push_name(query: &mut QueryBuilder<MySql>, table: &str) {
    query.push("`").push(table.replace('`', "``")).push("`");
}

/// How many rows of these are over.
pub(super) async fn count_over(conn: &mut Conn, of: &Expiring, now: OffsetDateTime) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::new("SELECT COUNT(*)");
    push_over(&mut query, of, now);
    let count: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(count.unsigned_abs())
}

/// Deletes up to `most` rows that are over, the oldest first, in a transaction of their own; tells how many.
pub(super) async fn delete_over(conn: &mut Conn, of: &Expiring, now: OffsetDateTime, most: u32) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::new("DELETE");
    push_over(&mut query, of, now);
    query.push(" ORDER BY ").push(of.since).push(" LIMIT ").push(most);
    Ok(query.build().execute(conn).await?.rows_affected())
}

fn push_over(query: &mut QueryBuilder<MySql>, of: &Expiring, now: OffsetDateTime) {
    query.push(" FROM ").push(of.table).push(" WHERE ").push(of.only).push(" AND ").push(of.since).push(" <= ");
    query.push_bind(now - of.keep);
}
