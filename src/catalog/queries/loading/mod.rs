//! Statements of taking films in bulk: many rows a statement, everything of a chunk in one transaction.

pub mod add;
pub mod change;
pub mod names;
pub mod read;
pub mod shelves;

use sqlx::{MySql, QueryBuilder};

/// The longest list that stands in an `IN`: from 1,000 on MariaDB makes a table of it and reads the other one whole.
pub const LIST: usize = 500;

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
