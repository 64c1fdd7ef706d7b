//! What the shop is to reach, and whether it did.

use serde::Serialize;

use crate::statistics::Figure;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Times,
    Milliseconds,
    Seconds,
    Mebibytes,
    PerSecond,
    Statements,
    Percent,
    Count,
}

impl Unit {
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Times => format!("{value:.2}x"),
            Self::Milliseconds if value < 10.0 => format!("{value:.2} ms"),
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Seconds => format!("{value:.2} s"),
            Self::Mebibytes => format!("{value:.1} MiB"),
            Self::PerSecond => format!("{value:.0} /s"),
            Self::Percent => format!("{value:.1} %"),
            Self::Statements | Self::Count => format!("{value:.0}"),
        }
    }
}

/// A figure that the shop is to reach, and one beyond which there is little left to win.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub name: &'static str,
    pub unit: Unit,
    pub limit: f64,
    pub near: f64,
    /// Whether more is better.
    pub is_floor: bool,
    /// The size of the catalogue that it is meant for; 0 for any.
    pub films: u64,
}

const fn at_most(name: &'static str, unit: Unit, limit: f64, near: f64) -> Target {
    Target { name, unit, limit, near, is_floor: false, films: 0 }
}

const fn at_least(name: &'static str, unit: Unit, limit: f64, near: f64) -> Target {
    Target { name, unit, limit, near, is_floor: true, films: 0 }
}

const fn of_size(films: u64, target: Target) -> Target {
    Target { films, ..target }
}

const LARGE: u64 = 100_000;
const HUGE: u64 = 1_000_000;

use Unit::{Count, Mebibytes, Milliseconds, PerSecond, Percent, Seconds, Statements, Times};

pub const CACHED_CPU: Target = at_most("cached page, stranger: CPU vs bare axum, equal bytes", Times, 1.4, 1.2);
pub const CACHED_RATE: Target = at_least("cached page, stranger: RPS vs bare axum", Times, 0.7, 0.85);
pub const CACHED_NGINX: Target = at_least("cached page: RPS vs nginx's page cache of it", Times, 0.8, 1.0);
pub const FILLED_CPU: Target = at_most("cached page with a cart: CPU vs bare axum", Times, 2.2, 1.8);
pub const FILLED_RATE: Target = at_least("cached page with a cart: RPS vs bare axum", Times, 0.55, 0.75);
pub const SIGNED_IN_CPU: Target = at_most("cached page of a signed-in customer: CPU vs bare axum", Times, 2.3, 1.8);
pub const SIGNED_IN_RATE: Target = at_least("cached page of a signed-in customer: RPS vs bare axum", Times, 0.55, 0.75);
pub const REDIS_CPU: Target = at_most("page from Redis, not in the process: CPU vs bare axum", Times, 2.4, 2.0);
pub const REDIS_RATE: Target = at_least("page from Redis: RPS vs bare axum", Times, 0.55, 0.7);
pub const LIST_CPU: Target = at_most("uncached list: server CPU vs its main query alone", Times, 2.6, 2.3);
pub const LIST_DB: Target = at_most("uncached list: database CPU vs its main query alone", Times, 2.3, 2.1);
pub const LIST_RATE: Target = at_least("uncached list: RPS vs its main query alone", Times, 0.6, 0.7);
pub const ENCODED_CPU: Target = at_most("uncached list in zstd: server CPU vs identity", Times, 1.45, 1.35);
pub const ENCODED_RATE: Target = at_least("uncached list in zstd: RPS vs identity", Times, 0.8, 0.9);
pub const RENDER_CPU: Target = at_most("list rendered, no query: CPU vs bare axum, equal bytes", Times, 4.0, 3.2);
pub const RENDER_RATE: Target = at_least("list rendered, no query: RPS vs bare axum", Times, 0.35, 0.45);
pub const CACHED_UNCACHED: Target = at_least("cached list : uncached list, RPS", Times, 15.0, 20.0);
pub const CACHED_TAIL: Target = at_most("cached page at half its full rate: p99 : p50", Times, 6.0, 3.0);
pub const UNCACHED_TAIL: Target = at_most("uncached list at half its full rate: p99 : p50", Times, 4.0, 3.0);
pub const GROWTH: Target =
    of_size(LARGE, at_most("growth of the list's database CPU from 10,000 films", Times, 1.3, 1.0));
pub const FILM: Target = of_size(HUGE, at_most("film page uncached: p95", Milliseconds, 10.0, 4.0));
pub const SEARCH: Target = of_size(HUGE, at_most("search with a typo uncached: p95", Milliseconds, 20.0, 10.0));
pub const SUGGEST: Target = of_size(HUGE, at_most("suggestions uncached: p95", Milliseconds, 10.0, 4.0));
pub const PURCHASES: Target = at_least("guest purchases by 4 shoppers, all succeed", PerSecond, 150.0, 400.0);
pub const MEMORY_AT_REST: Target = at_most("memory at rest, without page cache and index", Mebibytes, 40.0, 25.0);
pub const MEMORY_UNDER_LOAD: Target = at_most("memory under load, without page cache and index", Mebibytes, 80.0, 40.0);
pub const COLD_START: Target = at_most("start to first uncached page, warm database", Milliseconds, 250.0, 80.0);
pub const QUEUE: Target = at_least("jobs: rate vs one INSERT and one DELETE transaction each", Times, 0.4, 0.6);
pub const CHANGE_SEEN: Target = at_most("price change seen by every node: p99", Milliseconds, 1000.0, 50.0);
pub const CHANGE_OLD: Target = at_most("answers that are older than a second after a change", Count, 0.0, 0.0);
pub const CRAWL_HOT: Target = at_least("hot pages during a crawl: from the page cache", Percent, 99.0, 100.0);
/// What the page cache may take: the default of `MARQUEE_CACHE_L1_MB`.
pub const CRAWL_PAGES: Target = at_most("pages in the process after a crawl", Mebibytes, 64.0, 64.0);
/// The page cache's budget, and what lies between the targets of memory at rest and under load.
pub const CRAWL_GROWTH: Target = at_most("growth of the process by a crawl", Mebibytes, 104.0, 79.0);
/// Some hundred of the addresses are those of lists that everybody links to, which belong there.
pub const CRAWL_REDIS: Target = at_most("pages that a crawl leaves in Redis", Mebibytes, 24.0, 16.0);
pub const FOREIGN: Target = at_most("answers with a foreign part, or wrongly shared", Count, 0.0, 0.0);
pub const FIRST_CARTS: Target = at_most("first visits that could not fill a cart", Count, 0.0, 0.0);
pub const LIST_STATEMENTS: Target = at_most("statements of an uncached list", Statements, 3.0, 2.0);
pub const FILM_STATEMENTS: Target = at_most("statements of an uncached film page", Statements, 4.0, 4.0);
pub const CART_STATEMENTS: Target = at_most("statements of the cart page", Statements, 3.0, 3.0);
pub const CACHED_STATEMENTS: Target = at_most("statements of a cached page", Statements, 0.0, 0.0);

/// The slowest of first, middle and last page.
pub const fn facets(films: u64) -> Target {
    const NAME: &str = "uncached list, two facets and a sort, slowest page: p95";
    if films < HUGE {
        return of_size(LARGE, at_most(NAME, Milliseconds, 15.0, 6.0));
    }
    of_size(HUGE, at_most(NAME, Milliseconds, 25.0, 12.0))
}

pub const fn index_memory(films: u64) -> Target {
    const NAME: &str = "catalogue index: memory";
    if films < HUGE {
        return of_size(LARGE, at_most(NAME, Mebibytes, 40.0, 25.0));
    }
    of_size(HUGE, at_most(NAME, Mebibytes, 300.0, 230.0))
}

pub const fn index_start(films: u64) -> Target {
    const NAME: &str = "catalogue index: start to ready";
    if films < HUGE {
        return of_size(LARGE, at_most(NAME, Seconds, 3.0, 1.0));
    }
    of_size(HUGE, at_most(NAME, Seconds, 15.0, 8.0))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    #[serde(rename = "pass")]
    Pass,
    #[serde(rename = "miss")]
    Miss,
    #[serde(rename = "not measured")]
    NotMeasured,
}

impl Verdict {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Miss => "miss",
            Self::NotMeasured => "not measured",
        }
    }
}

/// A target and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub name: &'static str,
    pub unit: Unit,
    pub target: f64,
    pub near_limit: f64,
    pub is_floor: bool,
    pub measured: Option<Figure>,
    pub verdict: Verdict,
    /// Why it was not measured; empty otherwise.
    pub why: String,
}

impl Target {
    /// A miss with fewer films than it is meant for is one; keeping within the target with fewer proves nothing.
    pub fn judge(&self, measured: Result<Figure, String>, films: u64) -> Row {
        let (verdict, why) = match &measured {
            Err(why) => (Verdict::NotMeasured, why.clone()),
            Ok(figure) if !self.is_kept_by(figure.median) => (Verdict::Miss, String::new()),
            Ok(_) if films < self.films => (Verdict::NotMeasured, format!("it is meant for {} films", self.films)),
            Ok(_) => (Verdict::Pass, String::new()),
        };
        Row {
            name: self.name,
            unit: self.unit,
            target: self.limit,
            near_limit: self.near,
            is_floor: self.is_floor,
            measured: measured.ok(),
            verdict,
            why,
        }
    }

    fn is_kept_by(&self, value: f64) -> bool {
        if self.is_floor { value >= self.limit } else { value <= self.limit }
    }
}
