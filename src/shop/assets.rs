//! Static files by content hash: immutable, precompressed, without a statement or a cookie.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Redirect, Response},
};

use crate::platform::{
    error::{OrNotFound, Result},
    http::Site,
};

pub async fn show(State(site): State<Arc<Site>>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response> {
    let asset = site.assets.get(&name).or_not_found()?;
    let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, encoding) = asset.encoded(accept);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// Browsers ask for this name whatever the page says.
pub async fn favicon(State(site): State<Arc<Site>>) -> Redirect {
    Redirect::permanent(site.assets.url("favicon.svg"))
}
