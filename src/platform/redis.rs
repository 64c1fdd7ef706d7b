//! Redis: helpful, never required. Today only `/readyz` looks at it.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio::sync::OnceCell;

/// No page waits longer than this for Redis.
const TIMEOUT: Duration = Duration::from_millis(250);

/// One multiplexed connection that reconnects by itself, made when first needed.
pub struct Redis {
    client: redis::Client,
    manager: OnceCell<ConnectionManager>,
}

impl Redis {
    pub fn new(url: &str) -> anyhow::Result<Self> {
        Ok(Self { client: redis::Client::open(url)?, manager: OnceCell::new() })
    }

    /// Whether Redis answers in time.
    pub async fn ping(&self) -> anyhow::Result<()> {
        tokio::time::timeout(TIMEOUT * 2, async {
            let mut connection = self.connection().await?;
            redis::cmd("PING").query_async::<()>(&mut connection).await?;
            Ok(())
        })
        .await?
    }

    async fn connection(&self) -> anyhow::Result<ConnectionManager> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT))
            .set_number_of_retries(1);
        let manager = self.manager.get_or_try_init(|| self.client.get_connection_manager_with_config(config)).await?;
        Ok(manager.clone())
    }
}
