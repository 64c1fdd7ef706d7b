//! The database refuses what the program must never store: each constraint is broken by direct SQL, and a constraint
//! that no test breaks fails the test.

pub mod rows;
mod rules;

use std::collections::BTreeSet;

use marquee::platform::db::Conn;
use rows::{NULLABLE, ROWS, insert};
use rules::{CHECKS, FOREIGN, INDEXES, OVERLAPPING, OnDelete, UNIQUE, words};
use sqlx::{AssertSqlSafe, error::ErrorKind};

use crate::support::TestApp;

/// The table whose rows nobody changes, for whatever reason.
const APPEND_ONLY: &str = "audit_log";

/// A shop with two valid rows in every table.
pub async fn filled() -> TestApp {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    for n in [1, 2] {
        for (table, _) in ROWS {
            run(&mut conn, insert(table, n, &[])).await.unwrap_or_else(|error| panic!("{table}: {error}"));
        }
    }
    app
}

async fn run(conn: &mut Conn, sql: String) -> sqlx::Result<u64> {
    sqlx::query(AssertSqlSafe(sql)).execute(conn).await.map(|done| done.last_insert_id())
}

/// Runs a statement that must be refused, and says why it was.
async fn refused(conn: &mut Conn, sql: &str) -> (ErrorKind, String) {
    match run(conn, sql.to_owned()).await {
        Ok(_) => panic!("accepted: {sql}"),
        Err(sqlx::Error::Database(error)) => (error.kind(), error.message().to_owned()),
        Err(error) => panic!("{sql}: {error}"),
    }
}

async fn assert_refused(conn: &mut Conn, sql: &str, kind: ErrorKind, name: &str) {
    let (got, message) = refused(conn, sql).await;
    assert!(got == kind && message.contains(name), "{sql}\nby {name}: {message}");
}

/// Facts of the schema, one row of texts each.
async fn facts<const N: usize>(conn: &mut Conn, sql: &'static str) -> Vec<[String; N]> {
    use sqlx::Row;
    let rows = sqlx::query(sql).fetch_all(conn).await.unwrap();
    rows.iter().map(|row| std::array::from_fn(|column| row.get(column))).collect()
}

/// Constraints of one type as (table, name).
async fn constraints(conn: &mut Conn, kind: &str) -> Vec<[String; 2]> {
    let all = facts::<3>(
        conn,
        "SELECT CAST(table_name AS CHAR), CAST(constraint_name AS CHAR), CAST(constraint_type AS CHAR) \
         FROM information_schema.table_constraints \
         WHERE constraint_schema = DATABASE() AND table_name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .await;
    all.into_iter().filter(|[_, _, of]| of == kind).map(|[table, name, _]| [table, name]).collect()
}

/// The columns of the schema as (table, column, YES or NO, what else it is).
async fn columns(conn: &mut Conn) -> Vec<[String; 4]> {
    facts(
        conn,
        "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR), CAST(is_nullable AS CHAR), \
         CAST(CONCAT(extra, ' ', data_type) AS CHAR) FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name <> '_sqlx_migrations' ORDER BY 1, ordinal_position",
    )
    .await
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn every_column_that_must_be_filled_is() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    let columns = columns(conn).await;
    let tables: BTreeSet<_> = columns.iter().map(|[table, ..]| table.clone()).collect();
    assert_eq!(tables, set(ROWS.iter().map(|(table, _)| *table)), "a table has no valid row to break");
    for [table, column, nullable, extra] in columns {
        // Not DEFAULT_GENERATED, as one of the servers calls a column with an expression for a default.
        if extra.contains(" GENERATED") || extra.contains("auto_increment") {
            continue;
        }
        let may_be_empty = NULLABLE.iter().any(|(name, names)| *name == table && names.contains(&column.as_str()));
        assert_eq!(nullable == "YES", may_be_empty, "{table}.{column}");
        if !may_be_empty && table != APPEND_ONLY {
            let sql = format!("UPDATE {table} SET `{column}` = NULL");
            assert_refused(conn, &sql, ErrorKind::NotNullViolation, &column).await;
        }
    }
}

#[tokio::test]
async fn keys_are_unique() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    let unique = constraints(conn, "UNIQUE").await;
    assert_eq!(unique.iter().map(|[_, name]| name.clone()).collect::<BTreeSet<_>>(), set(UNIQUE.iter().copied()));
    let parts = facts::<3>(
        conn,
        "SELECT CAST(k.table_name AS CHAR), CAST(k.constraint_name AS CHAR), CAST(k.column_name AS CHAR) \
         FROM information_schema.key_column_usage k JOIN information_schema.columns c \
         ON c.table_schema = k.table_schema AND c.table_name = k.table_name AND c.column_name = k.column_name \
         WHERE k.table_schema = DATABASE() AND c.table_schema = DATABASE() \
         AND k.referenced_table_name IS NULL AND (c.extra NOT LIKE '%GENERATED%' OR c.column_name LIKE 'held%')",
    )
    .await;
    for [table, name] in unique {
        let copied: Vec<_> = parts
            .iter()
            .filter(|[of, key, _]| (of, key) == (&table, &name))
            // What is held is what stands in the column of that name.
            .map(|[_, _, column]| column.strip_prefix("held_").unwrap_or(column))
            .map(|column| format!("b.{column} = a.{column}"))
            .collect();
        let sql = format!("UPDATE {table} b JOIN {table} a ON a.id = 1 SET {} WHERE b.id = 2", copied.join(", "));
        assert_refused(conn, &sql, ErrorKind::UniqueViolation, &name).await;
    }
    for [table, _] in constraints(conn, "PRIMARY KEY").await {
        if table == APPEND_ONLY {
            continue;
        }
        let is_numbered = columns(conn).await.iter().any(|[of, column, ..]| *of == table && column == "id");
        let sql = if is_numbered {
            format!("UPDATE {table} SET id = 2 WHERE id = 1")
        } else {
            format!("INSERT INTO {table} SELECT * FROM {table}")
        };
        // A key that others point to is refused for their sake first.
        let (kind, message) = refused(conn, &sql).await;
        let referenced = is_numbered && kind == ErrorKind::ForeignKeyViolation;
        assert!(
            referenced || (kind == ErrorKind::UniqueViolation && message.contains("PRIMARY")),
            "{table}: {message}"
        );
    }
}

#[tokio::test]
async fn links_lead_to_rows_that_exist() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    let rules = facts::<5>(
        conn,
        "SELECT CAST(k.table_name AS CHAR), CAST(k.constraint_name AS CHAR), CAST(k.column_name AS CHAR), \
         CAST(k.referenced_table_name AS CHAR), CAST(r.delete_rule AS CHAR) \
         FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r \
         ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name \
         AND r.constraint_name = k.constraint_name \
         WHERE k.table_schema = DATABASE() AND r.constraint_schema = DATABASE() \
         AND k.referenced_table_name IS NOT NULL",
    )
    .await;
    let mut known = FOREIGN.to_vec();
    known.sort_unstable();
    let mut found: Vec<_> = rules
        .iter()
        .map(|[_, name, column, parent, rule]| (name.as_str(), column.as_str(), parent.as_str(), on_delete(rule)))
        .collect();
    found.sort_unstable();
    assert_eq!(found, known);
    for [table, name, column, ..] in &rules {
        let sql = format!("UPDATE {table} SET {column} = 999999");
        assert_refused(conn, &sql, ErrorKind::ForeignKeyViolation, name).await;
    }
}

fn on_delete(rule: &str) -> OnDelete {
    match rule {
        "CASCADE" => OnDelete::Cascade,
        "SET NULL" => OnDelete::SetNull,
        // The servers take these two for the same, and one of them reports the one for the other.
        "RESTRICT" | "NO ACTION" => OnDelete::Restrict,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_deleted_row_takes_along_lets_go_or_is_held() {
    let app = filled().await;
    for (name, column, parent, rule) in FOREIGN {
        let table = ROWS
            .iter()
            .map(|(table, _)| *table)
            .filter(|table| name.starts_with(&format!("{table}_")))
            .max_by_key(|table| table.len())
            .unwrap();
        let mut tx = app.app.db.begin().await.unwrap();
        let apart = match *parent {
            // A customer has one review of a film, and has written that one already.
            "reviews" => vec![("client_id", "NULL".to_owned())],
            // And one list without a name.
            "wishlists" => vec![("is_default", "FALSE".to_owned())],
            _ => Vec::new(),
        };
        let parent_id = run(&mut tx, insert(parent, 8, &apart)).await.unwrap();
        let child = insert(table, 9, &[(column, parent_id.to_string())]);
        let child_id = run(&mut tx, child).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let delete = format!("DELETE FROM {parent} WHERE id = {parent_id}");
        if *rule == OnDelete::Restrict {
            assert_refused(&mut tx, &delete, ErrorKind::ForeignKeyViolation, name).await;
            continue;
        }
        run(&mut tx, delete).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let count = match rule {
            OnDelete::SetNull => format!("SELECT COUNT(*) FROM {table} WHERE id = {child_id} AND {column} IS NULL"),
            _ => format!("SELECT 1 - COUNT(*) FROM {table} WHERE {column} = {parent_id}"),
        };
        let as_expected: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(as_expected, 1, "{name}: {rule:?}");
    }
}

#[tokio::test]
async fn checks_refuse_what_makes_no_sense() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    let columns = columns(conn).await;
    // One of the servers holds JSON columns valid by a CHECK with the column's name.
    let is_json = |table: &str, name: &str| columns.iter().any(|[of, column, ..]| of == table && column == name);
    let found = constraints(conn, "CHECK").await;
    let of_ours: Vec<_> = found.into_iter().filter(|[table, name]| !is_json(table, name)).collect();
    let cased = CHECKS.iter().map(|(name, _)| *name).chain(OVERLAPPING.iter().map(|(name, _)| *name));
    let covered = set(cased.chain(words().into_iter().map(|(name, _)| name)));
    assert_eq!(of_ours.iter().map(|[_, name]| name.clone()).collect::<BTreeSet<_>>(), covered);
    let table_of =
        |name: &str| of_ours.iter().find(|[_, check]| check == name).map(|[table, _]| table.clone()).unwrap();
    for (name, changes) in CHECKS {
        for change in *changes {
            let sql = format!("UPDATE {} SET {change}", table_of(name));
            assert_refused(conn, &sql, ErrorKind::CheckViolation, name).await;
        }
    }
    for (name, change) in OVERLAPPING {
        refused(conn, &format!("UPDATE {} SET {change}", table_of(name))).await;
    }
}

#[tokio::test]
async fn columns_of_words_hold_the_programs_words_and_no_other() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    let clauses = facts::<3>(
        conn,
        "SELECT CAST(t.table_name AS CHAR), CAST(t.constraint_name AS CHAR), CAST(c.check_clause AS CHAR) \
         FROM information_schema.table_constraints t JOIN information_schema.check_constraints c \
         ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name \
         WHERE t.constraint_schema = DATABASE() AND c.constraint_schema = DATABASE() AND t.constraint_type = 'CHECK'",
    )
    .await;
    let clauses: Vec<_> = clauses.into_iter().filter(|[_, _, clause]| clause.contains(" in (")).collect();
    let words = words();
    assert_eq!(
        clauses.iter().map(|[_, name, _]| name.clone()).collect::<BTreeSet<_>>(),
        set(words.iter().map(|(name, _)| *name))
    );
    for [table, name, clause] in &clauses {
        let (_, expected) = words.iter().find(|(check, _)| check == name).unwrap();
        assert_eq!(&quoted(clause, '\''), expected, "{name}");
        let column = quoted(clause, '`').remove(0);
        for foreign in ["xx".to_owned(), expected[0].to_uppercase()] {
            let sql = format!("UPDATE {table} SET {column} = '{foreign}'");
            assert_refused(conn, &sql, ErrorKind::CheckViolation, name).await;
        }
    }
}

/// What stands between pairs of `mark`.
fn quoted(clause: &str, mark: char) -> Vec<String> {
    clause.split(mark).skip(1).step_by(2).map(|word| word.trim_end_matches('\\').to_owned()).collect()
}

#[tokio::test]
async fn json_columns_hold_json() {
    let app = filled().await;
    let conn = &mut app.conn().await;
    for (table, column) in [
        ("carts", "contact"),
        ("carts", "delivery"),
        ("carts", "payment"),
        ("orders", "price_trail"),
        ("order_events", "data"),
        ("settings", "value"),
        ("jobs", "payload"),
        ("messages", "payload"),
        ("sessions", "data"),
    ] {
        refused(conn, &format!("UPDATE {table} SET {column} = '{{not json'")).await;
    }
}

#[tokio::test]
async fn the_indexes_that_lists_and_jobs_rely_on_exist() {
    let app = TestApp::new().await;
    let conn = &mut app.conn().await;
    let parts = facts::<3>(
        conn,
        "SELECT CAST(table_name AS CHAR), CAST(index_name AS CHAR), CAST(column_name AS CHAR) \
         FROM information_schema.statistics WHERE table_schema = DATABASE() \
         ORDER BY table_name, index_name, seq_in_index",
    )
    .await;
    let mut indexes: Vec<(String, String, Vec<String>)> = Vec::new();
    for [table, index, column] in parts {
        match indexes.last_mut() {
            Some((of, name, columns)) if (&*of, &*name) == (&table, &index) => columns.push(column),
            _ => indexes.push((table, index, vec![column])),
        }
    }
    for (table, wanted) in INDEXES {
        for wanted in *wanted {
            let exists = indexes.iter().any(|(of, _, columns)| of == table && columns.join(",") == *wanted);
            assert!(exists, "{table} ({wanted})");
        }
    }
}
