//! What is done by the clock.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{News, Place, Step, actions};
use crate::platform::{
    clock,
    queue::{Job, Queue},
};

/// Deletes what is no longer kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const KIND: &'static str = "cleanup_old_data";
    const QUEUE: Queue = Queue::Maintenance;
    const ATTEMPTS: u32 = 3;
    const TIME_LIMIT: Duration = Duration::from_hours(1);

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

impl CleanUp {
    pub async fn run(self, place: &Place) -> anyhow::Result<()> {
        take(place, &[Step::CleanUp]).await
    }
}

/// Renews statistics, drops pages of releases that no longer run, and rebuilds sparse tables where it is told to.
#[derive(Debug, Serialize, Deserialize)]
pub struct OptimizeDb {
    pub rebuild: bool,
}

impl Job for OptimizeDb {
    const KIND: &'static str = "optimize_db";
    const QUEUE: Queue = Queue::Maintenance;
    const ATTEMPTS: u32 = 3;
    const TIME_LIMIT: Duration = Duration::from_hours(2);

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.rebuild))
    }
}

impl OptimizeDb {
    pub async fn run(self, place: &Place) -> anyhow::Result<()> {
        let mut steps = vec![Step::Analyze, Step::DropOldPages];
        steps.extend(self.rebuild.then_some(Step::Rebuild));
        take(place, &steps).await
    }
}

async fn take(place: &Place, steps: &[Step]) -> anyhow::Result<()> {
    let mut tell = |news| {
        if let News::Done(step, outcome, took) = news {
            tracing::info!("{}: {outcome}, {} ms", step.word(), took.as_millis());
        }
    };
    actions::optimize(place, steps, clock::now(), &mut tell).await
}
