//! Who does the work behind the counter, and when: kinds of jobs are joined to their handlers here, and nowhere else.
//!
//! `serve` runs a worker in its process unless `MARQUEE_WORKER` is off; `marquee worker` runs nothing else. Workers have a
//! pool of their own: however much there is to do, pages find their connections free.

mod warm;

use std::sync::Arc;

use time::{UtcOffset, macros::time};
use tokio::sync::watch;
pub use warm::{WarmCache, warm, warm_apart};

use crate::{
    app::App,
    messages::SendMessage,
    orders::track::{self, FindOrder},
    platform::{
        clock,
        queue::{Handlers, Pace, Queue, Run, Schedule, When, Worker},
    },
    shop::mails,
};

/// What handles which jobs.
fn handlers() -> Handlers<App> {
    Handlers::default()
        .on(|app: App, job: SendMessage, run: Run| async move { mails::deliver(&app, &job, run.is_last_attempt()).await })
        .on(|app: App, job: FindOrder, run: Run| async move { track::answer(&app.db, &job, &run, clock::now()).await })
        .on(|app: App, _: WarmCache, _: Run| warm::run(app))
}

/// What is due when, by the shop's clock.
fn schedule(zone: UtcOffset) -> Schedule {
    Schedule::new(zone).at("warm_cache", When::Daily(time!(5:00)), WarmCache {})
}

/// Connections of a worker: one for each job that runs, and some for claiming, renewing and writing down.
pub const fn connections() -> u32 {
    let mut places = 3;
    let mut at = 0;
    while at < Queue::ALL.len() {
        places += Queue::ALL[at].places();
        at += 1;
    }
    places
}

/// Works until told to stop, on the connections of this app.
pub async fn run(app: App, queues: &[Queue], stopped: watch::Receiver<bool>) {
    if !app.post.takes_mail() {
        tracing::warn!("no mail server is configured: mails will be given up");
    }
    let worker = Worker {
        db: app.db.clone(),
        redis: Arc::clone(&app.redis),
        handlers: handlers(),
        queues: queues.to_vec(),
        schedule: schedule(app.settings.zone),
        pace: Pace::default(),
        context: app,
    };
    worker.run(stopped).await;
}
