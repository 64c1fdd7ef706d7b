//! Redis: helpful, never required.
//!
//! One multiplexed connection a thread, made when first needed, that reconnects by itself. Whoever asks gets an answer soon or
//! none: after some failures in a row nobody asks any more, until a try in the background finds it well again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{
    Arg, Cmd, FromRedisValue,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use thread_local::ThreadLocal;
use tokio::sync::OnceCell;

use super::work;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_millis(100);
/// So many failures in a row are an outage.
const FAILURES: u32 = 3;
/// Between two tries during an outage.
const PAUSE: Duration = Duration::from_secs(1);
const CONNECT: Duration = Duration::from_millis(250);

/// A number for which Redis was asked on the way to something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was not asked, or did not answer.
    Unasked,
    Nothing,
    Number(i64),
}

pub struct Redis {
    client: redis::Client,
    prefix: String,
    /// A connection is driven by the thread that made it, which another one would have to wake for each command.
    managers: ThreadLocal<OnceCell<ConnectionManager>>,
    /// Failures in a row.
    failures: AtomicU32,
    /// Nobody asks while this is so.
    is_out: AtomicBool,
    asked: AtomicU64,
}

impl Redis {
    /// `prefix` is the first word of every key.
    pub fn new(url: &str, prefix: &str) -> anyhow::Result<Self> {
        Ok(Self {
            client: redis::Client::open(url)?,
            prefix: prefix.to_owned(),
            managers: ThreadLocal::new(),
            failures: AtomicU32::new(0),
            is_out: AtomicBool::new(false),
            asked: AtomicU64::new(0),
        })
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether Redis is left alone for a while, since it does not answer.
    pub fn is_out(&self) -> bool {
        self.is_out.load(Ordering::Relaxed)
    }

    /// Whether Redis answers in time.
    pub async fn ping(&self) -> anyhow::Result<()> {
        self.query::<()>(&redis::cmd("PING"), CONNECT * 2).await
    }

    /// How often somebody has waited for an answer since the start. A page waits for one at most.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What Redis answers, or none when it is away or slow: the caller goes on without.
    pub async fn ask<T: FromRedisValue>(self: &Arc<Self>, command: &Cmd) -> Option<T> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let answer = self.try_query::<redis::Value>(command).await;
        work::trace(|trace| trace.asked(told(command), result(command, answer.as_ref())));
        T::from_redis_value(answer?).ok()
    }

    /// Lets Redis know something while nobody waits.
    pub fn tell(self: &Arc<Self>, command: Cmd) {
        let redis = Arc::clone(self);
        tokio::spawn(async move { redis.try_query::<redis::Value>(&command).await });
    }

    async fn try_query<T: FromRedisValue>(self: &Arc<Self>, command: &Cmd) -> Option<T> {
        if self.is_out() {
            return None;
        }
        match self.query(command, PATIENCE).await {
            Ok(answer) => {
                self.failures.store(0, Ordering::Relaxed);
                Some(answer)
            }
            Err(error) => {
                self.failed(&error);
                None
            }
        }
    }

    /// The keys that begin with this.
    pub async fn find(self: &Arc<Self>, beginning: &str) -> Option<Vec<String>> {
        let literal: String = beginning
            .chars()
            .flat_map(|letter| {
                matches!(letter, '*' | '?' | '[' | ']' | '\\').then_some('\\').into_iter().chain([letter])
            })
            .collect();
        let (mut cursor, mut found) = (0_u64, Vec::new());
        loop {
            let mut scan = redis::cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(format!("{literal}*")).arg("COUNT").arg(500);
            let (next, names): (u64, Vec<String>) = self.ask(&scan).await?;
            found.extend(names);
            if next == 0 {
                // A scan may tell of a key twice.
                found.sort_unstable();
                found.dedup();
                return Some(found);
            }
            cursor = next;
        }
    }

    /// A connection of its own that hears what is published on these channels.
    pub async fn subscribe(&self, channel: &str) -> anyhow::Result<redis::aio::PubSub> {
        let mut listener = tokio::time::timeout(CONNECT, self.client.get_async_pubsub()).await??;
        listener.subscribe(channel).await?;
        Ok(listener)
    }

    /// In a box: whoever may have to ask should be no larger for it while nothing is asked.
    async fn query<T: FromRedisValue>(&self, command: &Cmd, patience: Duration) -> anyhow::Result<T> {
        let answer = Box::pin(async {
            let mut connection = self.connection().await?;
            Ok(command.query_async(&mut connection).await?)
        });
        tokio::time::timeout(patience, answer).await?
    }

    async fn connection(&self) -> redis::RedisResult<ConnectionManager> {
        let manager = self.managers.get_or_default().get_or_try_init(|| async {
            // How long an answer may take is up to whoever asks.
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(CONNECT))
                .set_response_timeout(None)
                .set_number_of_retries(1);
            self.client.get_connection_manager_with_config(config).await
        });
        Ok(manager.await?.clone())
    }

    fn failed(self: &Arc<Self>, error: &anyhow::Error) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
        if failures >= FAILURES && !self.is_out.swap(true, Ordering::Relaxed) {
            tracing::warn!("Redis is not asked for a while: {error:#}");
            tokio::spawn(Arc::clone(self).wait_until_well());
        }
    }

    /// Well is who answers twice as fast as anybody would wait.
    async fn wait_until_well(self: Arc<Self>) {
        loop {
            tokio::time::sleep(PAUSE).await;
            if self.query::<()>(&redis::cmd("PING"), PATIENCE / 2).await.is_ok() {
                break;
            }
        }
        self.failures.store(0, Ordering::Relaxed);
        self.is_out.store(false, Ordering::Relaxed);
        tracing::info!("Redis answers again");
    }
}
/// A command and its first key, for whoever watches.
fn told(command: &Cmd) -> String {
    let words = command.args_iter().filter_map(|word| match word {
        Arg::Simple(word) if word.len() < 200 => Some(String::from_utf8_lossy(word).into_owned()),
        _ => None,
    });
    words.filter(|word| !word.contains('\n')).take(3).collect::<Vec<_>>().join(" ")
}

/// What became of it: only what is read is found or not.
fn result(command: &Cmd, answer: Option<&redis::Value>) -> &'static str {
    let reads = matches!(command.args_iter().next(), Some(Arg::Simple(b"GET")));
    match answer {
        None => "away",
        Some(redis::Value::Nil) if reads => "miss",
        Some(_) if reads => "hit",
        Some(_) => "asked",
    }
}
