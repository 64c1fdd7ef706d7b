//! The theme that a visitor chose, and reports of what the content policy refused.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{REFERER, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};

use crate::{
    platform::{
        error::{Error, Result},
        http::{Fields, SeeOther, Site, cookie_header, is_same_site_path},
        limiter::{Limit, Limits},
    },
    shell::Theme,
};

/// How long the choice is remembered, in seconds.
const YEAR: i64 = 365 * 24 * 3600;

/// `POST /theme`: a script gets 204; a form goes back to the page it stood on.
pub async fn set_theme(State(site): State<Arc<Site>>, headers: HeaderMap, fields: Fields) -> Result<Response> {
    let theme = Theme::from_word(fields.get("theme")).ok_or(Error::BadRequest("unknown theme"))?;
    let cookie = cookie_header(&site, Theme::COOKIE, theme.word(), YEAR);
    let is_navigation = headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    if !is_navigation {
        let mut response = StatusCode::NO_CONTENT.into_response();
        response.headers_mut().insert(SET_COOKIE, cookie);
        return Ok(response);
    }
    Ok(SeeOther::to(way_back(&site, &headers)).with_cookie(cookie).into_response())
}

/// The page that the form stood on, when it is one of ours.
fn way_back(site: &Site, headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    referer.strip_prefix(site.config.base_url.as_str()).filter(|path| is_same_site_path(path)).unwrap_or("/").to_owned()
}

/// A few reports a minute are enough to see that something is wrong; a flood of them is not worth a line each.
const REPORTS: Limit = Limit { name: "csp-report", most: 10, per: Duration::from_mins(1) };

/// `POST /csp-report`: logs which directive was violated by what, without the address of the page.
pub async fn csp_report(State(limits): State<Arc<Limits>>, body: Bytes) -> StatusCode {
    if body.len() <= 8 * 1024 && limits.check_here(&REPORTS, "").is_ok() {
        let report: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let field =
            |name: &str| report["csp-report"][name].as_str().unwrap_or_default().chars().take(200).collect::<String>();
        tracing::warn!(
            directive = field("violated-directive"),
            blocked = field("blocked-uri"),
            "content policy violation"
        );
    }
    StatusCode::NO_CONTENT
}
