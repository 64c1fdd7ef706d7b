//! The one statement that writes `audit_log`, and those that read it; there is none that changes it.

use serde_json::Value;
use sqlx::{FromRow, MySql, QueryBuilder, types::Json};
use time::{Duration, OffsetDateTime};

use super::Entry;
use crate::platform::db::Conn;

pub(super) async fn insert(conn: &mut Conn, entry: &Entry<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO audit_log (actor, action, object, `before`, `after`, ip, request_id) VALUES (?, ?, LEFT(?, 128), ?, ?, ?, ?)",
        entry.author.actor,
        entry.action,
        entry.object,
        entry.before.as_ref().map(Json),
        entry.after.as_ref().map(Json),
        entry.author.ip.map(|ip| ip.to_string()),
        entry.author.request_id.as_deref()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Which entries are asked for; whatever is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub actor: Option<String>,
    pub action: Option<String>,
    pub object: Option<String>,
    /// All that one request did.
    pub request: Option<String>,
    pub from: Option<OffsetDateTime>,
    /// Not this moment any more.
    pub until: Option<OffsetDateTime>,
}

/// An entry as it stands in the log.
#[derive(Clone, Debug)]
pub struct Logged {
    pub id: u64,
    pub actor: String,
    pub action: String,
    pub object: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub ip: Option<String>,
    pub request_id: Option<String>,
    pub at: OffsetDateTime,
}

#[derive(FromRow)]
struct LoggedRow {
    id: u64,
    actor: String,
    action: String,
    object: String,
    was: Option<String>,
    is_now: Option<String>,
    ip: Option<String>,
    request_id: Option<String>,
    created_at: OffsetDateTime,
}

impl From<LoggedRow> for Logged {
    fn from(row: LoggedRow) -> Self {
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        let LoggedRow { id, actor, action, object, was, is_now, ip, request_id, created_at: at } = row;
        Self { id, actor, action, object, before: json(was), after: json(is_now), ip, request_id, at }
    }
}

/// The ids between which the entries of a time are: above the first, below the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    above: Option<u64>,
    below: Option<u64>,
}

/// Ids follow the time but for transactions that ran side by side; none ran so long.
const SLACK: Duration = Duration::minutes(10);

/// Where the time that is asked for begins and ends in the log, so that no page reads what lies outside. A statement for
/// each end that is given.
pub async fn span(conn: &mut Conn, search: &Search) -> sqlx::Result<Span> {
    let mut span = Span::default();
    if let Some(from) = search.from {
        span.above = sqlx::query_scalar!(
            "SELECT id FROM audit_log WHERE created_at < ? ORDER BY created_at DESC, id DESC LIMIT 1",
            from - SLACK
        )
        .fetch_optional(&mut *conn)
        .await?;
    }
    if let Some(until) = search.until {
        span.below = sqlx::query_scalar!(
            "SELECT id FROM audit_log WHERE created_at >= ? ORDER BY created_at, id LIMIT 1",
            until + SLACK
        )
        .fetch_optional(conn)
        .await?;
    }
    Ok(span)
}

/// Entries of a search, newest first, as many as `most` that are older than the one with the id `before`. However deep the
/// page is, an index leads to its first entry.
pub async fn list(
    conn: &mut Conn,
    search: &Search,
    span: Span,
    before: Option<u64>,
    most: u32,
) -> sqlx::Result<Vec<Logged>> {
    let mut query = QueryBuilder::new(
        "SELECT id, actor, action, object, CAST(`before` AS CHAR) AS was, CAST(`after` AS CHAR) AS is_now, ip, \
         request_id, created_at FROM audit_log",
    );
    query.push(way(search)).push(" WHERE TRUE");
    narrow(&mut query, search);
    if let Some(above) = span.above {
        query.push(" AND id > ").push_bind(above);
    }
    if let Some(below) = [span.below, before].into_iter().flatten().min() {
        query.push(" AND id < ").push_bind(below);
    }
    query.push(" ORDER BY id DESC LIMIT ").push_bind(most);
    let rows: Vec<LoggedRow> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(Logged::from).collect())
}

/// The index that leads to the first entry of any page. Left alone, servers find the filter's entries by it and walk all of
/// them to a page in the middle.
const fn way(search: &Search) -> &'static str {
    match search {
        Search { request: Some(_), .. } => " FORCE INDEX (audit_log_request)",
        Search { object: Some(_), .. } => " FORCE INDEX (audit_log_object)",
        Search { actor: Some(_), action: Some(_), .. } => " FORCE INDEX (audit_log_actor_action)",
        Search { actor: Some(_), .. } => " FORCE INDEX (audit_log_actor)",
        Search { action: Some(_), .. } => " FORCE INDEX (audit_log_action)",
        _ => "",
    }
}

fn narrow(query: &mut QueryBuilder<MySql>, search: &Search) {
    let Search { actor, action, object, request, from, until } = search;
    let words = [(" AND actor = ", actor), (" AND action = ", action), (" AND object = ", object)];
    for (condition, word) in words.into_iter().chain([(" AND request_id = ", request)]) {
        if let Some(word) = word {
            query.push(condition).push_bind(word.clone());
        }
    }
    if let Some(from) = from {
        query.push(" AND created_at >= ").push_bind(*from);
    }
    if let Some(until) = until {
        query.push(" AND created_at < ").push_bind(*until);
    }
}
