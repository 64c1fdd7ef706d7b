//! A bell that says that there may be something to do: at once in this process, soon in others.
//!
//! It makes nothing true. Whoever waits for it looks by himself every now and then, so that a ring that is lost costs the
//! time until the next look.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use tokio::sync::{Notify, watch};

use super::redis::Redis;

/// Between two tries to hear the rings of others.
const RECONNECT: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct Bell {
    /// For whoever waits in this process.
    wake: Notify,
    /// For whoever tells the others.
    spread: Notify,
}

impl Bell {
    /// Rings here, and, where [`hurry`] runs, everywhere.
    pub fn ring(&self) {
        self.wake.notify_one();
        self.spread.notify_one();
    }

    /// Waits for a ring, of this process or another one. One waits at a time.
    pub async fn rung(&self) {
        self.wake.notified().await;
    }
}

/// Tells whoever listens on the channel.
pub async fn tell(redis: &Arc<Redis>, channel: &str) {
    redis.ask::<::redis::Value>(::redis::cmd("PUBLISH").arg(channel).arg("")).await;
}

/// Passes on the rings of this process through Redis, and hears those of others, until told to stop.
pub async fn hurry(bell: &Bell, redis: &Arc<Redis>, channel: &str, mut stopped: watch::Receiver<bool>) {
    let spread = async {
        loop {
            bell.spread.notified().await;
            tell(redis, channel).await;
        }
    };
    let listen = async {
        loop {
            if let Ok(mut listener) = redis.subscribe(channel).await {
                bell.wake.notify_one();
                let mut messages = listener.on_message();
                while messages.next().await.is_some() {
                    bell.wake.notify_one();
                }
            }
            tokio::time::sleep(RECONNECT).await;
        }
    };
    tokio::select! {
        () = spread => {}
        () = listen => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
}
