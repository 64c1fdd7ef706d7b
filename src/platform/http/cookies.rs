//! Cookies: read by name, written with the attributes that every cookie of the shop has.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

use super::Site;

/// The cookies of a request.
pub struct Cookies<'a> {
    headers: &'a HeaderMap,
    site: &'a Site,
}

impl<'a> Cookies<'a> {
    pub fn new(site: &'a Site, headers: &'a HeaderMap) -> Self {
        Self { headers, site }
    }

    /// The first value of the cookie, if it is there and not empty.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let name = self.site.cookie_name(name);
        self.headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }
}

/// A `Set-Cookie` value. `value` must be made of cookie-safe characters, as tokens and seals are.
pub fn cookie_header(site: &Site, name: &str, value: &str, max_age_seconds: i64) -> HeaderValue {
    let secure = if site.config.is_https() { "; Secure" } else { "" };
    let name = site.cookie_name(name);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}"))
        .unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// A `Set-Cookie` value that makes the browser forget the cookie.
pub fn expired_cookie_header(site: &Site, name: &str) -> HeaderValue {
    cookie_header(site, name, "", 0)
}
