//! A worker: everything that one process does for the queue.

use std::{fs, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use super::{
    Queue, dispatch::Dispatch, handlers::Handlers, leases, leases::Holds, overview, schedule, schedule::Schedule,
    settle,
};
use crate::platform::{bell, db::Database, redis::Redis};

/// How long what became of the last jobs may take to be written down.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// The times of a worker.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// After so long without a renewal a job is anybody's. Renewed three times in that time.
    pub lease: Duration,
    /// A worker looks at least every two of these, and at most every one, unless it is woken.
    pub poll: Duration,
    /// How long jobs under way may take once the worker is told to stop.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { lease: Duration::from_mins(1), poll: Duration::from_secs(1), patience: Duration::from_secs(20) }
    }
}

/// What a worker needs.
pub struct Worker<C> {
    /// With a connection for each place of its queues and two more.
    pub db: Database,
    pub redis: Arc<Redis>,
    /// What handlers are given.
    pub context: C,
    pub handlers: Handlers<C>,
    pub queues: Vec<Queue>,
    pub schedule: Schedule,
    pub pace: Pace,
}

impl<C: Clone + Send + Sync + 'static> Worker<C> {
    /// Works until told to stop.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        let Self { db, redis, context, handlers, queues, schedule, pace } = self;
        let holds = Arc::<Holds>::default();
        let (outcomes, settled) = mpsc::channel(settle::MOST);
        let settling = tokio::spawn(settle::run(db.clone(), Arc::clone(&holds), settled));
        let mut beside = JoinSet::new();
        beside.spawn(leases::keep(db.clone(), Arc::clone(&holds), pace.lease));
        beside.spawn(overview::report(db.clone()));
        beside.spawn(schedule::follow(db.clone(), schedule, stopped.clone()));
        beside.spawn(hurry(db.clone(), redis, stopped.clone()));
        let work = (db, context, Arc::new(handlers));
        Dispatch::new(work, (name(), pace, &queues), holds, outcomes).run(stopped).await;
        if tokio::time::timeout(LAST_WORDS, settling).await.is_err() {
            tracing::warn!("what became of the last jobs could not be written down: their leases will run out");
        }
    }
}

async fn hurry(db: Database, redis: Arc<Redis>, stopped: watch::Receiver<bool>) {
    bell::hurry(db.jobs(), &redis, &channel(&redis), stopped).await;
}

/// Tells workers to look, for whoever changes jobs otherwise than by enqueuing some.
pub async fn tell(redis: &Arc<Redis>) {
    bell::tell(redis, &channel(redis)).await;
}

fn channel(redis: &Redis) -> String {
    format!("{}:jobs", redis.prefix())
}

/// Who has a job, for people.
fn name() -> String {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host: String = host.trim().chars().take(80).collect();
    format!("{host}:{}", std::process::id())
}
