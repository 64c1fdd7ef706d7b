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
    doctor::{self, certificate},
    platform::{
        db::Database,
        migrations,
        queue::overview::{self, Backlog},
        version,
    },
};

/// Nobody waits longer for a part that may hang.
const PATIENCE: Duration = Duration::from_secs(2);

/// Touches nothing: the process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

pub async fn version() -> Json<Value> {
    Json(json!({ "version": version::VERSION, "commit": version::COMMIT, "built": version::BUILT }))
}

/// How one part of the shop is.
#[derive(Clone, Debug, PartialEq)]
pub struct Vital {
    pub name: &'static str,
    pub is_ok: bool,
    /// How long the look took.
    pub ms: u64,
    /// What was seen, by its name; `reason` says why it is not well, where that may be said.
    pub report: Value,
}

impl Vital {
    /// What was seen, as text; what has a table of its own is left out.
    pub fn facts(&self) -> Vec<(String, String)> {
        let fields = self.report.as_object().into_iter().flatten();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        fields
            .filter(|(name, value)| *name != "ok" && !value.is_object())
            .map(|(name, value)| (name.replace('_', " "), text(value)))
            .collect()
    }

    fn json(&self) -> Value {
        let mut report = self.report.clone();
        if let Some(fields) = report.as_object_mut() {
            // Whoever asks from outside need not know what there is to attack.
            fields.remove("version");
        }
        (report["ok"], report["ms"]) = (json!(self.is_ok), json!(self.ms));
        report
    }
}

/// Whether this node may get traffic: with the database and the catalogue's index it may. Whatever else is not well is a
/// warning: the shop is slower without Redis, not wrong; and a full disk or an old certificate gets no better where
/// nobody is served. A shop that is closed for maintenance is as well as an open one: its people look at it.
pub async fn readyz(State(app): State<App>) -> Response {
    let vitals = vitals(&app, &app.db).await;
    let is_ready = vitals.iter().all(|vital| vital.is_ok || !matches!(vital.name, "mysql" | "index"));
    let (status, state) = match (is_ready, vitals.iter().all(|vital| vital.is_ok)) {
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        (true, false) => (StatusCode::OK, "degraded"),
        (true, true) => (StatusCode::OK, "ready"),
    };
    let mut report = json!({ "status": state, "maintenance": app.maintenance.is_on() });
    for vital in &vitals {
        report[vital.name] = vital.json();
    }
    (status, Json(report)).into_response()
}

/// Every part that the shop has, looked at now; the mail server at most each half a minute.
pub async fn vitals(app: &App, db: &Database) -> Vec<Vital> {
    let (mysql, redis, mail) = tokio::join!(
        timed("mysql", check_mysql(db)),
        timed("redis", check_redis(app)),
        timed("mail", Box::pin(check_mail(app)))
    );
    let queue = if mysql.is_ok { timed("queue", check_queue(db)).await } else { unknown("queue") };
    let index = timed("index", async { Ok(json!({ "ok": app.index.is_ready() })) }).await;
    let disk = timed("disk", async { check_disk(app) }).await;
    let mut vitals = vec![mysql, redis, queue, index, mail, disk];
    if app.config().certificate.is_some() {
        vitals.push(timed("certificate", async { check_certificate(app) }).await);
    }
    vitals
}

async fn check_mysql(db: &Database) -> anyhow::Result<Value> {
    let (applied, version) = tokio::time::timeout(PATIENCE, migrations::standing(db)).await??;
    anyhow::ensure!(applied >= migrations::count(), "{applied} of {} migrations applied", migrations::count());
    Ok(json!({ "migrations": applied, "version": version }))
}

async fn check_redis(app: &App) -> anyhow::Result<Value> {
    app.redis.ping().await?;
    Ok(json!({}))
}

/// For how long the next job of each queue has been due.
async fn check_queue(db: &Database) -> anyhow::Result<Value> {
    let look = async { overview::backlog(&mut db.conn().await?).await };
    let backlog = tokio::time::timeout(PATIENCE, look).await??;
    let ages: Map<_, _> =
        backlog.iter().map(|Backlog { queue, age, .. }| (queue.word().to_owned(), json!(age.as_secs()))).collect();
    let parked: u64 = backlog.iter().map(|backlog| backlog.parked).sum();
    Ok(json!({ "ok": !backlog.iter().any(Backlog::is_late), "age_seconds": ages, "parked": parked }))
}

async fn check_mail(app: &App) -> anyhow::Result<Value> {
    if app.post.keeps() {
        return Ok(json!({ "kept": true }));
    }
    match tokio::time::timeout(PATIENCE, app.post.greet_seldom()).await? {
        Ok(true) => Ok(json!({})),
        Ok(false) => Ok(json!({ "ok": false, "reason": "no mail server is configured" })),
        Err(error) => Err(anyhow::anyhow!("the mail server takes no mail: {error}")),
    }
}

fn check_disk(app: &App) -> anyhow::Result<Value> {
    let room = doctor::room(app.config())?;
    let mut report = json!({ "free_mib": room.free_bytes >> 20 });
    if room.is_low() {
        (report["ok"], report["reason"]) = (json!(false), json!("little room is left"));
    }
    Ok(report)
}

fn check_certificate(app: &App) -> anyhow::Result<Value> {
    let Some(path) = &app.config().certificate else { return Ok(json!({})) };
    let validity = certificate::validity(path)?;
    let mut report = json!({ "until": validity.until.date().to_string(), "days_left": validity.days_left });
    if validity.is_short() {
        let reason = if validity.is_over() { "it ran out" } else { "it runs out soon" };
        (report["ok"], report["reason"]) = (json!(false), json!(reason));
    }
    Ok(report)
}

fn unknown(name: &'static str) -> Vital {
    Vital { name, is_ok: false, ms: 0, report: json!({}) }
}

/// The cause of a failure goes to the log, where addresses may stand.
async fn timed(name: &'static str, check: impl Future<Output = anyhow::Result<Value>>) -> Vital {
    let start = Instant::now();
    let outcome = check.await;
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok(report) => Vital { name, is_ok: report["ok"] != false, ms, report },
        Err(error) => {
            tracing::warn!("readiness: {name}: {error:#}");
            Vital { ms, ..unknown(name) }
        }
    }
}
