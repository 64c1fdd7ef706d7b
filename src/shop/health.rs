//! What machines ask: is the process alive, may it get traffic, which version is it.

use std::time::{Duration, Instant};

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    platform::{
        migrations,
        queue::overview::{self, Backlog},
        version,
    },
};

/// Touches nothing: the process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

pub async fn version() -> Json<Value> {
    Json(json!({ "version": version::VERSION, "commit": version::COMMIT, "built": version::BUILT }))
}

/// Whether this node may get traffic. A missing Redis is a warning: the shop is slower without, not wrong. So is work that
/// nobody does. A shop that is closed for maintenance is as well as an open one: its people look at it.
pub async fn readyz(State(app): State<App>) -> Response {
    let (mysql, redis) = tokio::join!(timed(check_mysql(&app)), timed(check_redis(&app)));
    let queue = if mysql["ok"] == true { timed(check_queue(&app)).await } else { json!({ "ok": false }) };
    let has_index = app.index.is_ready();
    let is_ready = mysql["ok"] == true && has_index;
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let state = match (is_ready, redis["ok"] == true && queue["ok"] == true) {
        (false, _) => "unavailable",
        (true, false) => "degraded",
        (true, true) => "ready",
    };
    let index = json!({ "ok": has_index });
    let maintenance = app.maintenance.is_on();
    let report = json!({
        "status": state, "maintenance": maintenance, "mysql": mysql, "redis": redis, "queue": queue, "index": index
    });
    (status, Json(report)).into_response()
}

async fn check_mysql(app: &App) -> anyhow::Result<Value> {
    let applied = tokio::time::timeout(Duration::from_secs(2), migrations::applied_count(&app.db)).await??;
    anyhow::ensure!(applied >= migrations::count(), "{applied} of {} migrations applied", migrations::count());
    Ok(json!({ "migrations": applied }))
}

async fn check_redis(app: &App) -> anyhow::Result<Value> {
    app.redis.ping().await?;
    Ok(json!({}))
}

/// For how long the next job of each queue has been due.
async fn check_queue(app: &App) -> anyhow::Result<Value> {
    let look = async { overview::backlog(&mut app.db.conn().await?).await };
    let backlog = tokio::time::timeout(Duration::from_secs(2), look).await??;
    let ages: Map<_, _> =
        backlog.iter().map(|Backlog { queue, age, .. }| (queue.word().to_owned(), json!(age.as_secs()))).collect();
    let parked: u64 = backlog.iter().map(|backlog| backlog.parked).sum();
    Ok(json!({ "ok": !backlog.iter().any(Backlog::is_late), "age_seconds": ages, "parked": parked }))
}

/// The details with `ok` and `ms`; the cause of a failure goes to the log, where addresses may stand.
async fn timed(check: impl Future<Output = anyhow::Result<Value>>) -> Value {
    let start = Instant::now();
    let outcome = check.await;
    let mut report = outcome.as_ref().map_or_else(|_| json!({}), Value::clone);
    report["ok"] = json!(outcome.is_ok() && report["ok"] != false);
    report["ms"] = json!(u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX));
    if let Err(error) = outcome {
        tracing::warn!("readiness: {error:#}");
    }
    report
}
