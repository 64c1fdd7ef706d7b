//! The cookie that finds a cart.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderValue, request::Parts},
};

use crate::platform::{
    http::{Cookies, Site, cookie_header},
    ids,
    signing::sha256_hex,
};

/// A cart lives this long after its last change.
pub(super) const LIFE_DAYS: i64 = 30;

/// The opaque token of a cart. The database holds only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct CartToken(String);

impl CartToken {
    pub const COOKIE: &'static str = "cart";

    pub(super) fn new() -> Self {
        Self(ids::token())
    }

    /// The token of a cookie, if it has a token's form.
    pub fn from_cookie(cookies: &Cookies<'_>) -> Option<Self> {
        let is_token = |text: &&str| {
            text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        cookies.get(Self::COOKIE).filter(is_token).map(|token| Self(token.to_owned()))
    }

    /// What the database knows of it.
    pub fn hash(&self) -> String {
        sha256_hex(&self.0)
    }

    pub fn cookie(&self, site: &Site) -> HeaderValue {
        cookie_header(site, Self::COOKIE, &self.0, LIFE_DAYS * 24 * 3600)
    }
}

/// The visitor's token, if there is one.
impl<S> FromRequestParts<S> for CartToken
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let site = Arc::<Site>::from_ref(state);
        // A visitor without a cart gets a token that no cart has; it is sent only when a cart is made for it.
        Ok(Self::from_cookie(&Cookies::new(&site, &parts.headers)).unwrap_or_else(Self::new))
    }
}
