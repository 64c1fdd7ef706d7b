//! `/admin/login` and `/admin/logout`.

use std::net::IpAddr;

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{inside, views::DoorView};
use crate::{
    app::App,
    audit::Author,
    personnel::queries,
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{ClientAddress, Cookies, Fields, Page, PageContext, RequestId, SeeOther},
        sessions::{Kind, SessionToken, no_cookie},
        tries::{self, Refused, Try},
    },
    staff::actions,
};

/// `GET /admin/login?next=`
pub async fn show(context: PageContext) -> Result<Response> {
    let asked = Fields::parse(context.query.as_bytes())?;
    Ok(Page::new(DoorView::new(&context, asked.get("next"))).into_response())
}

/// `POST /admin/login`: `login, password, next`.
pub async fn submit(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    ClientAddress(address): ClientAddress,
    Extension(request_id): Extension<RequestId>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let email = fields.get("login").to_lowercase();
    let known = queries::credentials(&mut db.conn().await?, &email).await?;
    let known_id = known.as_ref().map(|known| known.id);
    let cookies = Cookies::new(&app.site, &headers);
    let tried = Try { door: Kind::Staff, accounts: known_id.as_slice(), login: &email, address };
    let author = stranger(address, request_id);
    if let Err(seconds) = tries::count(&app.limits, &app.site, &cookies, &tried).await {
        actions::note_held(&app, known_id, &author).await?;
        return Err(Error::TooMany(seconds));
    }
    // The same work is done for whom nobody knows.
    let password = fields.untrimmed("password");
    let fits = app.passwords.verify(password, known.as_ref().map(|known| known.password_hash.as_str())).await?;
    let Some(known) = known.filter(|_| fits) else {
        tries::refusals(Kind::Staff, Refused::Wrong).one();
        actions::note_failure(&db, known_id, &author).await?;
        let form = DoorView::new(&context, fields.get("next")).refused(fields.get("login"));
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, form).into_response());
    };
    let is_outdated = app.passwords.is_outdated(&known.password_hash);
    let new_hash = if is_outdated { Some(app.passwords.hash(password).await?) } else { None };
    let old = SessionToken::from_cookie(&cookies, Kind::Staff);
    let token = actions::sign_in(&db, &known, (old.as_ref(), new_hash.as_deref()), &author, clock::now()).await?;
    let next = inside(fields.get("next")).map_or_else(|| context.href("/admin"), str::to_owned);
    let device = tries::device_cookie(&app.site, Kind::Staff, known.id);
    Ok(SeeOther::to(next).with_cookie(token.cookie(&app.site)).with_cookie(device).into_response())
}

/// `POST /admin/logout`
pub async fn leave(
    context: PageContext,
    State(app): State<App>,
    db: Database,
    ClientAddress(address): ClientAddress,
    Extension(request_id): Extension<RequestId>,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(token) = SessionToken::from_cookie(&Cookies::new(&app.site, &headers), Kind::Staff) {
        actions::sign_out(&db, &token, &stranger(address, request_id), clock::now()).await?;
    }
    let door = SeeOther::to(context.href("/admin/login"));
    Ok(door.with_cookie(no_cookie(&app.site, Kind::Staff)).into_response())
}

/// Whoever sends a request to the door.
fn stranger(address: IpAddr, request_id: RequestId) -> Author {
    Author { ip: Some(address), request_id: Some(request_id.0), ..Author::system("stranger") }
}
