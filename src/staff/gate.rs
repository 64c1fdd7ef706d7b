//! Who is inside, and who may pass where.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Method, StatusCode, Uri, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{actions, door, frame::RefusedView};
use crate::{
    app::App,
    audit::Author,
    personnel::{Permission, allows, queries, queries::Member},
    platform::{
        clock,
        db::{Database, Meter},
        error::{Error, Result},
        http::{Cookies, Page, RequestId, client_address},
        i18n::Lang,
        sessions::{self, Kind, SessionToken, Subject},
    },
};

/// The member of staff who asks.
#[derive(Clone, Debug)]
pub struct Employee {
    member: Member,
    author: Author,
}

impl Employee {
    pub fn name(&self) -> &str {
        &self.member.name
    }

    pub fn id(&self) -> u64 {
        self.member.id
    }

    pub fn may(&self, permission: Permission) -> bool {
        allows(&self.member.roles, permission)
    }

    /// Who does what this request does, for the audit log.
    pub fn author(&self) -> &Author {
        &self.author
    }

    #[cfg(test)]
    pub fn sample(roles: &[crate::personnel::Role]) -> Self {
        let member = Member { id: 7, name: "Grace <Hopper>".to_owned(), roles: roles.to_vec() };
        Self { member, author: Author::system("staff:7") }
    }

    /// The same as histories and ledgers name it: `staff:ID`.
    pub fn actor(&self) -> &str {
        &self.author.actor
    }
}

impl<S: Sync> FromRequestParts<S> for Employee {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let nobody = || Error::Internal(anyhow::anyhow!("a desk was reached past the gate"));
        parts.extensions.get().cloned().ok_or_else(nobody)
    }
}

/// Lets those pass who hold the permission.
pub async fn pass(
    State((app, permission)): State<(App, Permission)>,
    mut request: Request,
    next: Next,
) -> Result<Response> {
    let caller = Caller::new(&app, &request);
    let Some(employee) = caller.recognise().await? else { return Ok(door::way_to(&request)) };
    if !employee.may(permission) {
        return caller.refuse(&app, &employee, permission).await;
    }
    request.extensions_mut().insert(employee);
    Ok(next.run(request).await)
}

/// What a request says of whoever sends it.
struct Caller {
    db: Database,
    token: Option<SessionToken>,
    author: Author,
    lang: Lang,
    uri: Uri,
    /// Nothing is to be changed.
    is_read: bool,
}

impl Caller {
    fn new(app: &App, request: &Request) -> Self {
        let extensions = request.extensions();
        let ip = client_address(request.headers(), extensions, app.config().trusted_proxies);
        Self {
            db: extensions
                .get::<Arc<Meter>>()
                .map_or_else(|| app.db.clone(), |meter| app.db.metered(Arc::clone(meter))),
            token: SessionToken::from_cookie(&Cookies::new(&app.site, request.headers()), Kind::Staff),
            author: Author {
                ip: Some(ip),
                request_id: extensions.get::<RequestId>().map(|id| Arc::clone(&id.0)),
                ..Author::system("stranger")
            },
            lang: extensions.get().copied().unwrap_or_default(),
            uri: request.uri().clone(),
            is_read: matches!(*request.method(), Method::GET | Method::HEAD),
        }
    }

    /// Whoever is inside now: after a session has ended, or somebody was shut out, nobody is from the next request on.
    async fn recognise(&self) -> Result<Option<Employee>> {
        let Some(token) = &self.token else { return Ok(None) };
        let mut conn = self.db.conn().await?;
        let session = sessions::find(&mut conn, token, clock::now()).await?;
        let Some(Subject::Staff(id)) = session.map(|session| session.subject) else { return Ok(None) };
        let author = Author { actor: format!("staff:{id}"), ..self.author.clone() };
        Ok(queries::member(&mut conn, id).await?.map(|member| Employee { member, author }))
    }

    /// The page that says so, and a word of it in the log.
    async fn refuse(&self, app: &App, employee: &Employee, permission: Permission) -> Result<Response> {
        let path = self.uri.path();
        if actions::is_refusal_noted(&app.limits, employee.actor(), path, self.is_read).await {
            actions::note_refusal(&self.db, employee.author(), path, permission).await?;
        }
        let context = if self.is_read {
            app.page_context(self.lang, path, self.uri.query().unwrap_or_default())
        } else {
            // The page offers itself in other languages, which makes no sense of a form's address.
            app.page_context(self.lang, "/admin", "")
        };
        Ok(Page::with_status(StatusCode::FORBIDDEN, RefusedView::new(&context, employee)).into_response())
    }
}
