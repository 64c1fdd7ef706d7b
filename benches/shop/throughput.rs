//! Cached and uncached pages against their controls, the time by request of each process, and latencies.

use crate::{
    load::{self, Load, Sample},
    process::resident_mib,
    report::Report,
    rounds::{Case, Rounds, progress},
    session::{BROWSER, PAGE, Session},
    statistics::Figure,
    targets,
};

/// Visitors at once where latency is what matters: the cores have something to do, and nobody queues for long.
const FEW: u32 = 4;
/// Visitors who read between requests.
const READERS: u32 = 64;

const SERVER: fn(&Sample) -> f64 = |sample| sample.cpu.server;
const MARIADB: fn(&Sample) -> f64 = |sample| sample.cpu.mariadb;
const RATE: fn(&Sample) -> f64 = |sample| sample.per_second;
const P95: fn(&Sample) -> f64 = |sample| sample.p95_ms;

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress("cached and uncached pages against their controls");
    let rounds = run_pairs(session).await?;
    judge_cached(&rounds, report);
    judge_uncached(&rounds, report);
    measure_tails(session, &rounds, report)?;
    measure_latencies(session, report)?;
    report.memory_under_load = Some(resident_mib(session.uncached.pid())?);
    report.memory_with_pages = Some(resident_mib(session.shop.pid())?);
    Ok(())
}

async fn run_pairs(session: &Session) -> anyhow::Result<Rounds> {
    let mut cases = uncached_cases(session);
    let mut not_cached = Vec::new();
    for (page, of_page) in cached_cases(session) {
        match session.not_cached(page.port, page.cookie).await? {
            Some(why) => not_cached.extend(of_page.into_iter().map(|case| (case.name, why.clone()))),
            None => cases.extend(of_page),
        }
    }
    let mut rounds = Rounds::run(&session.folder, &cases, session.plan)?;
    // What was cached before the load and is not after it was not always cached under it.
    for (page, of_page) in cached_cases(session) {
        let why = session.not_cached(page.port, page.cookie).await?;
        not_cached.extend(why.iter().flat_map(|why| of_page.iter().map(|case| (case.name, why.clone()))));
    }
    for (case, why) in not_cached {
        rounds.leave_out(case, why);
    }
    if session.small.is_none() {
        rounds.leave_out("list, 10,000 films", "there is no smaller catalogue to compare with");
    }
    if session.nginx.is_none() {
        rounds.leave_out("nginx", "nginx is not installed");
    }
    Ok(rounds)
}

/// A page as somebody gets it from a server.
struct CachedPage<'a> {
    port: u16,
    cookie: Option<&'a str>,
}

/// The cases of each cached page, its control first.
fn cached_cases(session: &Session) -> [(CachedPage<'_>, Vec<Case>); 4] {
    let bare = |name, body: &str| control_case(session, name, &format!("/{body}"));
    let page = |port: u16| Load::crowd(port, vec![PAGE.to_owned()]).with("Accept-Encoding", BROWSER);
    let case = |name, load, server| Case { name, load, watched: session.watch(server) };
    let (port, pid) = (session.shop.port, session.shop.pid());
    let mut of_strangers = vec![bare("bare, cached page", "cached"), case("cached", page(port), vec![pid])];
    of_strangers.extend(session.nginx.iter().map(|nginx| case("nginx", page(nginx.port), nginx.workers())));
    let with_cart = page(port).with("Cookie", &session.cart);
    let of_visitors = vec![bare("bare, page with a cart", "filled"), case("cached, with a cart", with_cart, vec![pid])];
    let signed_in = page(port).with("Cookie", &session.signed_in);
    let of_customers =
        vec![bare("bare, page of a customer", "signed-in"), case("cached, signed in", signed_in, vec![pid])];
    let (redis_port, redis_pid) = (session.redis_shop.port, session.redis_shop.pid());
    let of_redis =
        vec![bare("bare, page from Redis", "from-redis"), case("from Redis", page(redis_port), vec![redis_pid])];
    [
        (CachedPage { port, cookie: None }, of_strangers),
        (CachedPage { port, cookie: Some(&session.cart) }, of_visitors),
        (CachedPage { port, cookie: Some(&session.signed_in) }, of_customers),
        (CachedPage { port: redis_port, cookie: None }, of_redis),
    ]
}

fn uncached_cases(session: &Session) -> Vec<Case> {
    let lists = || Load::crowd(session.uncached.port, session.addresses.lists.clone());
    let case = |name, load, server| Case { name, load, watched: session.watch(vec![server]) };
    let mut cases = vec![
        control_case(session, "main query", "/main-query"),
        case("list", lists(), session.uncached.pid()),
        case("list in zstd", lists().with("Accept-Encoding", "zstd"), session.uncached.pid()),
        control_case(session, "bare, list", "/identity"),
        control_case(session, "list rendered", "/rendered"),
    ];
    if let Some(small) = &session.small {
        let load = Load::crowd(small.shop.port, small.lists.clone());
        cases.push(case("list, 10,000 films", load, small.shop.pid()));
    }
    cases
}

fn control_case(session: &Session, name: &'static str, path: &str) -> Case {
    let load = Load::crowd(session.control.port, vec![path.to_owned()]);
    Case { name, load, watched: session.watch(vec![session.control.pid()]) }
}

fn judge_cached(rounds: &Rounds, report: &mut Report) {
    let names = [
        "bare, cached page",
        "cached",
        "nginx",
        "bare, page with a cart",
        "cached, with a cart",
        "bare, page of a customer",
        "cached, signed in",
        "bare, page from Redis",
        "from Redis",
    ];
    report.add_cases(names.iter().filter_map(|name| rounds.summary(name)));
    report.judge(&targets::CACHED_CPU, rounds.ratio("cached", "bare, cached page", SERVER));
    report.judge(&targets::CACHED_RATE, rounds.ratio("cached", "bare, cached page", RATE));
    report.judge(&targets::CACHED_NGINX, rounds.ratio("cached", "nginx", RATE));
    report.judge(&targets::FILLED_CPU, rounds.ratio("cached, with a cart", "bare, page with a cart", SERVER));
    report.judge(&targets::FILLED_RATE, rounds.ratio("cached, with a cart", "bare, page with a cart", RATE));
    report.judge(&targets::SIGNED_IN_CPU, rounds.ratio("cached, signed in", "bare, page of a customer", SERVER));
    report.judge(&targets::SIGNED_IN_RATE, rounds.ratio("cached, signed in", "bare, page of a customer", RATE));
    // A hit may come from the process itself; one from Redis costs Redis something.
    let asks_redis = rounds
        .figure("from Redis", |sample| sample.cpu.redis)
        .and_then(|redis| if redis.median > 0.1 { Ok(()) } else { Err("Redis was not asked".to_owned()) });
    let of_redis = |of| asks_redis.clone().and_then(|()| rounds.ratio("from Redis", "bare, page from Redis", of));
    report.judge(&targets::REDIS_CPU, of_redis(SERVER));
    report.judge(&targets::REDIS_RATE, of_redis(RATE));
    report.judge(&targets::CACHED_UNCACHED, rounds.ratio("cached", "list", RATE));
}

fn judge_uncached(rounds: &Rounds, report: &mut Report) {
    let names = ["main query", "list", "list in zstd", "bare, list", "list rendered", "list, 10,000 films"];
    report.add_cases(names.iter().filter_map(|name| rounds.summary(name)));
    report.judge(&targets::LIST_CPU, rounds.ratio("list", "main query", SERVER));
    report.judge(&targets::LIST_DB, rounds.ratio("list", "main query", MARIADB));
    report.judge(&targets::LIST_RATE, rounds.ratio("list", "main query", RATE));
    report.judge(&targets::ENCODED_CPU, rounds.ratio("list in zstd", "list", SERVER));
    report.judge(&targets::ENCODED_RATE, rounds.ratio("list in zstd", "list", RATE));
    report.judge(&targets::RENDER_CPU, rounds.ratio("list rendered", "bare, list", SERVER));
    report.judge(&targets::RENDER_RATE, rounds.ratio("list rendered", "bare, list", RATE));
    report.judge(&targets::GROWTH, rounds.ratio("list", "list, 10,000 films", MARIADB));
}

/// How much longer than usual the slowest wait, when the shop has as much to do again as it does.
fn measure_tails(session: &Session, rounds: &Rounds, report: &mut Report) -> anyhow::Result<()> {
    progress("latency at half the full rate");
    let page = Load::crowd(session.shop.port, vec![PAGE.to_owned()]).with("Accept-Encoding", BROWSER);
    let list = Load::crowd(session.uncached.port, session.addresses.lists.clone());
    for (target, case, load, pid) in [
        (&targets::CACHED_TAIL, "cached", page, session.shop.pid()),
        (&targets::UNCACHED_TAIL, "list", list, session.uncached.pid()),
    ] {
        let tail = match rounds.figure(case, RATE) {
            Ok(full) => Ok(tail(session, load, pid, full.median / 2.0)?),
            Err(why) => Err(why),
        };
        report.judge(target, tail);
    }
    Ok(())
}

/// p99 by p50 of readers whose pauses add up to this rate.
fn tail(session: &Session, load: Load, pid: u32, rate: f64) -> anyhow::Result<Figure> {
    let think_ms = Some(f64::from(READERS) * 1000.0 / rate);
    let load = Load { think_ms, ..load.by(READERS) };
    let mut ratios = Vec::new();
    for _ in 0..session.plan.rounds {
        let sample = load::run(&session.folder, &load, &session.watch(vec![pid]), session.plan.seconds)?;
        ratios.push(sample.p99_ms / sample.p50_ms);
    }
    Figure::of(ratios).ok_or_else(|| anyhow::anyhow!("no rounds"))
}

fn measure_latencies(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress("latency of uncached pages");
    let few = |name, paths: &[String]| {
        let load = Load::crowd(session.uncached.port, paths.to_vec()).by(FEW);
        Case { name, load, watched: session.watch(vec![session.uncached.pid()]) }
    };
    let addresses = &session.addresses;
    let cases = [
        few("two facets, first page", &addresses.first_pages),
        few("two facets, middle page", &addresses.middle_pages),
        few("two facets, last page", &addresses.last_pages),
        few("film page", &addresses.films),
        few("search with a typo", &addresses.misspelt),
        few("suggestions", &addresses.suggestions),
    ];
    let rounds = Rounds::run(&session.folder, &cases, session.plan)?;
    report.add_cases(cases.iter().filter_map(|case| rounds.summary(case.name)));
    let facets = cases[..3].iter().filter_map(|case| rounds.figure(case.name, P95).ok());
    let slowest = facets.max_by(|one, other| one.median.total_cmp(&other.median));
    report.judge(&targets::facets(session.films), slowest.ok_or_else(|| "it was not run".to_owned()));
    report.judge(&targets::FILM, rounds.figure("film page", P95));
    report.judge(&targets::SEARCH, rounds.figure("search with a typo", P95));
    report.judge(&targets::SUGGEST, rounds.figure("suggestions", P95));
    Ok(())
}
