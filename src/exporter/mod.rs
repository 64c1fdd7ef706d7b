//! What a process tells Prometheus, on a listener of its own that the public never reaches.
//!
//! The counts are where they happen (see [`crate::platform::metrics`]); here they are written down, together with what can
//! only be looked at: the queue in the database, the pools, the memory. The queue is read when somebody asks, so that it
//! costs nothing where nobody does; a database that is away makes its families absent and `marquee_database_up` zero.

mod listener;
mod process;

use std::time::Duration;

pub use listener::listen;

use crate::{
    app::App,
    cart, checkout,
    platform::{
        db::{Database, Lending},
        metrics::{Kind, REQUESTS, Text},
        queue::{
            JobState, Queue, counts,
            overview::{self, Backlog, Depth},
        },
        sessions,
        tries::{self, Refused},
        version,
    },
};

/// Whoever asks gives up after some seconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// A process as it is told of.
#[derive(Clone)]
pub struct Exporter {
    app: App,
    /// Pools by what they are for.
    pools: Vec<(&'static str, Database)>,
}

impl Exporter {
    /// Of a process with these pools besides the app's own.
    pub fn new(app: App, mut pools: Vec<(&'static str, Database)>) -> Self {
        pools.push(("process", app.db.clone()));
        Self { app, pools }
    }

    /// All that there is to tell.
    pub async fn render(&self) -> String {
        let mut text = Text::default();
        process::write(&mut text);
        text.family("marquee_build_info", Kind::Gauge, "The release that runs.");
        text.sample("marquee_build_info", &[("version", version::VERSION), ("commit", version::COMMIT)], 1);
        REQUESTS.write(&mut text);
        self.write_cache(&mut text);
        self.write_pools(&mut text);
        let slow = ("marquee_slow_statements_total", Kind::Counter, "Statements that took long.");
        text.single(slow, self.app.db.slow().count().read());
        self.write_queue(&mut text).await;
        counts::write(&mut text);
        write_shop(&mut text);
        text.finish()
    }

    fn write_cache(&self, text: &mut Text) {
        let counters = self.app.pages.counters();
        text.single(("marquee_page_cache_pages", Kind::Gauge, "Pages that this process keeps."), counters.pages);
        text.single(("marquee_page_cache_bytes", Kind::Gauge, "Memory that they take at most."), counters.bytes);
        let found = ("marquee_page_cache_redis_hits_total", Kind::Counter, "Pages that were found in Redis.");
        text.single(found, counters.from_redis);
        text.single(("marquee_page_cache_made_total", Kind::Counter, "Pages that were made."), counters.made);
    }

    fn write_pools(&self, text: &mut Text) {
        const NAME: &str = "marquee_database_connections";
        text.family(NAME, Kind::Gauge, "Connections by pool: lent, open, and as many as there may be.");
        let mut names: Vec<_> = self.pools.iter().map(|(name, _)| *name).collect();
        names.dedup();
        for name in names {
            let pools = self.pools.iter().filter(|(of, _)| *of == name).map(|(_, pool)| pool.lending());
            let sum = pools.fold(Lending::default(), Lending::plus);
            for (state, count) in [("lent", sum.lent), ("open", sum.open), ("most", sum.most)] {
                text.sample(NAME, &[("pool", name), ("state", state)], count);
            }
        }
    }

    async fn write_queue(&self, text: &mut Text) {
        let look = async {
            let mut conn = self.app.db.conn().await?;
            Ok::<_, sqlx::Error>((overview::backlog(&mut conn).await?, overview::depths(&mut conn).await?))
        };
        let found = tokio::time::timeout(PATIENCE, look).await.ok().and_then(Result::ok);
        let up = ("marquee_database_up", Kind::Gauge, "Whether the database told of the queue just now.");
        text.single(up, u8::from(found.is_some()));
        if let Some((backlog, depths)) = found {
            write_backlog(&backlog, text);
            write_depths(&depths, text);
        }
    }
}

fn write_backlog(backlog: &[Backlog], text: &mut Text) {
    const AGE: &str = "marquee_queue_age_seconds";
    text.family(AGE, Kind::Gauge, "For how long the job that is next has been due.");
    for Backlog { queue, age, .. } in backlog {
        text.sample(AGE, &[("queue", queue.word())], age.as_secs());
    }
    const DEAD: &str = "marquee_queue_dead_jobs";
    text.family(DEAD, Kind::Gauge, "Jobs that failed for good.");
    for Backlog { queue, parked, .. } in backlog {
        text.sample(DEAD, &[("queue", queue.word())], parked);
    }
}

fn write_depths(depths: &[Depth], text: &mut Text) {
    const NAME: &str = "marquee_queue_jobs";
    text.family(NAME, Kind::Gauge, "Jobs that are due, that wait for their time, and that somebody is at.");
    for queue in Queue::ALL {
        let count = |is_meant: fn(&Depth) -> bool| -> i64 {
            depths.iter().filter(|depth| depth.queue == *queue && is_meant(depth)).map(|depth| depth.count).sum()
        };
        let states = [
            ("due", count(|depth| depth.state == JobState::Ready && depth.is_due)),
            ("later", count(|depth| depth.state == JobState::Ready && !depth.is_due)),
            ("leased", count(|depth| depth.state == JobState::Leased)),
        ];
        for (state, count) in states {
            text.sample(NAME, &[("queue", queue.word()), ("state", state)], count);
        }
    }
}

fn write_shop(text: &mut Text) {
    text.single(("marquee_orders_placed_total", Kind::Counter, "Orders."), checkout::PLACED.read());
    const REFUSED: &str = "marquee_stock_refusals_total";
    text.family(REFUSED, Kind::Counter, "What was refused because there is too little of it, by step.");
    for (step, counter) in [("cart", &cart::REFUSED), ("checkout", &checkout::REFUSED)] {
        text.sample(REFUSED, &[("step", step)], counter.read());
    }
    const LOGINS: &str = "marquee_logins_refused_total";
    text.family(LOGINS, Kind::Counter, "Tries at the doors that let nobody in.");
    for (door, kind) in [("customer", sessions::Kind::Client), ("staff", sessions::Kind::Staff)] {
        for (reason, refused) in [("wrong", Refused::Wrong), ("too many", Refused::TooMany)] {
            text.sample(LOGINS, &[("door", door), ("reason", reason)], tries::refusals(kind, refused).read());
        }
    }
}
