//! The page behind the link that confirms an address. What opens links in mails on its own sends GET, which changes
//! nothing.
//!
//! A link shows whose the mailbox is, not who made the account: somebody may have registered with the address of another,
//! and wait for its owner to follow the link. So it counts only for whoever is in the account, or knows its password.
//! An owner who does not chooses a new one by mail, which shuts everybody else out.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    accounts::{
        CONFIRM, Customer, FormPage, Input,
        actions::{self, Confirmed},
        is_present_password,
        messages::AccountMessages,
    },
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{FieldView, Fields, Notice, PageContext, SeeOther},
        limiter::Limits,
        passwords::Hasher,
        tokens,
    },
};

/// `GET /account/verify/{token}`: asks, and for the password if nobody is in the account.
pub async fn ask(
    context: PageContext,
    db: Database,
    customer: Option<Customer>,
    Path(token): Path<String>,
) -> Result<Response> {
    let Some(about) = tokens::find(&mut db.conn().await?, CONFIRM, &token, clock::now()).await? else {
        return Ok(gone(&context));
    };
    Ok(page(&context, is_in(customer.as_ref(), about.subject)).answer(StatusCode::OK))
}

/// `POST /account/verify/{token}`: `password`, if nobody is in the account.
pub async fn submit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    State(hasher): State<Arc<Hasher>>,
    db: Database,
    customer: Option<Customer>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let found = tokens::find(&mut db.conn().await?, CONFIRM, &token, clock::now()).await?;
    let Some(about) = found else { return Ok(gone(&context)) };
    if !is_in(customer.as_ref(), about.subject)
        && !is_present_password(&limits, &hasher, &db, about.subject, fields.get("password")).await?
    {
        let problems = [("password", t.confirm_password_wrong().to_owned())];
        return Ok(page(&context, false).refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let notice = match actions::confirm(&db, &token, clock::now()).await? {
        None => return Ok(gone(&context)),
        Some(Confirmed::Done) => Notice::good(t.confirmed()),
        Some(Confirmed::Taken) => Notice::warn(t.address_taken()),
    };
    Ok(SeeOther::to(context.href("/account")).with_notice(&context.site, &notice).into_response())
}

/// Whether it is this account in which somebody is signed in.
fn is_in(customer: Option<&Customer>, account: u64) -> bool {
    customer.is_some_and(|customer| customer.id == account)
}

fn page(context: &PageContext, is_in: bool) -> FormPage {
    let t = AccountMessages(context.lang);
    let page = FormPage::new(context, t.confirm_title()).button(t.confirm_button());
    if is_in {
        return page.lead(t.confirm_text());
    }
    page.lead(t.confirm_text_with_password())
        .inputs([Input::Text(FieldView {
            kind: "password",
            autocomplete: "current-password",
            ..FieldView::text("password", t.password(), "")
        })])
        .link(context.href("/account/password/forgot"), t.forgot_link())
}

/// `POST /account/verify`: sends the link to the customer once more.
pub async fn send_again(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    actions::send_confirmation(&db, &context.site.signer, customer.id, clock::now()).await?;
    let notice = Notice::good(AccountMessages(context.lang).link_sent());
    Ok(SeeOther::to(context.href("/account")).with_notice(&context.site, &notice).into_response())
}

fn gone(context: &PageContext) -> Response {
    let t = AccountMessages(context.lang);
    let page = FormPage::new(context, t.confirm_title()).lead(t.link_gone());
    page.link(context.href("/account/login"), t.sign_in_button()).answer(StatusCode::GONE)
}
