//! The way out: a short queue, and a thread that sends what is in it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use http_body_util::Full;
use hyper::{
    Request, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use sentry_types::{
    Dsn,
    protocol::v7::{Envelope, Event},
};
use tokio::{runtime, sync::mpsc, time::timeout};

/// Reports that may wait.
const WAITING: usize = 32;
/// For an exchange with the server.
const EXCHANGE: Duration = Duration::from_secs(5);
/// For all that wait, when the process ends.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How long nothing is sent to a server that asks for less and does not say for how long.
const PAUSE: Duration = Duration::from_mins(1);
const AGENT: &str = concat!("marquee/", env!("CARGO_PKG_VERSION"));

pub(super) struct Sink {
    queue: mpsc::Sender<Event<'static>>,
    /// Reports that are not sent yet, nor lost.
    open: Arc<AtomicUsize>,
}

impl Sink {
    /// `dsn` has been checked; what is none sends nothing.
    pub fn to(dsn: &str) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let open = Arc::<AtomicUsize>::default();
        if let Ok(dsn) = dsn.parse::<Dsn>() {
            let open = Arc::clone(&open);
            // Where no thread can be had, reports are the least of what is lost.
            thread::Builder::new().name("error reports".to_owned()).spawn(move || run(&dsn, waiting, &open)).ok();
        }
        Self { queue, open }
    }

    /// Waits for nothing; a report for which there is no room is lost.
    pub fn send(&self, event: Event<'static>) {
        self.open.fetch_add(1, Ordering::AcqRel);
        if self.queue.try_send(event).is_err() {
            self.open.fetch_sub(1, Ordering::AcqRel);
        }
    }

    /// Waits until all are sent, for a moment.
    pub fn flush(&self) {
        let start = Instant::now();
        while self.open.load(Ordering::Acquire) > 0 && start.elapsed() < LAST_WORDS {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Sends what comes until nobody is left who could tell anything.
fn run(dsn: &Dsn, mut waiting: mpsc::Receiver<Event<'static>>, open: &AtomicUsize) {
    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        let server = Server::new(dsn);
        let (mut quiet_until, mut is_away) = (Instant::now(), false);
        while let Some(event) = waiting.recv().await {
            if Instant::now() >= quiet_until {
                let sent = timeout(EXCHANGE, server.send(event)).await;
                let outcome = sent.unwrap_or_else(|_| Err("it took too long".to_owned()));
                quiet_until = Instant::now() + outcome.as_ref().ok().copied().flatten().unwrap_or_default();
                note(&outcome, &mut is_away);
            }
            open.fetch_sub(1, Ordering::AcqRel);
        }
    });
}

/// Says once that the server is away, and once that it is back.
fn note(outcome: &Result<Option<Duration>, String>, is_away: &mut bool) {
    match outcome {
        Err(reason) if !*is_away => tracing::warn!("error reports are lost: {reason}"),
        Ok(_) if *is_away => tracing::info!("error reports are sent again"),
        _ => {}
    }
    *is_away = outcome.is_err();
}

struct Server {
    url: String,
    auth: String,
    client: Client<hyper_rustls::HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Server {
    fn new(dsn: &Dsn) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(EXCHANGE));
        connector.enforce_http(false);
        let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(https.wrap_connector(connector));
        Self { url: dsn.envelope_api_url().to_string(), auth: dsn.to_auth(Some(AGENT)).to_string(), client }
    }

    /// Hands a report over; the answer says for how long to send no more, if the server asks for that. Errors name no
    /// address, since a key is in it.
    async fn send(&self, event: Event<'static>) -> Result<Option<Duration>, String> {
        let mut body = Vec::new();
        Envelope::from(event).to_writer(&mut body).map_err(|error| error.to_string())?;
        let request = Request::post(&self.url)
            .header(CONTENT_TYPE, "application/x-sentry-envelope")
            .header("x-sentry-auth", &self.auth)
            .body(Full::from(body))
            .map_err(|_| "the address is no address".to_owned())?;
        let answer = self.client.request(request).await.map_err(|_| "the server cannot be reached".to_owned())?;
        match answer.status() {
            StatusCode::TOO_MANY_REQUESTS => {
                let after = answer.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
                Ok(Some(after.map_or(PAUSE, Duration::from_secs)))
            }
            status if status.is_success() => Ok(None),
            status => Err(format!("the server answers {}", status.as_u16())),
        }
    }
}
