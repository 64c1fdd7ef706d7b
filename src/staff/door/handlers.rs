//! `/admin/login` and `/admin/logout`.

use std::{net::IpAddr, sync::Arc, time::Duration};

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
        limiter::{Limit, Limits, address_key},
        sessions::{Kind, SessionToken, no_cookie},
    },
    staff::actions,
};

const QUARTER: Duration = Duration::from_mins(15);
/// Tries of one account from one address; from elsewhere its owner still gets in.
const PER_ACCOUNT: Limit = Limit { name: "staff-sign-in", most: 5, per: QUARTER };
const PER_ADDRESS: Limit = Limit { name: "staff-sign-in-address", most: 30, per: QUARTER };

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
    throttle(&app.limits, &email, address)?;
    let author = Author { ip: Some(address), request_id: Some(request_id.0), ..Author::system("stranger") };
    let known = queries::credentials(&mut db.conn().await?, &email).await?;
    // The same work is done for whom nobody knows.
    let password = fields.untrimmed("password");
    let fits = app.passwords.verify(password, known.as_ref().map(|known| known.password_hash.as_str())).await?;
    let known_id = known.as_ref().map(|known| known.id);
    let Some(known) = known.filter(|_| fits) else {
        actions::note_failure(&db, known_id, &author).await?;
        let form = DoorView::new(&context, fields.get("next")).refused(fields.get("login"));
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, form).into_response());
    };
    let is_outdated = app.passwords.is_outdated(&known.password_hash);
    let new_hash = if is_outdated { Some(app.passwords.hash(password).await?) } else { None };
    let old = SessionToken::from_cookie(&Cookies::new(&app.site, &headers), Kind::Staff);
    let token = actions::sign_in(&db, &known, (old.as_ref(), new_hash.as_deref()), &author, clock::now()).await?;
    let next = inside(fields.get("next")).map_or_else(|| context.href("/admin"), str::to_owned);
    Ok(SeeOther::to(next).with_cookie(token.cookie(&app.site)).into_response())
}

fn throttle(limits: &Arc<Limits>, email: &str, address: IpAddr) -> Result<()> {
    let address = address_key(address);
    limits.check(&PER_ADDRESS, &address).map_err(Error::TooMany)?;
    limits.check(&PER_ACCOUNT, &format!("{address} {email}")).map_err(Error::TooMany)
}

/// `POST /admin/logout`
pub async fn leave(context: PageContext, State(app): State<App>, db: Database, headers: HeaderMap) -> Result<Response> {
    if let Some(token) = SessionToken::from_cookie(&Cookies::new(&app.site, &headers), Kind::Staff) {
        actions::sign_out(&db, &token).await?;
    }
    let door = SeeOther::to(context.href("/admin/login"));
    Ok(door.with_cookie(no_cookie(&app.site, Kind::Staff)).into_response())
}
