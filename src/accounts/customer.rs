//! The customer who is signed in, as handlers see them.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use time::OffsetDateTime;

use super::{ClientType, queries};
use crate::platform::{
    db::Conn,
    error::Error,
    i18n::Lang,
    sessions::{self, SessionToken},
};

/// Whoever is signed in, as the database knows them at this moment.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: u64,
    pub email: String,
    /// In E.164.
    pub phone: Option<String>,
    pub name: String,
    pub surname: String,
    pub language: Lang,
    pub client_type: ClientType,
    /// Whether the address has been confirmed to be theirs.
    pub is_verified: bool,
    /// Whether nothing is recommended to them for what other people buy.
    pub content_only: bool,
}

impl Customer {
    /// How events and the audit name them.
    pub fn actor(&self) -> String {
        format!("client:{}", self.id)
    }
}

/// Who holds this token. One statement, and a second one when they have not been seen for some minutes.
pub async fn recognise(conn: &mut Conn, token: &SessionToken, now: OffsetDateTime) -> sqlx::Result<Option<Customer>> {
    let Some((customer, session)) = queries::of_session(conn, &token.key(), now).await? else { return Ok(None) };
    sessions::see(conn, token, &session, now).await?;
    Ok(Some(customer))
}

/// The access layer puts the customer there; a route that needs one answers nobody else.
impl<S: Send + Sync> FromRequestParts<S> for Customer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotFound)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Customer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Rides on an answer: who asked, as far as somebody has looked. None is a stranger.
#[derive(Clone, Debug)]
pub struct Visitor(pub Option<Customer>);
