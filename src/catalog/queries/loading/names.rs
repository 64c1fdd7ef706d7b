//! People and studios: found by slug, made where missing.

use std::collections::HashMap;

use sqlx::{MySql, QueryBuilder, query_builder::Separated};

use super::{LIST, add::shortened, words_in};
use crate::{
    catalog::{index::fold, slug::slugify},
    platform::{bulk::insert, db::Conn},
};

/// Ids of the people of these names, by slug.
pub async fn people(conn: &mut Conn, names: &HashMap<String, &str>) -> Result<HashMap<String, u64>, sqlx::Error> {
    const FIND: &str = "SELECT slug, id FROM people WHERE ";
    let mut ids = found(conn, FIND, names.keys().map(String::as_str).collect()).await?;
    let missing: Vec<(&String, &&str)> = names.iter().filter(|(slug, _)| !ids.contains_key(*slug)).collect();
    if missing.is_empty() {
        return Ok(ids);
    }
    const INTO: &str = "INSERT INTO people (slug, name, search_name) ";
    // Somebody else may have made one of them a moment ago.
    const KEEP: &str = " ON DUPLICATE KEY UPDATE slug = VALUES(slug)";
    let bind = |mut row: Separated<'_, MySql, &'static str>, (slug, name): &(&String, &&str)| {
        row.push_bind(*slug).push_bind(**name);
        row.push_bind(shortened(fold::phrase(name, fold::X::Ks), 255));
    };
    insert(conn, INTO, &missing, bind, KEEP).await?;
    ids.extend(found(conn, FIND, missing.iter().map(|(slug, _)| slug.as_str()).collect()).await?);
    Ok(ids)
}

/// The id of the studio of this name.
pub async fn studio(conn: &mut Conn, name: &str) -> Result<u64, sqlx::Error> {
    let slug = slugify(name);
    let find = async |conn: &mut Conn| {
        sqlx::query_scalar!(
            "SELECT id FROM studios WHERE slug = ? OR name = ? ORDER BY slug = ? DESC LIMIT 1",
            slug,
            name,
            slug
        )
        .fetch_optional(conn)
        .await
    };
    if let Some(id) = find(conn).await? {
        return Ok(id);
    }
    sqlx::query!("INSERT INTO studios (slug, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE slug = slug", slug, name)
        .execute(&mut *conn)
        .await?;
    find(conn).await?.ok_or(sqlx::Error::RowNotFound)
}

async fn found(conn: &mut Conn, select: &'static str, slugs: Vec<&str>) -> Result<HashMap<String, u64>, sqlx::Error> {
    let mut ids = HashMap::new();
    for slugs in slugs.chunks(LIST) {
        let mut sql = QueryBuilder::new(select);
        words_in(&mut sql, "slug", slugs);
        let rows: Vec<(String, u64)> =
            sql.build_query_as().persistent(slugs.len() == LIST).fetch_all(&mut *conn).await?;
        ids.extend(rows);
    }
    Ok(ids)
}
