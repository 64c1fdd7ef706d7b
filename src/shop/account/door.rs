//! `/account/login` and `/account/logout`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::actions::{self, Brought};
use crate::{
    accounts::{FormPage, Input, messages::AccountMessages, queries, queries::Credentials},
    app::App,
    cart::{CartToken, Merged},
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{
            ClientAddress, Cookies, FieldView, Fields, Notice, PageContext, SeeOther, expired_cookie_header,
            is_same_site_path,
        },
        passwords::Hasher,
        phone,
        sessions::{self, Kind, SessionToken},
        tries::{self, Refused, Try},
    },
    recent::Recent,
};

/// So many titles are named; a message has its limits.
const NAMED: usize = 5;

/// `GET /account/login`: `next` is where to go from there.
pub async fn show(context: PageContext) -> Result<Response> {
    let asked = Fields::parse(context.query.as_bytes())?;
    Ok(page(&context, "", asked.get("next")).answer(StatusCode::OK))
}

/// `POST /account/login`: `login, password, next`. One answer for a wrong password and for nobody, after the same work:
/// the password is compared with two, of whoever holds the name and of whoever claims it.
pub async fn sign_in(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let (password, next) = (fields.get("password"), fields.get("next"));
    let email = fields.get("login").to_lowercase();
    let phone = phone::international(&email);
    let known = queries::credentials(&mut db.conn().await?, &email, phone.as_deref().unwrap_or("-")).await?;
    let cookies = Cookies::new(&app.site, &headers);
    let accounts: Vec<_> = known.iter().flatten().map(|known| known.id).collect();
    let tried = Try { door: Kind::Client, accounts: &accounts, login: phone.as_ref().unwrap_or(&email), address };
    tries::count(&app.limits, &app.site, &cookies, &tried).await.map_err(Error::TooMany)?;
    let Some(who) = whose_password(&app.passwords, known, password).await? else {
        tries::refusals(Kind::Client, Refused::Wrong).one();
        let refused = page(&context, fields.get("login"), next);
        let problem = AccountMessages(context.lang).wrong_sign_in();
        return Ok(refused.refused(Some(problem), &[]).answer(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let renewed = renewed_hash(&app.passwords, &who, password).await?;
    let brought = Brought {
        session: SessionToken::from_cookie(&cookies, Kind::Client),
        cart: CartToken::from_cookie(&cookies),
        seen: Recent::from_cookie(&app.site, &cookies),
    };
    let (session, merged) = actions::sign_in(&db, &who, renewed.as_deref(), &brought, clock::now()).await?;
    app.carts.forget(&CartToken::of_client(who.id)).await;
    let way = if is_same_site_path(next) { next.to_owned() } else { context.href("/account") };
    let answer = SeeOther::to(way)
        .with_cookie(session.cookie(&app.site))
        .with_cookie(tries::device_cookie(&app.site, Kind::Client, who.id))
        .with_cookie(brought.cart.map(|_| expired_cookie_header(&app.site, CartToken::COOKIE)))
        .with_cookie(Recent::no_cookie(&app.site));
    Ok(match merged_notice(&context, &merged) {
        Some(notice) => answer.with_notice(&app.site, &notice).into_response(),
        None => answer.into_response(),
    })
}

/// Whose password this is. The work is the same whoever there is.
async fn whose_password(
    hasher: &Hasher,
    known: [Option<Credentials>; 2],
    password: &str,
) -> Result<Option<Credentials>> {
    let kept = known.each_ref().map(|known| known.as_ref().and_then(|known| known.password_hash.as_deref()));
    let fits = hasher.verify_each(password, kept).await?;
    Ok(known.into_iter().zip(fits).find_map(|(known, fits)| known.filter(|_| fits)))
}

/// A hash as strong as today's, where the one that is kept is weaker.
async fn renewed_hash(hasher: &Hasher, who: &Credentials, password: &str) -> Result<Option<String>> {
    match &who.password_hash {
        Some(kept) if hasher.is_outdated(kept) => Ok(Some(hasher.hash(password).await?)),
        _ => Ok(None),
    }
}

fn merged_notice(context: &PageContext, merged: &Merged) -> Option<Notice> {
    let t = AccountMessages(context.lang);
    let titles: Vec<_> = merged.cut.iter().take(NAMED).map(|film| film.title(context.lang).text).collect();
    match (merged.lines, titles.is_empty()) {
        (0, _) => None,
        (_, true) => Some(Notice::good(t.cart_merged())),
        (_, false) => Some(Notice::warn(t.cart_cut(&titles.join(", ")))),
    }
}

fn page(context: &PageContext, login: &str, next: &str) -> FormPage {
    let t = AccountMessages(context.lang);
    FormPage::new(context, t.sign_in())
        .lead(t.no_need())
        .inputs([
            Input::Text(FieldView {
                autocomplete: "username",
                max_length: 254,
                ..FieldView::text("login", t.login(), login)
            }),
            Input::Text(FieldView {
                kind: "password",
                autocomplete: "current-password",
                ..FieldView::text("password", t.password(), "")
            }),
        ])
        .hidden("next", if is_same_site_path(next) { next } else { "" })
        .button(t.sign_in_button())
        .link(context.href("/account/password/forgot"), t.forgot_link())
        .link(context.href("/account/register"), t.register_link())
}

/// `POST /account/logout`: the account's cart stays with it, and this browser holds nothing any more.
pub async fn sign_out(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(session) = SessionToken::from_cookie(&Cookies::new(&app.site, &headers), Kind::Client) {
        actions::sign_out(&db, &session).await?;
    }
    let notice = Notice::good(AccountMessages(context.lang).signed_out());
    Ok(SeeOther::to(context.href("/"))
        .with_notice(&app.site, &notice)
        .with_cookie(sessions::no_cookie(&app.site, Kind::Client))
        .with_cookie(expired_cookie_header(&app.site, CartToken::COOKIE))
        .into_response())
}
