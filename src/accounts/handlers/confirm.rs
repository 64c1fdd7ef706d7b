//! The page behind the link that confirms an address. What opens links in mails on its own sends GET, which changes
//! nothing.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    accounts::{
        CONFIRM, Customer, FormPage,
        actions::{self, Confirmed},
        messages::AccountMessages,
    },
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Notice, PageContext, SeeOther},
        tokens,
    },
};

/// `GET /account/verify/{token}`: asks.
pub async fn ask(context: PageContext, db: Database, Path(token): Path<String>) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let works = tokens::find(&mut db.conn().await?, CONFIRM, &token, clock::now()).await?.is_some();
    if !works {
        return Ok(gone(&context));
    }
    let page = FormPage::new(&context, t.confirm_title()).lead(t.confirm_text()).button(t.confirm_button());
    Ok(page.answer(StatusCode::OK))
}

/// `POST /account/verify/{token}`
pub async fn submit(context: PageContext, db: Database, Path(token): Path<String>) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let notice = match actions::confirm(&db, &token, clock::now()).await? {
        None => return Ok(gone(&context)),
        Some(Confirmed::Done) => Notice::good(t.confirmed()),
        Some(Confirmed::Taken) => Notice::warn(t.address_taken()),
    };
    Ok(SeeOther::to(context.href("/account")).with_notice(&context.site, &notice).into_response())
}

/// `POST /account/verify`: sends the link to the customer once more.
pub async fn send_again(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    actions::send_confirmation(&db, &context.site.signer, customer.id, clock::now()).await?;
    let notice = Notice::good(AccountMessages(context.lang).check_mail());
    Ok(SeeOther::to(context.href("/account")).with_notice(&context.site, &notice).into_response())
}

fn gone(context: &PageContext) -> Response {
    let t = AccountMessages(context.lang);
    let page = FormPage::new(context, t.confirm_title()).lead(t.link_gone());
    page.link(context.href("/account/login"), t.sign_in_button()).answer(StatusCode::GONE)
}
