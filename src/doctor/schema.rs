//! The schema, compared with what the migrations make.

use super::{Finding, Outcome, queries};
use crate::platform::{
    db::{Conn, Database},
    migrations,
};

/// Every column, index and trigger that the migrations make, a line each; a test holds it to them.
pub const EXPECTED: &str = include_str!("schema.txt");

pub(super) async fn check(db: &Database, conn: &mut Conn) -> sqlx::Result<Outcome> {
    // An empty database cannot even tell.
    let (applied, all) = (migrations::applied_count(db).await.unwrap_or_default(), migrations::count());
    if applied < all {
        return Ok(Outcome::wrong(format!("{applied} of {all} migrations were applied"), "marquee migrate"));
    }
    let found = queries::schema(conn).await?;
    let missing = EXPECTED.lines().filter(|line| !found.iter().any(|found| found == line));
    Ok(Outcome::of(missing.map(finding).collect(), format!("{all} migrations, {} columns and indexes", found.len())))
}

fn finding(line: &str) -> Finding {
    Finding::wrong(format!("there is no {line}"), next(line))
}

/// How to bring it back. Only an index can be made again without its rows.
fn next(line: &str) -> String {
    let index = |kind: &str, rest: &str| {
        let (name, columns) = rest.split_once(' ')?;
        let (table, name) = name.split_once('.')?;
        Some(format!("ALTER TABLE {table} ADD {kind} {name} {columns}"))
    };
    let made = match line.split_once(' ') {
        Some(("index", rest)) => index("INDEX", rest),
        Some(("unique", rest)) => index("UNIQUE INDEX", rest),
        _ => None,
    };
    made.unwrap_or_else(|| "take it from the migration that made it, or restore a backup".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_is_gone_is_named_with_the_statement_that_makes_it() {
        let told = finding("unique editions.editions_sku (sku)");
        assert_eq!(told.next, "ALTER TABLE editions ADD UNIQUE INDEX editions_sku (sku)");
        assert_eq!(next("index t.t_a_b (a, b)"), "ALTER TABLE t ADD INDEX t_a_b (a, b)");
        assert!(next("column t.a").contains("backup"));
    }
}
