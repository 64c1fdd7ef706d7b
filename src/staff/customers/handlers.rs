//! `/admin/customers`

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{messages::CustomerMessages, views::CustomerView};
use crate::{
    accounts::{
        ClientType,
        desk::{actions, queries},
        messages::AccountMessages,
    },
    platform::{
        db::Database,
        error::{Error, OrNotFound, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther},
    },
    staff::Employee,
};

/// `GET /admin/customers/{id}`
pub async fn show(context: PageContext, employee: Employee, db: Database, Path(id): Path<u64>) -> Result<Response> {
    let customer = queries::customer(&mut db.conn().await?, id).await?.or_not_found()?;
    Ok(Page::new(CustomerView::new(&context, &employee, customer)).into_response())
}

/// `POST /admin/customers/{id}/tier`: `tier`, and `from`, the one that the form was made from.
pub async fn set_tier(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let tier = |name| ClientType::from_word(fields.get(name)).ok_or(Error::BadRequest("an unknown tier"));
    let (from, to) = (tier("from")?, tier("tier")?);
    let t = CustomerMessages(context.lang);
    if actions::set_tier(&db, id, (from, to), employee.author()).await? {
        let notice = Notice::good(t.tier_set(AccountMessages(context.lang).tier_name(to)));
        let page = context.href(&format!("/admin/customers/{id}"));
        return Ok(SeeOther::to(page).with_notice(&context.site, &notice).into_response());
    }
    let customer = queries::customer(&mut db.conn().await?, id).await?.or_not_found()?;
    let view = CustomerView::new(&context, &employee, customer).refused(to);
    Ok(Page::with_status(StatusCode::CONFLICT, view).into_response())
}
