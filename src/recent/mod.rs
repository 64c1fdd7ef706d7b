//! The films that somebody looked at last.
//!
//! Owns `recently_viewed`. Film pages are kept for everybody, so that a script says that one was looked at. A guest's films
//! stand in a signed cookie, a customer's in the database; what a guest has seen becomes the customer's.

mod actions;
pub mod handlers;
mod messages;
mod queries;
pub mod views;

pub use actions::{films, merge};
pub use queries::clear;

use axum::http::HeaderValue;

use crate::platform::http::{Cookies, Site, cookie_header, expired_cookie_header};

/// So many different films are remembered.
pub const MOST: usize = 12;

const COOKIE: &str = "recent";
const PURPOSE: &str = "recent";
const LIFE_SECONDS: i64 = 90 * 24 * 3600;

/// The ids of films, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent(Vec<u64>);

impl Recent {
    /// What the cookie holds, if the shop wrote it.
    pub fn from_cookie(site: &Site, cookies: &Cookies<'_>) -> Self {
        let ids = cookies.get(COOKIE).and_then(|sealed| site.signer.open(PURPOSE, sealed)).unwrap_or_default();
        Self(ids.split(',').filter_map(|id| id.parse().ok()).take(MOST).collect())
    }

    pub fn cookie(&self, site: &Site) -> HeaderValue {
        let ids: Vec<String> = self.0.iter().map(u64::to_string).collect();
        cookie_header(site, COOKIE, &site.signer.seal(PURPOSE, &ids.join(",")), LIFE_SECONDS)
    }

    /// Makes the browser forget.
    pub fn no_cookie(site: &Site) -> HeaderValue {
        expired_cookie_header(site, COOKIE)
    }

    /// With this film as the last one.
    #[must_use]
    pub fn seen(&self, id: u64) -> Self {
        let before = self.0.iter().copied().filter(|other| *other != id);
        Self(std::iter::once(id).chain(before).take(MOST).collect())
    }

    pub fn ids(&self) -> &[u64] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twelve_films_are_kept_each_once() {
        let seen = (1..=14).chain([10]).fold(Recent::default(), |recent, id| recent.seen(id));
        assert_eq!(seen.ids(), [10, 14, 13, 12, 11, 9, 8, 7, 6, 5, 4, 3]);
    }
}
