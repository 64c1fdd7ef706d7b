//! The log as CSV, written while it is read.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, stream};

use crate::{
    audit::{self, Logged, Search, Span},
    platform::{db::Database, i18n::machine_time},
};

/// Entries that one statement reads and one piece of the answer holds.
const BATCH: u32 = 1000;

const HEAD: [&str; 9] = ["id", "time", "actor", "action", "object", "before", "after", "ip", "request"];

/// The answer with all entries of a search, newest first. It takes the memory of one batch.
pub(super) fn answer(db: Database, search: Search, span: Span) -> Response {
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")];
    (headers, Body::from_stream(pieces(db, search, span))).into_response()
}

/// Where the export has come to.
#[derive(Clone, Copy)]
enum At {
    Start,
    Below(u64),
    End,
}

fn pieces(db: Database, search: Search, span: Span) -> impl Stream<Item = anyhow::Result<Bytes>> {
    stream::try_unfold(At::Start, move |at| {
        let (db, search) = (db.clone(), search.clone());
        async move {
            let before = match at {
                At::Start => None,
                At::Below(id) => Some(id),
                At::End => return Ok(None),
            };
            let entries = audit::list(&mut db.conn().await?, &search, span, before, BATCH).await?;
            let next = match entries.last() {
                Some(last) if entries.len() == BATCH as usize => At::Below(last.id),
                _ => At::End,
            };
            Ok(Some((written(&entries, before.is_none())?, next)))
        }
    })
}

fn written(entries: &[Logged], has_head: bool) -> anyhow::Result<Bytes> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    if has_head {
        csv.write_record(HEAD)?;
    }
    for entry in entries {
        let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = [
            entry.id.to_string(),
            machine_time(entry.at),
            entry.actor.clone(),
            entry.action.clone(),
            entry.object.clone(),
            json(&entry.before),
            json(&entry.after),
            entry.ip.clone().unwrap_or_default(),
            entry.request_id.clone().unwrap_or_default(),
        ];
        csv.write_record(cells.iter().map(|cell| defused(cell).into_owned()))?;
    }
    Ok(csv.into_inner()?.into())
}

/// A cell that no table program takes for a formula.
fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        assert_eq!(defused("order:MQ-22222222"), "order:MQ-22222222");
    }
}
