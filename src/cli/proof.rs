//! A process that is to relieve another one shows that it can answer before the first visitor comes.

use std::time::{Duration, Instant};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header::HOST},
};
use tower::ServiceExt;

use crate::{app::App, router};

/// How long it may take to get ready: a million films are read in a quarter of this.
const LIMIT: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(50);

/// Waits until the shop is ready, and then has a page made, all through the router that visitors come to.
pub(super) async fn give(app: &App) -> anyhow::Result<()> {
    let start = Instant::now();
    loop {
        let (status, report) = ask(app, "/readyz").await?;
        if status == StatusCode::OK {
            break;
        }
        anyhow::ensure!(start.elapsed() < LIMIT, "not ready after {} s: {report}", LIMIT.as_secs());
        tokio::time::sleep(PAUSE).await;
    }
    let (status, _) = ask(app, "/").await?;
    // A shop under maintenance says so, which is an answer.
    anyhow::ensure!(
        status.is_success() || status == StatusCode::SERVICE_UNAVAILABLE,
        "the home page answers {status}: see the log"
    );
    Ok(())
}

async fn ask(app: &App, path: &str) -> anyhow::Result<(StatusCode, String)> {
    const MOST: usize = 1 << 20;
    let request = Request::get(path).header(HOST, app.config().host()).body(Body::empty())?;
    let response = router::service(app.clone()).oneshot(request).await?;
    let status = response.status();
    let body = to_bytes(response.into_body(), MOST).await?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}
