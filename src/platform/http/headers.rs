//! Headers that every answer carries.

use std::time::Duration;

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, IF_NONE_MATCH, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
};

use super::Site;
use crate::platform::{config::Config, db::Meter};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The headers that make every answer safe, put together once.
pub fn security_headers(config: &Config) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(24);
    headers.insert(CONTENT_SECURITY_POLICY, content_security_policy(config));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .insert(PERMISSIONS_POLICY, HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"));
    if config.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    headers
}

/// Sets the security headers where the handler did not set its own, and forbids caching where it did not say otherwise.
pub fn apply_security_headers(site: &Site, headers: &mut HeaderMap) {
    for (name, value) in &site.security_headers {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
}

/// One constant policy: no inline script or style anywhere, other hosts only where assets were moved to.
fn content_security_policy(config: &Config) -> HeaderValue {
    if config.asset_url.is_empty() && config.media_url.is_empty() {
        return HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             report-uri /csp-report",
        );
    }
    let host = |url: &str| if url.is_empty() { String::new() } else { format!(" {url}") };
    let (asset, media) = (host(&config.asset_url), host(&config.media_url));
    let both = if asset == media { asset.clone() } else { format!("{asset}{media}") };
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self'{asset}; style-src 'self'{asset}; img-src 'self' data:{both}; \
         font-src 'self'{asset}; connect-src 'self'; manifest-src 'self'{asset}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; report-uri /csp-report"
    ))
    .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// `Server-Timing`: statements and their time, the page cache's part, the whole.
pub fn server_timing(meter: &Meter, cache: &str, total: Duration) -> HeaderValue {
    let ms = |time: Duration| {
        let micros = time.as_micros();
        format!("{}.{:03}", micros / 1000, micros % 1000)
    };
    let text = format!(
        "db;desc=\"{}\";dur={}, cache;desc=\"{cache}\", app;dur={}",
        meter.statements(),
        ms(meter.time()),
        ms(total)
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Whether the browser already holds the version named by `etag`, a quoted string, weak or not: the comparison is the
/// weak one (RFC 9110 §13.1.2).
pub fn is_fresh(headers: &HeaderMap, etag: &str) -> bool {
    let opaque = etag.trim_start_matches("W/");
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| candidate.trim().trim_start_matches("W/") == opaque)
}
