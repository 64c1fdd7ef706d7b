//! Who may use a route.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};

use crate::{
    accounts::{self, Customer, Visitor},
    app::App,
    personnel::Permission,
    platform::{
        clock,
        db::Meter,
        error::Result,
        http::{Cookies, SeeOther},
        i18n::Lang,
        sessions::{Kind, SessionToken},
    },
    staff,
};

/// The rule of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The same for everybody; nobody looks who asks.
    Public,
    /// For everybody; its handler may know the customer.
    Anybody,
    /// For whoever is signed in. Others are sent to the door, and come back from there.
    Customer,
    /// For the shop's people who hold this permission. Strangers are sent to the staff door.
    Staff(Permission),
}

impl Access {
    /// The route behind its rule.
    pub(super) fn guard(self, app: &App, route: MethodRouter<App>) -> MethodRouter<App> {
        match self {
            Self::Public => route,
            Self::Anybody => route.layer(middleware::from_fn_with_state(app.clone(), for_anybody)),
            Self::Staff(permission) => {
                route.layer(middleware::from_fn_with_state((app.clone(), permission), staff::pass))
            }
            Self::Customer => route.layer(middleware::from_fn_with_state(app.clone(), for_customers)),
        }
    }
}

async fn for_anybody(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    let customer = recognise(&app, &request).await?;
    Ok(answer(customer, request, next).await)
}

async fn for_customers(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    match recognise(&app, &request).await? {
        Some(customer) => Ok(answer(Some(customer), request, next).await),
        None => Ok(to_the_door(&request)),
    }
}

/// The customer of the request, as the database has them now: a session that was ended is over here at once.
fn recognise(app: &App, request: &Request) -> impl Future<Output = Result<Option<Customer>>> + Send + use<> {
    let token = SessionToken::from_cookie(&Cookies::new(&app.site, request.headers()), Kind::Client);
    let db = match request.extensions().get::<Arc<Meter>>() {
        Some(meter) => app.db.metered(Arc::clone(meter)),
        None => app.db.clone(),
    };
    async move {
        let Some(token) = token else { return Ok(None) };
        Ok(accounts::recognise(&mut db.conn().await?, &token, clock::now()).await?)
    }
}

async fn answer(customer: Option<Customer>, mut request: Request, next: Next) -> Response {
    if let Some(customer) = &customer {
        request.extensions_mut().insert(customer.clone());
    }
    let mut response = next.run(request).await;
    // Whoever signed in or out just now has said so already.
    if response.extensions().get::<Visitor>().is_none() {
        response.extensions_mut().insert(Visitor(customer));
    }
    response
}

/// The way to signing in, and back to what was asked for; a form that was sent is opened anew.
fn to_the_door(request: &Request) -> Response {
    let prefix = request.extensions().get::<Lang>().copied().unwrap_or_default().prefix();
    let wanted = match *request.method() {
        Method::GET | Method::HEAD => request.uri().path_and_query().map_or("/account", |wanted| wanted.as_str()),
        _ => "/account",
    };
    let next: String = form_urlencoded::byte_serialize(format!("{prefix}{wanted}").as_bytes()).collect();
    SeeOther::to(format!("{prefix}/account/login?next={next}")).into_response()
}
