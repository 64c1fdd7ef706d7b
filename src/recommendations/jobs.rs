//! The nightly run, as jobs: one that divides the films among many.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{actions, queries::Stretch};
use crate::platform::{
    clock,
    db::Database,
    queue::{Job, Queue},
};

/// About so many films are one job's. Each job reads the whole catalogue once, so a few large ones do less than many small ones; what it
/// finds leaves memory batch by batch.
pub(super) const CHUNK: u64 = 25_000;

/// Leaves a job for each chunk of the films.
#[derive(Debug, Serialize, Deserialize)]
pub struct BuildRecommendations {}

impl Job for BuildRecommendations {
    const KIND: &'static str = "build_recommendations";
    const QUEUE: Queue = Queue::Recommendations;

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// Finds what goes with the films of a chunk.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecommendFilms(pub(super) Stretch);

impl Job for RecommendFilms {
    const KIND: &'static str = "recommend_films";
    const QUEUE: Queue = Queue::Recommendations;
    const TIME_LIMIT: Duration = Duration::from_mins(20);

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.0.after))
    }
}

/// Finds what is bought together with the films of a chunk.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecommendBought(pub(super) Stretch);

impl Job for RecommendBought {
    const KIND: &'static str = "recommend_bought";
    const QUEUE: Queue = Queue::Recommendations;
    const TIME_LIMIT: Duration = Duration::from_mins(20);

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.0.after))
    }
}

impl RecommendBought {
    /// As quietly as [`RecommendFilms`].
    pub async fn run(self, db: &Database) -> anyhow::Result<()> {
        let report = actions::load_orders(db).await?.recommend(self.0, 1, |_| {}).await?;
        tracing::info!(films = report.films, changed = report.changed, "films that are bought together were found");
        Ok(())
    }
}

impl RecommendFilms {
    /// One batch after the other: nobody waits for it, and pages want the processors too. An attempt that ended in the
    /// middle is repeated; what it stored is found unchanged.
    pub async fn run(self, db: &Database) -> anyhow::Result<()> {
        let catalogue = actions::load(db, clock::now()).await?;
        let report = catalogue.recommend(self.0, 1, |_| {}).await?;
        tracing::info!(films = report.films, changed = report.changed, "films that go with others were found");
        Ok(())
    }
}
