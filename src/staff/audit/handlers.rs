//! `/admin/audit`

use axum::response::{IntoResponse, Response};

use super::{actions, export, filters::Filters, views::AuditView};
use crate::{
    audit, personnel,
    platform::{
        db::Database,
        error::Result,
        http::{Fields, Page, PageContext},
    },
    staff::Employee,
};

/// Entries of a page.
const PAGE: u32 = 50;

/// `GET /admin/audit`: `actor, action, object, request, from, until`, and `before` of the pages that follow the first.
pub async fn list(context: PageContext, employee: Employee, db: Database) -> Result<Response> {
    let fields = Fields::parse(context.query.as_bytes())?;
    let filters = Filters::read(&fields);
    let search = filters.search(context.zone);
    let mut conn = db.conn().await?;
    let people = personnel::queries::everybody(&mut conn).await?;
    let span = audit::span(&mut conn, &search).await?;
    let before = fields.get("before").parse().ok();
    let mut entries = audit::list(&mut conn, &search, span, before, PAGE + 1).await?;
    let has_more = entries.len() > PAGE as usize;
    entries.truncate(PAGE as usize);
    let next = entries.last().filter(|_| has_more).map(|entry| entry.id);
    let view = AuditView::new(&context, &employee, filters, people, entries).with_pages(before.is_some(), next);
    Ok(Page::new(view).into_response())
}

/// `GET /admin/audit.csv`: the same without `before`, all of it.
pub async fn export(context: PageContext, employee: Employee, db: Database) -> Result<Response> {
    let filters = Filters::read(&Fields::parse(context.query.as_bytes())?);
    let search = filters.search(context.zone);
    let span = audit::span(&mut db.conn().await?, &search).await?;
    actions::note_export(&db, &filters, employee.author()).await?;
    Ok(export::answer(db, search, span))
}
