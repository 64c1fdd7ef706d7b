//! Telegram's HTTP interface as far as the shop speaks to it, on this machine.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

#[derive(Clone, Default)]
struct Chat {
    received: Arc<Mutex<Vec<(String, Value)>>>,
    /// Statuses of the next answers; 200 when there are none left.
    answers: Arc<Mutex<Vec<u16>>>,
}

pub struct TelegramPeer {
    pub url: String,
    chat: Chat,
}

impl TelegramPeer {
    pub async fn start(answers: &[u16]) -> Self {
        let chat = Chat::default();
        chat.answers.lock().unwrap().extend(answers.iter().rev());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().route("/{bot}/{method}", post(answer)).with_state(chat.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, chat }
    }

    /// Path and body of every call.
    pub fn received(&self) -> Vec<(String, Value)> {
        self.chat.received.lock().unwrap().clone()
    }
}

async fn answer(
    State(chat): State<Chat>,
    Path((bot, method)): Path<(String, String)>,
    Json(body): Json<Value>,
) -> Response {
    chat.received.lock().unwrap().push((format!("{bot}/{method}"), body));
    let status = chat.answers.lock().unwrap().pop().unwrap_or(200);
    let body = json!({ "ok": status == 200, "description": format!("answered {status}") });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}
