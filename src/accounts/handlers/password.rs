//! A password that was forgotten, and one that is changed.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::register::{email_field, new_password_field};
use crate::{
    accounts::{
        ASKS, Customer, FormPage, Input, RESET, actions, is_present_password, messages::AccountMessages,
        password_problem, queries, registration::email_problem,
    },
    platform::{
        clock,
        db::Database,
        error::{Error, OrNotFound, Result},
        http::{ClientAddress, FieldView, Fields, Notice, PageContext, SeeOther},
        limiter::{Limits, address_key},
        passwords::Hasher,
        tokens,
    },
};

/// `GET /account/password/forgot`
pub async fn ask(context: PageContext) -> Response {
    forgot_page(&context, "").answer(StatusCode::OK)
}

/// `POST /account/password/forgot`: `email`. Says the same whether the address is a customer's or not.
pub async fn forgot(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    ClientAddress(address): ClientAddress,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let email = fields.get("email").to_lowercase();
    if let Some(problem) = email_problem(t, &email) {
        let problems = [("email", problem.to_owned())];
        return Ok(forgot_page(&context, &email).refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    limits.check(&ASKS, &address_key(address)).await.map_err(Error::TooMany)?;
    actions::forgot(&db, &email).await?;
    let notice = Notice::good(t.forgot_sent());
    Ok(SeeOther::to(context.href("/account/login")).with_notice(&context.site, &notice).into_response())
}

fn forgot_page(context: &PageContext, email: &str) -> FormPage {
    let t = AccountMessages(context.lang);
    FormPage::new(context, t.forgot())
        .lead(t.forgot_text())
        .inputs([Input::Text(email_field(t, email))])
        .button(t.forgot_button())
        .link(context.href("/account/login"), t.sign_in_button())
}

/// `GET /account/password/reset/{token}`
pub async fn choose(context: PageContext, db: Database, Path(token): Path<String>) -> Result<Response> {
    let works = tokens::find(&mut db.conn().await?, RESET, &token, clock::now()).await?.is_some();
    Ok(if works { reset_page(&context).answer(StatusCode::OK) } else { gone(&context) })
}

/// `POST /account/password/reset/{token}`: `password`
pub async fn reset(
    context: PageContext,
    State(hasher): State<Arc<Hasher>>,
    db: Database,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let mut conn = db.conn().await?;
    let Some(about) = tokens::find(&mut conn, RESET, &token, clock::now()).await? else { return Ok(gone(&context)) };
    let Some(known) = queries::known(&mut conn, about.subject).await? else { return Ok(gone(&context)) };
    drop(conn);
    let password = fields.get("password");
    if let Some(problem) = password_problem(t, password, &[&known.email, &known.name, &known.surname]) {
        let page = reset_page(&context).refused(None, &[("password", problem)]);
        return Ok(page.answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let hash = hasher.hash(password).await?;
    if actions::reset(&db, &token, &hash, clock::now()).await?.is_none() {
        return Ok(gone(&context));
    }
    let notice = Notice::good(t.password_set());
    Ok(SeeOther::to(context.href("/account/login")).with_notice(&context.site, &notice).into_response())
}

fn reset_page(context: &PageContext) -> FormPage {
    let t = AccountMessages(context.lang);
    FormPage::new(context, t.new_password())
        .inputs([Input::Text(new_password_field(t, "password", t.new_password()))])
        .button(t.set_password())
}

fn gone(context: &PageContext) -> Response {
    let t = AccountMessages(context.lang);
    let page = FormPage::new(context, t.forgot()).lead(t.link_gone());
    page.link(context.href("/account/password/forgot"), t.forgot_link()).answer(StatusCode::GONE)
}

/// `GET /account/password`
pub async fn show(context: PageContext) -> Response {
    change_page(&context).answer(StatusCode::OK)
}

/// `POST /account/password`: `present_password, password`
pub async fn change(
    context: PageContext,
    State(hasher): State<Arc<Hasher>>,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let password = fields.get("password");
    let personal = [customer.email.as_str(), &customer.name, &customer.surname];
    if let Some(problem) = password_problem(t, password, &personal) {
        let page = change_page(&context).refused(None, &[("password", problem)]);
        return Ok(page.answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    if !is_present_password(&limits, &hasher, &db, customer.id, fields.get("present_password")).await? {
        let problems = [("present_password", t.password_wrong().to_owned())];
        return Ok(change_page(&context).refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let hash = hasher.hash(password).await?;
    let session = actions::set_password(&db, customer.id, &hash, clock::now()).await?.or_not_found()?;
    let notice = Notice::good(t.password_set());
    let answer = SeeOther::to(context.href("/account")).with_notice(&context.site, &notice);
    Ok(answer.with_cookie(session.cookie(&context.site)).into_response())
}

fn change_page(context: &PageContext) -> FormPage {
    let t = AccountMessages(context.lang);
    FormPage::new(context, t.password())
        .of_account()
        .inputs([
            Input::Text(FieldView {
                kind: "password",
                autocomplete: "current-password",
                ..FieldView::text("present_password", t.present_password(), "")
            }),
            Input::Text(new_password_field(t, "password", t.new_password())),
        ])
        .button(t.set_password())
}
