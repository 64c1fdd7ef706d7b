//! Answers to forms: see another page, with one message that it shows once.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{LOCATION, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};

use super::{Site, cookie_header};

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Good,
    Warn,
}

/// One message that the next page shows, already in the visitor's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
}

impl Notice {
    pub const COOKIE: &'static str = "notice";
    const PURPOSE: &'static str = "notice";
    /// A cookie holds 4096 bytes, and base64 takes a third.
    const MAX_CHARS: usize = 500;

    pub fn good(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Good, text: text.into() }
    }

    pub fn warn(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Warn, text: text.into() }
    }

    fn seal(&self, site: &Site) -> String {
        let kind = if self.kind == NoticeKind::Good { 'g' } else { 'w' };
        let text: String = self.text.chars().take(Self::MAX_CHARS).collect();
        site.signer.seal(Self::PURPOSE, &format!("{kind}{text}"))
    }

    /// The message of a `notice` cookie, if the shop wrote it.
    pub fn open(site: &Site, cookie: &str) -> Option<Self> {
        let message = site.signer.open(Self::PURPOSE, cookie)?;
        match message.split_at_checked(1)? {
            ("g", text) => Some(Self::good(text)),
            ("w", text) => Some(Self::warn(text)),
            _ => None,
        }
    }
}

/// A 303 to a path of this shop.
pub struct SeeOther {
    location: String,
    cookies: Vec<HeaderValue>,
}

impl SeeOther {
    pub fn to(location: impl Into<String>) -> Self {
        Self { location: location.into(), cookies: Vec::new() }
    }

    pub fn with_notice(mut self, site: &Site, notice: &Notice) -> Self {
        self.cookies.push(cookie_header(site, Notice::COOKIE, &notice.seal(site), 60));
        self
    }

    /// With a cookie, if there is one to set.
    pub fn with_cookie(mut self, cookie: impl Into<Option<HeaderValue>>) -> Self {
        self.cookies.extend(cookie.into());
        self
    }
}

impl IntoResponse for SeeOther {
    fn into_response(self) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let location = HeaderValue::from_str(&self.location).unwrap_or(HeaderValue::from_static("/"));
        response.headers_mut().insert(LOCATION, location);
        for cookie in self.cookies {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Whether `next` stays on this site: a path, not `//host`, and no backslash that browsers read as a slash.
pub fn is_same_site_path(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte > b' ' && byte < 0x7f && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_same_site_path;

    #[test]
    fn next_stays_on_this_site() {
        for good in ["/", "/films?sort=title", "/ru/cart#top"] {
            assert!(is_same_site_path(good), "{good}");
        }
        for bad in ["", "films", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/a b"] {
            assert!(!is_same_site_path(bad), "{bad}");
        }
    }
}
