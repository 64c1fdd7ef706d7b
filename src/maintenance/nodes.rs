//! The processes that serve, as each tells of itself through Redis. Without Redis nobody knows of the others.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::sync::watch;

use crate::platform::{
    clock, ids,
    page_cache::{NodeCounters, PageCache},
    redis::Redis,
    version,
};

/// Between two reports of a node, and how long one is believed.
const EVERY: Duration = Duration::from_secs(5);
const BELIEVED_SECONDS: u64 = 15;

/// A process that serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What tells it apart from others, for as long as it runs.
    pub name: String,
    pub version: String,
    pub commit: String,
    #[serde(with = "time::serde::rfc3339")]
    pub started_at: OffsetDateTime,
    pub pages: NodeCounters,
}

/// Lets the others know of this process until told to stop.
pub async fn report(redis: Arc<Redis>, pages: Arc<PageCache>, mut stopped: watch::Receiver<bool>) {
    let (name, started_at) = (ids::request_id(), clock::now());
    let key = format!("{}{name}", prefix(&redis));
    while !*stopped.borrow() {
        let node = Node {
            name: name.clone(),
            version: version::VERSION.to_owned(),
            commit: version::COMMIT.to_owned(),
            started_at,
            pages: pages.counters(),
        };
        if let Ok(json) = serde_json::to_string(&node) {
            redis.ask::<redis::Value>(redis::cmd("SET").arg(&key).arg(json).arg("EX").arg(BELIEVED_SECONDS)).await;
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// The processes that serve now, those that started first before the others; none when Redis does not answer.
pub async fn all(redis: &Arc<Redis>) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    for key in redis.find(&prefix(redis)).await? {
        let report: Option<String> = redis.ask(redis::cmd("GET").arg(&key)).await?;
        // Another release may tell something else.
        nodes.extend(report.and_then(|json| serde_json::from_str::<Node>(&json).ok()));
    }
    nodes.sort_by_key(|node| node.started_at);
    Some(nodes)
}

fn prefix(redis: &Redis) -> String {
    format!("{}:node:", redis.prefix())
}
