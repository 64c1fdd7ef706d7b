//! Where metrics are asked for.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::State, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};
use tokio::{net::TcpListener, sync::watch};

use super::{Exporter, process};
use crate::platform::metrics::Text;

/// Between two tries for an address that another process has.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers `GET /metrics` at this address until told to stop. While a new release takes over, the one before it has the
/// address for as long as it finishes what is under way; so whoever comes waits for it, and serves meanwhile.
pub async fn listen(address: Option<SocketAddr>, exporter: Exporter, mut stopped: watch::Receiver<bool>) {
    process::begin();
    let Some(address) = address else { return };
    let told = Router::new().route("/metrics", get(show)).with_state(Arc::new(exporter));
    let serve = async {
        let served = axum::serve(bind(address).await, told).await;
        if let Err(error) = served {
            tracing::warn!("metrics are no longer told: {error}");
        }
    };
    tokio::select! {
        () = serve => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
}

async fn bind(address: SocketAddr) -> TcpListener {
    let mut is_told = false;
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => {
                tracing::info!("metrics are told on {address}");
                return listener;
            }
            Err(error) if !is_told => {
                is_told = true;
                tracing::warn!("metrics cannot be told on {address} yet: {error}");
            }
            Err(_) => {}
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn show(State(exporter): State<Arc<Exporter>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, Text::CONTENT_TYPE)], exporter.render().await)
}
