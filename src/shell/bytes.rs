//! Answers made of bytes that are there already.

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY},
    },
    response::{IntoResponse, Response},
};

use crate::platform::{encoding::Encoding, error::Error, http::is_fresh, page_cache::Entry};

/// The kept bytes as they are; none when they are not here in what the stranger reads.
pub(super) fn for_stranger(entry: &Entry, headers: &HeaderMap) -> Option<Response> {
    // A shared cache may keep it for a second; whoever has a cookie gets a page of their own.
    const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=1, stale-while-revalidate=1");
    const VARY_BY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");
    let encoding = Encoding::accepted(headers, &[Encoding::Brotli, Encoding::Zstd, Encoding::Gzip]);
    let is_known = entry.page.etag.to_str().is_ok_and(|etag| is_fresh(headers, etag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match entry.page.body(encoding)? {
            Ok(body) => html(body, encoding),
            Err(error) => return Some(Error::Internal(error.into()).into_response()),
        }
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, entry.page.etag.clone());
    headers.insert(CACHE_CONTROL, PUBLIC);
    headers.insert(VARY, VARY_BY);
    Some(response)
}

/// A page by its bytes.
pub(super) fn html(body: Bytes, encoding: Encoding) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Some(encoding) = encoding.header() {
        headers.insert(CONTENT_ENCODING, encoding);
    }
    response
}
