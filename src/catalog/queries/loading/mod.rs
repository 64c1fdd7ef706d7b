//! Statements of taking films in bulk: many rows a statement, everything of a chunk in one transaction.

pub mod add;
pub mod change;
pub mod names;
pub mod read;
pub mod shelves;

use sqlx::{MySql, QueryBuilder, query_builder::Separated};

use crate::platform::db::Conn;

/// The longest list that stands in an `IN`: from 1,000 on MariaDB makes a table of it and reads the other one whole.
pub const LIST: usize = 500;

/// Rows of one `INSERT`.
const ROWS: usize = 100;

/// Inserts all rows, [`ROWS`] a statement: all of those share one that the server has parsed already, and only the last
/// is a text of its own. `conflict` ends the statement.
async fn insert<T>(
    conn: &mut Conn,
    into: &'static str,
    rows: &[T],
    mut bind: impl FnMut(Separated<'_, MySql, &'static str>, &T),
    conflict: &'static str,
) -> Result<(), sqlx::Error> {
    for rows in rows.chunks(ROWS) {
        let mut sql = QueryBuilder::new(into);
        sql.push_values(rows, &mut bind);
        sql.push(conflict);
        sql.build().persistent(rows.len() == ROWS).execute(&mut *conn).await?;
    }
    Ok(())
}

/// `column IN (…)` of at least one id.
fn ids_in(sql: &mut QueryBuilder<MySql>, column: &'static str, ids: &[u64]) {
    sql.push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    sql.push(")");
}

/// `column IN (…)` of at least one word.
fn words_in(sql: &mut QueryBuilder<MySql>, column: &'static str, words: &[&str]) {
    sql.push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for word in words {
        list.push_bind(*word);
    }
    sql.push(")");
}
