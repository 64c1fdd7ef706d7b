//! A server that error reports are sent to, on this machine.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
    routing::post,
};
use serde_json::Value;

use super::logs;

type Envelopes = Arc<Mutex<Vec<String>>>;

pub struct SentryPeer {
    /// Where to send reports.
    pub dsn: String,
    envelopes: Envelopes,
}

impl SentryPeer {
    pub async fn start() -> Self {
        let envelopes = Envelopes::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let dsn = format!("http://key@{}/7", listener.local_addr().unwrap());
        let routes = Router::new().route("/api/7/envelope/", post(keep)).with_state(Arc::clone(&envelopes));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { dsn, envelopes }
    }

    /// Every envelope as it came.
    pub fn received(&self) -> Vec<String> {
        self.envelopes.lock().unwrap().clone()
    }

    /// The events of so many envelopes, once they are here; and no others that come in the moment after.
    pub async fn events(&self, count: usize) -> Vec<Value> {
        let come = async {
            while self.received().len() < count {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), come).await.expect("reports arrive");
        tokio::time::sleep(Duration::from_millis(300)).await;
        let envelopes = self.received();
        assert_eq!(envelopes.len(), count, "{envelopes:#?}");
        envelopes.iter().map(|envelope| serde_json::from_str(envelope.lines().nth(2).unwrap()).unwrap()).collect()
    }
}

async fn keep(State(envelopes): State<Envelopes>, headers: HeaderMap, body: String) -> impl IntoResponse {
    assert!(headers["x-sentry-auth"].to_str().unwrap().contains("sentry_key=key"));
    logs::keep("envelopes", &body);
    envelopes.lock().unwrap().push(body);
    StatusCode::OK
}
