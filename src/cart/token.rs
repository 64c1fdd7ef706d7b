//! The cookie that finds a cart.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderValue, request::Parts},
};

use time::{Duration, OffsetDateTime};

use crate::{
    accounts::Customer,
    platform::{
        http::{Cookies, Site, cookie_header},
        ids,
        signing::sha256_hex,
    },
};

/// A visitor's cart lives this long after its last change.
pub const GUEST_LIFE: Duration = Duration::days(30);
/// A customer's stays until it is used; nobody comes back to one after that. The server takes no time after 2038.
pub const CLIENT_LIFE_DAYS: i64 = 5 * 365;

/// When a customer's cart expires that has last been changed then.
pub fn client_cart_expiry(changed_at: OffsetDateTime) -> OffsetDateTime {
    changed_at + Duration::days(CLIENT_LIFE_DAYS)
}

/// What finds a cart. A visitor's is the opaque token of a cookie, of which the database holds only the hash; a
/// customer's is who they are, on every device.
#[derive(Clone, PartialEq, Eq)]
pub struct CartToken {
    text: String,
    client_id: Option<u64>,
}

impl CartToken {
    pub const COOKIE: &'static str = "cart";

    pub(super) fn new() -> Self {
        Self { text: ids::token(), client_id: None }
    }

    /// The cart of a customer. No cookie has this form, so nobody can ask for it.
    pub fn of_client(client_id: u64) -> Self {
        Self { text: format!("client:{client_id}"), client_id: Some(client_id) }
    }

    pub fn client_id(&self) -> Option<u64> {
        self.client_id
    }

    /// Until when the cart is kept that is changed now.
    pub(super) fn expires_at(&self, now: OffsetDateTime) -> OffsetDateTime {
        match self.client_id {
            Some(_) => client_cart_expiry(now),
            None => now + GUEST_LIFE,
        }
    }

    /// The token of a cookie, if it has a token's form.
    pub fn from_cookie(cookies: &Cookies<'_>) -> Option<Self> {
        let is_token = |text: &&str| {
            text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        cookies.get(Self::COOKIE).filter(is_token).map(|token| Self { text: token.to_owned(), client_id: None })
    }

    /// What the database knows of it.
    pub fn hash(&self) -> String {
        sha256_hex(&self.text)
    }

    /// The cookie by which a visitor comes back to the cart; a customer needs none.
    pub fn cookie(&self, site: &Site) -> Option<HeaderValue> {
        let is_visitor = self.client_id.is_none();
        is_visitor.then(|| cookie_header(site, Self::COOKIE, &self.text, GUEST_LIFE.whole_seconds()))
    }
}

/// What finds the cart of whoever asks.
impl<S> FromRequestParts<S> for CartToken
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        if let Some(customer) = parts.extensions.get::<Customer>() {
            return Ok(Self::of_client(customer.id));
        }
        let site = Arc::<Site>::from_ref(state);
        // A visitor without a cart gets a token that no cart has; it is sent only when a cart is made for it.
        Ok(Self::from_cookie(&Cookies::new(&site, &parts.headers)).unwrap_or_else(Self::new))
    }
}
