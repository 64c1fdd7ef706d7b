//! Telegram's HTTP interface, as far as a bot needs it that only tells.
//!
//! One request of one kind needs no more than the HTTP that the shop serves with anyway, spoken from the other side.

use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, StatusCode, body::Incoming, header::CONTENT_TYPE};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::Failure;
use crate::platform::config::Telegram;

const CONNECT: Duration = Duration::from_secs(10);
/// For the whole exchange.
const EXCHANGE: Duration = Duration::from_secs(30);
const LONGEST_ANSWER: usize = 64 * 1024;

pub(super) struct Bot {
    settings: Telegram,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Bot {
    pub fn new(settings: Telegram) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.enforce_http(false);
        let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(https.wrap_connector(connector));
        Self { settings, client }
    }

    /// Writes to a chat; `html` has nothing but the tags that Telegram knows.
    pub async fn send(&self, chat: &str, html: &str) -> Result<(), Failure> {
        let answer = timeout(EXCHANGE, self.exchange(chat, html)).await;
        let (status, description) = answer.map_err(|_| Failure::passing("Telegram took too long", ""))??;
        let brief = format!("Telegram answered {}", status.as_u16());
        match status {
            StatusCode::OK => Ok(()),
            StatusCode::TOO_MANY_REQUESTS => Err(Failure::passing(brief, description)),
            status if status.is_client_error() => Err(Failure::lasting(brief, description)),
            _ => Err(Failure::passing(brief, description)),
        }
    }

    /// The answer and what it says. Errors name no address, since it holds the token.
    async fn exchange(&self, chat: &str, html: &str) -> Result<(StatusCode, String), Failure> {
        let Telegram { url, token, .. } = &self.settings;
        let message = json!({
            "chat_id": chat,
            "text": html,
            "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
        });
        let request = Request::post(format!("{url}/bot{}/sendMessage", token.expose()))
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(message.to_string()))
            .map_err(|_| Failure::lasting("Telegram's address is no address", ""))?;
        let answer = self.client.request(request).await.map_err(|error| {
            let what = if error.is_connect() { "Telegram cannot be reached" } else { "Telegram broke off" };
            Failure::passing(what, "")
        })?;
        Ok((answer.status(), description(answer).await))
    }
}

/// What Telegram says about its answer; empty when it says nothing that can be read.
async fn description(answer: Response<Incoming>) -> String {
    let body = Limited::new(answer.into_body(), LONGEST_ANSWER).collect().await;
    let json = body.ok().and_then(|body| serde_json::from_slice::<Value>(&body.to_bytes()).ok());
    json.and_then(|json| json["description"].as_str().map(str::to_owned)).unwrap_or_default()
}
