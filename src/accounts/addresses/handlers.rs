//! `/account/addresses`

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    actions::{self, Full},
    draft::Draft,
    messages::AddressMessages,
    queries,
    views::{BookView, form_page},
};
use crate::{
    accounts::{Customer, FormPage},
    platform::{
        db::Database,
        error::Result,
        http::{Fields, Notice, Page, PageContext, SeeOther},
    },
};

/// `GET /account/addresses`
pub async fn list(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let book = queries::book(&mut db.conn().await?, customer.id).await?;
    Ok(Page::new(BookView::new(&context, book)).into_response())
}

/// `GET /account/addresses/new`: the form, with what is known of the customer.
pub async fn show_new(context: PageContext, customer: Customer) -> Response {
    let draft = Draft {
        name: format!("{} {}", customer.name, customer.surname).trim().to_owned(),
        phone: customer.phone.unwrap_or_default(),
        ..Draft::default()
    };
    form_page(&context, AddressMessages(context.lang).add(), &draft).answer(StatusCode::OK)
}

/// `POST /account/addresses/new`: `label, name, phone, country, region, city, line1, line2, postcode`
pub async fn add(context: PageContext, db: Database, customer: Customer, fields: Fields) -> Result<Response> {
    let t = AddressMessages(context.lang);
    let draft = Draft::from_fields(&fields);
    let problems = draft.problems(t);
    let page = || form_page(&context, t.add(), &draft);
    if !problems.is_empty() {
        return Ok(page().refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    Ok(match actions::add(&db, customer.id, &draft).await? {
        Ok(()) => back(&context, t.added()),
        Err(Full) => page().refused(Some(t.full()), &[]).answer(StatusCode::UNPROCESSABLE_ENTITY),
    })
}

/// `GET /account/addresses/{id}`
pub async fn show(context: PageContext, db: Database, customer: Customer, Path(id): Path<u64>) -> Result<Response> {
    let book = queries::book(&mut db.conn().await?, customer.id).await?;
    let draft = &actions::find(&book, id)?.address;
    Ok(form_page(&context, AddressMessages(context.lang).change(), draft).answer(StatusCode::OK))
}

/// `POST /account/addresses/{id}`: the same fields as of a new one.
pub async fn change(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let t = AddressMessages(context.lang);
    let draft = Draft::from_fields(&fields);
    let problems = draft.problems(t);
    if !problems.is_empty() {
        actions::find(&queries::book(&mut db.conn().await?, customer.id).await?, id)?;
        let page = form_page(&context, t.change(), &draft).refused(None, &problems);
        return Ok(page.answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    actions::change(&db, customer.id, id, &draft).await?;
    Ok(back(&context, t.changed()))
}

/// `POST /account/addresses/{id}/default`
pub async fn make_default(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
) -> Result<Response> {
    actions::make_default(&db, customer.id, id).await?;
    Ok(back(&context, AddressMessages(context.lang).made_default()))
}

/// `GET /account/addresses/{id}/delete`: asks.
pub async fn ask_to_delete(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
) -> Result<Response> {
    let t = AddressMessages(context.lang);
    let book = queries::book(&mut db.conn().await?, customer.id).await?;
    let address = &actions::find(&book, id)?.address;
    let page = FormPage::new(&context, t.delete_title()).of_account().lead(t.delete_text(address.heading()));
    Ok(page.button(t.delete()).link(context.href("/account/addresses"), t.back()).answer(StatusCode::OK))
}

/// `POST /account/addresses/{id}/delete`
pub async fn delete(context: PageContext, db: Database, customer: Customer, Path(id): Path<u64>) -> Result<Response> {
    actions::delete(&db, customer.id, id).await?;
    Ok(back(&context, AddressMessages(context.lang).deleted()))
}

fn back(context: &PageContext, notice: &str) -> Response {
    SeeOther::to(context.href("/account/addresses")).with_notice(&context.site, &Notice::good(notice)).into_response()
}
