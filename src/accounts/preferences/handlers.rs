//! `/account/preferences`, and the pages behind the link in each mail.
//!
//! What opens links in mails on its own only ever sends GET, so that a GET shows a button and changes nothing.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Kind, actions, link, messages::PreferenceMessages, queries};
use crate::{
    accounts::{Customer, FormPage, Input},
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        http::{FieldView, Fields, Notice, PageContext, SeeOther},
        i18n::Lang,
    },
};

/// `GET /account/preferences`
pub async fn show(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let t = PreferenceMessages(context.lang);
    let wanted = queries::wanted(&mut db.conn().await?, customer.id).await?;
    let languages = [("en", "English"), ("ru", "Русский"), ("uz", "Oʻzbekcha")];
    let ticks = Kind::ALL.iter().map(|kind| Input::Tick(kind.word(), t.kind(*kind), wanted.contains(kind)));
    let page = FormPage::new(&context, t.title())
        .of_account()
        .lead(t.lead())
        .inputs(ticks)
        .inputs([Input::Choice(
            FieldView::text("language", t.language(), customer.language.code()),
            languages.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec(),
        )])
        .button(t.save());
    Ok(page.answer(StatusCode::OK))
}

/// `POST /account/preferences`: the kinds that are wanted by their words, `language`.
pub async fn submit(context: PageContext, db: Database, customer: Customer, fields: Fields) -> Result<Response> {
    let wanted: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| fields.has(kind.word())).collect();
    let language = Lang::from_code(fields.get("language")).unwrap_or(customer.language);
    actions::set(&db, customer.id, &wanted, language, clock::now()).await?;
    let notice = Notice::good(PreferenceMessages(context.lang).saved());
    let answer = SeeOther::to(context.href("/account/preferences")).with_notice(&context.site, &notice);
    Ok(answer.into_response())
}

/// `GET /mails/{token}/unsubscribe`: asks.
pub async fn ask_to_unsubscribe(context: PageContext, Path(token): Path<String>) -> Result<Response> {
    let (_, kind) = link::open(&context.site.signer, &token).or_not_found()?;
    let t = PreferenceMessages(context.lang);
    let page = FormPage::new(&context, t.unsubscribe_title()).lead(t.unsubscribe_text(t.kind(kind)));
    Ok(page.button(t.unsubscribe_button()).answer(StatusCode::OK))
}

/// `POST /mails/{token}/unsubscribe`: no more mails of this kind, also when a mail program asks for it by itself, which
/// takes no redirect for an answer (RFC 8058).
pub async fn unsubscribe(context: PageContext, db: Database, Path(token): Path<String>) -> Result<Response> {
    let (client_id, kind) = link::open(&context.site.signer, &token).or_not_found()?;
    queries::add(&mut db.conn().await?, client_id, &[kind]).await?;
    let t = PreferenceMessages(context.lang);
    let page = FormPage::new(&context, t.unsubscribe_title()).lead(t.unsubscribed(t.kind(kind)));
    Ok(page.link(context.href("/account/preferences"), t.all_preferences()).answer(StatusCode::OK))
}
