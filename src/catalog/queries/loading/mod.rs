//! Statements of taking films in bulk: many rows a statement, everything of a chunk in one transaction.

pub mod add;
pub mod change;
pub mod names;
pub mod read;
pub mod shelves;

use sqlx::{MySql, QueryBuilder};

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
