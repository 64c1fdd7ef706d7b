//! A request's way through the routes.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use tower::ServiceExt;

use crate::platform::{
    db::Meter,
    error::Error,
    error_reports::Panicked,
    http::RequestId,
    work::{self, Work},
};

/// No request takes longer; a shopper has left by then.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Lets the routes answer, within the time limit and whatever a handler does.
pub(super) async fn run(routes: &Router, request: Request) -> Response {
    match work_of(&request) {
        Some(work) => work::doing(work, answer(routes, request)).await,
        None => answer(routes, request).await,
    }
}

fn work_of(request: &Request) -> Option<Work> {
    let (id, meter) = (request.extensions().get::<RequestId>()?, request.extensions().get::<Arc<Meter>>()?);
    Some(Work { id: Arc::clone(&id.0), meter: Arc::clone(meter) })
}

async fn answer(routes: &Router, request: Request) -> Response {
    let answer = AssertUnwindSafe(routes.clone().oneshot(request)).catch_unwind();
    match tokio::time::timeout(TIME_LIMIT, answer).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(never))) => match never {},
        Ok(Err(_)) => Error::Internal(Panicked.into()).into_response(),
        Err(_) => Error::Unavailable(anyhow::anyhow!("no answer within {} s", TIME_LIMIT.as_secs())).into_response(),
    }
}
