//! `/admin/stock` and `/admin/editions`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    actions::{self, Change, SaveError},
    form,
    messages::StockMessages,
    queries::{self, Edition, Wanted},
    views::{EditionView, ListView, Typed},
};
use crate::{
    catalog::actions::Refusal,
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther, Site},
    },
    staff::Employee,
};

/// Lines of the ledger, and prices, that the page shows.
const HISTORY: u32 = 20;

/// `GET /admin/stock?sku=&low=1&after={stock}-{id}`
pub async fn list(context: PageContext, db: Database, employee: Employee) -> Result<Response> {
    let asked = Fields::parse(context.query.as_bytes())?;
    let sku_key: String = asked.get("sku").chars().filter(char::is_ascii_alphanumeric).collect();
    let after =
        asked.get("after").rsplit_once('-').and_then(|(stock, id)| Some((stock.parse().ok()?, id.parse().ok()?)));
    let wanted = Wanted { sku_key: &sku_key.to_ascii_uppercase(), only_low: !asked.get("low").is_empty(), after };
    let editions = queries::list(&mut db.conn().await?, &wanted).await?;
    Ok(Page::new(ListView::new(&context, &employee, &asked, editions)).into_response())
}

/// `GET /admin/stock/{sku}`
pub async fn show(context: PageContext, db: Database, employee: Employee, Path(sku): Path<String>) -> Result<Response> {
    let edition = queries::find(&mut db.conn().await?, &sku).await?.or_not_found()?;
    page(&context, &db, &employee, edition, None).await
}

/// `POST /admin/stock/adjust`: `sku, version, delta, reason, note`.
pub async fn adjust(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    employee: Employee,
    fields: Fields,
) -> Result<Response> {
    let t = StockMessages(context.lang);
    let edition = opened(&db, fields.get("sku"), &fields).await?;
    let (delta, reason) = match form::adjustment(t, &fields) {
        Ok(adjustment) => adjustment,
        Err(problems) => return again(&context, &db, &employee, Typed::refused(fields, problems)).await,
    };
    let change = Change { delta, reason, note: fields.get("note") };
    match actions::adjust(&db, &edition, change, employee.author(), clock::now()).await {
        Ok(stock) => Ok(back(&context, &site, &edition, t.adjusted(stock))),
        Err(SaveError::Refused(Refusal::NotEnoughStock)) => {
            again(&context, &db, &employee, Typed::refused(fields, vec![("delta", t.not_enough())])).await
        }
        Err(error) => stale_or(error, &context, &db, &employee, fields).await,
    }
}

/// `POST /admin/editions/{sku}`: `version, price, sale_price, sale_from, sale_to`.
pub async fn reprice(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    employee: Employee,
    Path(sku): Path<String>,
    mut fields: Fields,
) -> Result<Response> {
    let t = StockMessages(context.lang);
    fields.set("sku", &sku);
    let edition = opened(&db, &sku, &fields).await?;
    let prices = match form::prices(t, &fields, &context.currency, context.zone) {
        Ok(prices) => prices,
        Err(problems) => return again(&context, &db, &employee, Typed::refused(fields, problems)).await,
    };
    match actions::reprice(&db, &edition, prices, employee.author(), clock::now()).await {
        Ok(()) => Ok(back(&context, &site, &edition, t.saved().to_owned())),
        Err(error) => stale_or(error, &context, &db, &employee, fields).await,
    }
}

/// The edition with the version that the form was made from.
async fn opened(db: &Database, sku: &str, fields: &Fields) -> Result<Edition> {
    let edition = queries::find(&mut db.conn().await?, sku).await?.or_not_found()?;
    Ok(Edition { version: fields.get("version").parse().unwrap_or_default(), ..edition })
}

fn back(context: &PageContext, site: &Site, edition: &Edition, said: String) -> Response {
    SeeOther::to(context.href(&super::path(&edition.sku))).with_notice(site, &Notice::good(said)).into_response()
}

async fn stale_or(
    error: SaveError,
    context: &PageContext,
    db: &Database,
    employee: &Employee,
    fields: Fields,
) -> Result<Response> {
    match error {
        SaveError::Stale => again(context, db, employee, Typed::stale(fields)).await,
        SaveError::Refused(refusal) => Err(anyhow::Error::from(refusal).into()),
        SaveError::Database(error) => Err(error.into()),
    }
}

/// The page again, with what was typed and the edition as it is now.
async fn again(context: &PageContext, db: &Database, employee: &Employee, typed: Typed) -> Result<Response> {
    let edition = queries::find(&mut db.conn().await?, typed.fields.get("sku")).await?.or_not_found()?;
    page(context, db, employee, edition, Some(typed)).await
}

async fn page(
    context: &PageContext,
    db: &Database,
    employee: &Employee,
    edition: Edition,
    typed: Option<Typed>,
) -> Result<Response> {
    let mut conn = db.conn().await?;
    let movements = queries::movements(&mut conn, edition.id, HISTORY).await?;
    let prices = queries::prices(&mut conn, edition.id, HISTORY).await?;
    let status = match &typed {
        None => StatusCode::OK,
        Some(typed) if typed.is_stale => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = EditionView::new(context, employee, edition, (movements, prices), typed.unwrap_or_default());
    Ok(Page::with_status(status, view).into_response())
}
