//! What a page may know of its request. Nothing here tells who is asking.

use std::sync::Arc;

use axum::http::HeaderMap;
use time::UtcOffset;

use super::headers::security_headers;
use crate::platform::{assets::Assets, config::Config, i18n::Lang, money::Currency, signing::Signer};

/// What is the same for every request of a process.
pub struct Site {
    pub config: Config,
    pub assets: Assets,
    pub signer: Signer,
    pub security_headers: HeaderMap,
    /// Address of the icons. Browsers take them from the page's own host only, so no asset host stands before it.
    pub sprite: String,
    /// Marks the places of personal slots in rendered pages; random, so that no text can imitate it.
    pub slot_nonce: String,
}

impl Site {
    pub fn new(config: Config) -> anyhow::Result<Self> {
        let assets = Assets::load(&config.asset_url)?;
        let sprite = assets.url("icons/sprite.svg");
        Ok(Self {
            sprite: sprite.strip_prefix(&config.asset_url).unwrap_or(sprite).to_owned(),
            assets,
            signer: Signer::new(config.secret_key.expose()),
            security_headers: security_headers(&config),
            slot_nonce: crate::platform::ids::request_id(),
            config,
        })
    }

    /// Name of a cookie: under https the `__Host-` prefix binds it to this host and to TLS.
    pub fn cookie_name(&self, name: &str) -> String {
        if self.config.is_https() { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// The identifier of a request, in its log line, its header and its error page.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

impl RequestId {
    /// A random one.
    #[expect(clippy::new_without_default, reason = "two of them are never equal")]
    pub fn new() -> Self {
        Self(crate::platform::ids::request_id().into())
    }
}

/// The page that was asked for: its language, its path without the language, and how to write for it.
#[derive(Clone)]
pub struct PageContext {
    pub lang: Lang,
    /// Path without the language prefix.
    pub path: String,
    /// Query string as it came, empty when there is none.
    pub query: String,
    pub currency: Currency,
    pub zone: UtcOffset,
    pub site: Arc<Site>,
}

impl PageContext {
    /// The path of this shop in the page's language.
    pub fn href(&self, path: &str) -> String {
        [self.lang.prefix(), path].concat()
    }

    pub fn money(&self, minor: i64) -> String {
        self.currency.format(self.lang, minor)
    }
}

/// Splits the language prefix off a path: `/ru/films` is Russian `/films`.
pub fn split_language(path: &str) -> (Lang, &str) {
    for lang in Lang::ALL {
        if lang.prefix().is_empty() {
            continue;
        }
        match path.strip_prefix(lang.prefix()) {
            Some("") => return (lang, "/"),
            Some(rest) if rest.starts_with('/') => return (lang, rest),
            _ => {}
        }
    }
    (Lang::default(), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_segment() {
        assert_eq!(split_language("/films"), (Lang::En, "/films"));
        assert_eq!(split_language("/ru"), (Lang::Ru, "/"));
        assert_eq!(split_language("/uz/films/m-1931"), (Lang::Uz, "/films/m-1931"));
        assert_eq!(split_language("/rush"), (Lang::En, "/rush"));
    }
}
