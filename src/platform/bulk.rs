//! Rows by the hundred.

use sqlx::{MySql, QueryBuilder, query_builder::Separated};

use super::db::Conn;

/// Rows of one `INSERT`.
const ROWS: usize = 100;

/// Inserts all rows, [`ROWS`] a statement: all of those share one that the server has parsed already, and only the last
/// is a text of its own. `conflict` ends the statement.
pub async fn insert<T>(
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
