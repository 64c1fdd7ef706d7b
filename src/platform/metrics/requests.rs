//! What was answered, by route.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
    time::Duration,
};

use axum::http::{Method, StatusCode};
use thread_local::ThreadLocal;

use super::{ANSWER_TIMES, Counter, Histogram, Kind, STATEMENTS, Spread, Text, seconds};

/// What the page cache had to do with an answer.
pub const CACHE_RESULTS: [&str; 4] = ["hit", "stale", "miss", "off"];
/// What answers that no route has given go by.
const NO_ROUTE: &str = "none";
const METHODS: [&str; 4] = ["GET", "HEAD", "POST", "other"];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The answers of this process.
pub static REQUESTS: Requests = Requests::new();

/// An answer.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// As the URL map has it; whatever it has not counts as none.
    pub route: &'a str,
    pub method: &'a Method,
    pub status: StatusCode,
    /// One of [`CACHE_RESULTS`] by its place.
    pub cache: usize,
    pub statements: u32,
    pub time: Duration,
}

/// Answers by route, counted for each thread in memory of its own.
pub struct Requests {
    routes: OnceLock<Routes>,
    tables: ThreadLocal<Table>,
}

/// The routes there are, which are few and do not change.
struct Routes {
    names: Vec<&'static str>,
    /// Of them, so many from the first on are pages that are kept.
    kept: usize,
    places: HashMap<&'static str, usize>,
}

/// A row a route, made when the thread first answers by it.
type Table = Box<[OnceLock<Box<Row>>]>;

struct Row {
    times: [[Histogram; CLASSES.len()]; METHODS.len()],
    statements: Histogram,
    cache: [Counter; CACHE_RESULTS.len()],
}

impl Row {
    fn new() -> Box<Self> {
        let times = || std::array::from_fn(|_| Histogram::new(&ANSWER_TIMES));
        Box::new(Self {
            times: std::array::from_fn(|_| times()),
            statements: Histogram::new(&STATEMENTS),
            cache: std::array::from_fn(|_| Counter::new()),
        })
    }
}

impl Requests {
    const fn new() -> Self {
        Self { routes: OnceLock::new(), tables: ThreadLocal::new() }
    }

    /// Names the routes: those of pages that are kept, and all others. Whatever is said later is not heard.
    pub fn know(&self, kept: impl Iterator<Item = &'static str>, others: impl Iterator<Item = &'static str>) {
        self.routes.get_or_init(|| {
            let mut names: Vec<_> = kept.collect();
            let kept = names.len();
            names.extend(others.chain([NO_ROUTE]));
            let places = names.iter().enumerate().rev().map(|(place, name)| (*name, place)).collect();
            Routes { names, kept, places }
        });
    }

    pub fn record(&self, answered: Answered<'_>) {
        let Some(routes) = self.routes.get() else { return };
        let table = self.tables.get_or(|| routes.names.iter().map(|_| OnceLock::new()).collect());
        let place = routes.places.get(answered.route).copied().unwrap_or(routes.names.len() - 1);
        let row = table[place].get_or_init(Row::new);
        let micros = u64::try_from(answered.time.as_micros()).unwrap_or(u64::MAX);
        row.times[method(answered.method)][class(answered.status)].record(micros);
        row.statements.record(answered.statements.into());
        row.cache[answered.cache].one();
    }

    /// Writes down what all threads have counted.
    pub fn write(&self, text: &mut Text) {
        let Some(routes) = self.routes.get() else { return };
        self.write_times(routes, text);
        self.write_statements(routes, text);
        self.write_cache(routes, text);
    }

    fn write_times(&self, routes: &Routes, text: &mut Text) {
        const NAME: &str = "marquee_http_request_duration_seconds";
        text.family(NAME, Kind::Histogram, "Time to an answer, by route, method and class of status.");
        for (place, route) in routes.names.iter().enumerate() {
            let mut spreads: BTreeMap<_, Spread> = BTreeMap::new();
            for row in self.rows(place) {
                for (method, by_class) in row.times.iter().enumerate() {
                    for (class, times) in by_class.iter().enumerate() {
                        join(&mut spreads, (method, class), times.read());
                    }
                }
            }
            for ((method, class), spread) in spreads.iter().filter(|(_, spread)| spread.count() > 0) {
                let labels = [("route", *route), ("method", METHODS[*method]), ("status", CLASSES[*class])];
                text.spread(NAME, &labels, spread, seconds);
            }
        }
    }

    fn write_statements(&self, routes: &Routes, text: &mut Text) {
        const NAME: &str = "marquee_http_request_statements";
        text.family(NAME, Kind::Histogram, "SQL statements of a request, by route.");
        for (place, route) in routes.names.iter().enumerate() {
            let mut spreads = BTreeMap::new();
            self.rows(place).for_each(|row| join(&mut spreads, (), row.statements.read()));
            if let Some(spread) = spreads.get(&()) {
                text.spread(NAME, &[("route", *route)], spread, |count| count.to_string());
            }
        }
    }

    fn write_cache(&self, routes: &Routes, text: &mut Text) {
        const NAME: &str = "marquee_page_cache_requests_total";
        text.family(NAME, Kind::Counter, "Requests for pages that are kept, by what became of them.");
        for (place, route) in routes.names.iter().enumerate().take(routes.kept) {
            for (at, result) in CACHE_RESULTS.iter().enumerate() {
                let count: u64 = self.rows(place).map(|row| row.cache[at].read()).sum();
                text.sample(NAME, &[("route", *route), ("result", *result)], count);
            }
        }
    }

    /// What each thread has of a route.
    fn rows(&self, place: usize) -> impl Iterator<Item = &Row> {
        self.tables.iter().filter_map(move |table| table[place].get().map(|row| &**row))
    }
}

fn join<K: Ord>(spreads: &mut BTreeMap<K, Spread>, key: K, more: Spread) {
    match spreads.get_mut(&key) {
        Some(spread) => spread.join(&more),
        None => drop(spreads.insert(key, more)),
    }
}

fn method(method: &Method) -> usize {
    match *method {
        Method::GET => 0,
        Method::HEAD => 1,
        Method::POST => 2,
        _ => 3,
    }
}

fn class(status: StatusCode) -> usize {
    usize::from(status.as_u16() / 100).clamp(1, CLASSES.len()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(route: &str) -> Answered<'_> {
        let time = Duration::from_micros(300);
        Answered { route, method: &Method::GET, status: StatusCode::OK, cache: 0, statements: 2, time }
    }

    #[test]
    fn threads_add_up_and_unknown_routes_are_one() {
        let requests = Requests::new();
        requests.record(answered("/films"));
        requests.know(["/films"].into_iter(), ["/films", "/cart"].into_iter());
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| (0..100).for_each(|_| requests.record(answered("/films"))));
            }
            scope.spawn(|| {
                requests.record(Answered { status: StatusCode::NOT_FOUND, ..answered("/made-up") });
                requests.record(Answered { method: &Method::PATCH, ..answered("/also-made-up") });
            });
        });
        let mut text = Text::default();
        requests.write(&mut text);
        let text = text.finish();
        for line in [
            "marquee_http_request_duration_seconds_count{route=\"/films\",method=\"GET\",status=\"2xx\"} 300\n",
            "marquee_http_request_duration_seconds_count{route=\"none\",method=\"GET\",status=\"4xx\"} 1\n",
            "marquee_http_request_duration_seconds_count{route=\"none\",method=\"other\",status=\"2xx\"} 1\n",
            "marquee_http_request_statements_sum{route=\"/films\"} 600\n",
            "marquee_page_cache_requests_total{route=\"/films\",result=\"hit\"} 300\n",
        ] {
            assert!(text.contains(line), "{line} is missing in:\n{text}");
        }
        assert!(!text.contains("made-up") && !text.contains("result=\"hit\"} 1\n"), "{text}");
    }
}
