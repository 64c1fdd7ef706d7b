//! `/account/register`

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    accounts::{
        ASKS, FormPage, Input, MAILBOX, MAX_NAME_CHARS, actions,
        messages::AccountMessages,
        queries,
        registration::{MAX_EMAIL_CHARS, Registration},
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{ClientAddress, FieldView, Fields, Notice, PageContext, SeeOther},
        limiter::{Limits, address_key},
        passwords::{self, Hasher},
        signing::sha256_hex,
    },
};

/// `GET /account/register`: `email` fills in the address.
pub async fn show(context: PageContext) -> Result<Response> {
    let asked = Fields::parse(context.query.as_bytes())?;
    Ok(page(&context, &asked).answer(StatusCode::OK))
}

/// `POST /account/register`: `email, phone, name, surname, password`. Says the same whoever has an account already,
/// and after the same work: one hash to compare with that of whoever has registered before, one to keep.
pub async fn submit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    State(hasher): State<Arc<Hasher>>,
    db: Database,
    ClientAddress(address): ClientAddress,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let registration = match Registration::read(t, &fields) {
        Ok(registration) => registration,
        Err(problems) => {
            return Ok(page(&context, &fields).refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let mailbox = sha256_hex(&registration.email);
    limits.check_all(&[(&ASKS, &address_key(address)), (&MAILBOX, &mailbox)]).await.map_err(Error::TooMany)?;
    let claim = queries::last_claim(&mut db.conn().await?, &registration.email).await?;
    let kept = claim.as_ref().and_then(|claim| claim.password_hash.as_deref());
    let is_same = hasher.verify(&registration.password, kept).await?;
    let again = claim.filter(|_| is_same).map(|claim| claim.id);
    let hash = hasher.hash(&registration.password).await?;
    let new = registration.with_hash(&hash, context.lang.code());
    actions::register(&db, &context.site.signer, &new, again, clock::now()).await?;
    let notice = Notice::good(t.check_mail());
    Ok(SeeOther::to(context.href("/account/login")).with_notice(&context.site, &notice).into_response())
}

fn page(context: &PageContext, typed: &Fields) -> FormPage {
    let t = AccountMessages(context.lang);
    FormPage::new(context, t.register())
        .inputs([
            Input::Text(FieldView {
                autocomplete: "given-name",
                max_length: MAX_NAME_CHARS,
                ..FieldView::text("name", t.name(), typed.get("name"))
            }),
            Input::Text(FieldView {
                autocomplete: "family-name",
                max_length: MAX_NAME_CHARS,
                is_required: false,
                ..FieldView::text("surname", t.surname(), typed.get("surname"))
            }),
            Input::Text(email_field(t, typed.get("email"))),
            Input::Text(phone_field(t, typed.get("phone"))),
            Input::Text(new_password_field(t, "password", t.password())),
        ])
        .button(t.register_button())
        .link(context.href("/account/login"), t.have_one())
}

pub(super) fn email_field(t: AccountMessages, value: &str) -> FieldView {
    FieldView {
        kind: "email",
        autocomplete: "email",
        max_length: u16::try_from(MAX_EMAIL_CHARS).unwrap_or(u16::MAX),
        ..FieldView::text("email", t.email(), value)
    }
}

pub(super) fn phone_field(t: AccountMessages, value: &str) -> FieldView {
    FieldView {
        kind: "tel",
        autocomplete: "tel",
        is_required: false,
        hint: Some(t.phone_hint().to_owned()),
        max_length: 30,
        ..FieldView::text("phone", t.phone(), value)
    }
}

/// A password never comes back to the page.
pub(super) fn new_password_field(t: AccountMessages, name: &'static str, label: &'static str) -> FieldView {
    FieldView {
        kind: "password",
        autocomplete: "new-password",
        hint: Some(t.password_hint(passwords::LEAST_CHARS)),
        ..FieldView::text(name, label, "")
    }
}
