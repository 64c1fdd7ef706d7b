//! `/account/profile`

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::{Date, macros::format_description};

use super::register::{email_field, phone_field};
use crate::{
    accounts::{
        ASKS, Customer, FormPage, Input, MAX_NAME_CHARS, actions,
        messages::AccountMessages,
        queries::{self, Profile},
        registration::{email_problem, name_problem, phone_of},
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{ClientAddress, FieldView, Fields, Notice, PageContext, SeeOther},
        i18n::Lang,
        limiter::{Limits, address_key},
    },
};

/// `GET /account/profile`
pub async fn show(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let (birth_date, marketing) = queries::wishes(&mut db.conn().await?, customer.id).await?;
    let profile = Profile {
        name: customer.name,
        surname: customer.surname,
        phone: customer.phone,
        language: customer.language,
        birth_date,
        marketing,
    };
    let birth_date = birth_date.map(|day| day.to_string()).unwrap_or_default();
    let phone = profile.phone.clone().unwrap_or_default();
    Ok(page(&context, &profile, &customer.email, &phone, &birth_date).answer(StatusCode::OK))
}

/// `POST /account/profile`: `name, surname, email, phone, language, birth_date, marketing`. Another address counts once it
/// has been confirmed.
pub async fn submit(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    ClientAddress(address): ClientAddress,
    customer: Customer,
    fields: Fields,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let email = fields.get("email").to_lowercase();
    let (profile, mut problems) = read(t, &fields, &customer);
    problems.extend(email_problem(t, &email).map(|text| ("email", text.to_owned())));
    if problems.is_empty() {
        if email != customer.email {
            limits.check(&ASKS, &address_key(address)).await.map_err(Error::TooMany)?;
        }
        actions::set_profile(&db, customer.id, &profile, clock::now()).await?;
    } else {
        let page = page(&context, &profile, &email, fields.get("phone"), fields.get("birth_date"));
        return Ok(page.refused(None, &problems).answer(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let notice = if email == customer.email {
        t.saved()
    } else {
        actions::ask_for_address(&db, &context.site.signer, customer.id, &email, clock::now()).await?;
        t.saved_confirm_address()
    };
    let answer = SeeOther::to(context.href("/account/profile")).with_notice(&context.site, &Notice::good(notice));
    Ok(answer.into_response())
}

/// What was typed, and what is wrong with it.
fn read(t: AccountMessages, fields: &Fields, customer: &Customer) -> (Profile, Vec<(&'static str, String)>) {
    let mut problems = Vec::new();
    let (name, surname, typed_day) = (fields.get("name"), fields.get("surname"), fields.get("birth_date"));
    problems.extend(name_problem(t, name).map(|text| ("name", text.to_owned())));
    if surname.chars().count() > MAX_NAME_CHARS.into() {
        problems.push(("surname", t.name_too_long().to_owned()));
    }
    let phone = phone_of(t, fields.get("phone")).unwrap_or_else(|text| {
        problems.push(("phone", text.to_owned()));
        None
    });
    let day = Date::parse(typed_day, format_description!("[year]-[month]-[day]")).ok();
    let day = day.filter(|day| (1900..=clock::now().year()).contains(&day.year()));
    if day.is_none() && !typed_day.is_empty() {
        problems.push(("birth_date", t.birth_date_wrong().to_owned()));
    }
    let profile = Profile {
        name: name.to_owned(),
        surname: surname.to_owned(),
        phone,
        language: Lang::from_code(fields.get("language")).unwrap_or(customer.language),
        birth_date: day,
        marketing: fields.has("marketing"),
    };
    (profile, problems)
}

fn page(context: &PageContext, profile: &Profile, email: &str, phone: &str, birth_date: &str) -> FormPage {
    let t = AccountMessages(context.lang);
    let languages = [("en", "English"), ("ru", "Русский"), ("uz", "Oʻzbekcha")];
    FormPage::new(context, t.profile())
        .of_account()
        .inputs([
            Input::Text(FieldView {
                autocomplete: "given-name",
                max_length: MAX_NAME_CHARS,
                ..FieldView::text("name", t.name(), &profile.name)
            }),
            Input::Text(FieldView {
                autocomplete: "family-name",
                max_length: MAX_NAME_CHARS,
                is_required: false,
                ..FieldView::text("surname", t.surname(), &profile.surname)
            }),
            Input::Text(email_field(t, email)),
            Input::Text(phone_field(t, phone)),
            Input::Text(FieldView {
                kind: "date",
                autocomplete: "bday",
                is_required: false,
                ..FieldView::text("birth_date", t.birth_date(), birth_date)
            }),
            Input::Choice(
                FieldView::text("language", t.language(), profile.language.code()),
                languages.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec(),
            ),
            Input::Tick("marketing", t.marketing(), profile.marketing),
        ])
        .button(t.save())
}
