//! Answers made of bytes that are there already.

use std::io;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY},
    },
    response::{IntoResponse, Response},
};

use crate::platform::{
    encoding::Encoding,
    error::Error,
    http::is_fresh,
    page_cache::{Entry, StoredPage},
};

/// The kept bytes as they are, in the smallest encoding that is there and that the stranger reads.
pub(super) fn for_stranger(entry: &Entry, headers: &HeaderMap) -> Response {
    // A shared cache may keep it for a second; whoever has a cookie gets a page of their own.
    const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=1, stale-while-revalidate=1");
    const VARY_BY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");
    let is_known = entry.page.etag.to_str().is_ok_and(|etag| is_fresh(headers, etag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match body(&entry.page, headers) {
            Ok((body, encoding)) => html(body, encoding),
            Err(error) => return Error::Internal(error.into()).into_response(),
        }
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, entry.page.etag.clone());
    headers.insert(CACHE_CONTROL, PUBLIC);
    headers.insert(VARY, VARY_BY);
    response
}

fn body(page: &StoredPage, headers: &HeaderMap) -> io::Result<(Bytes, Encoding)> {
    let best = Encoding::accepted(headers, &[Encoding::Brotli, Encoding::Zstd, Encoding::Gzip]);
    let encoding = Encoding::accepted(headers, &[Encoding::Gzip]);
    if let Some(body) = page.smaller(best, encoding != Encoding::Gzip) {
        return Ok((body, best));
    }
    let body = if encoding == Encoding::Gzip { page.gzip() } else { page.text()? };
    Ok((body, encoding))
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
