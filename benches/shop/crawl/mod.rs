//! A crawler of parameters that never end, while people look at a few pages: theirs stay in the cache, and memory stays
//! where it was allowed to go.

mod robot;
mod stats;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use futures_util::future::try_join_all;

use self::{robot::Robot, stats::Stats};
use crate::{
    http::Visitor,
    report::Report,
    rounds::progress,
    session::{BROWSER, PAGE, Session},
    shop::{PageCache, Shop},
    statistics::{Figure, real},
    targets,
};

/// The name of the shop, whose pages in Redis are its own.
const NAME: &str = "crawl";
/// Connections of the crawler, and of people.
const ROBOTS: u64 = 32;
const PEOPLE: usize = 4;
/// A pause of somebody who looks at a page.
const LOOK: Duration = Duration::from_millis(10);
/// How often the hot pages are asked for before the crawl.
const WARMING: u32 = 5;

/// How people fared.
#[derive(Default)]
struct Looks {
    all: u64,
    hits: u64,
    /// The address of the last that was none.
    last_miss: String,
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress(&format!("a crawl of {} addresses", session.plan.crawled));
    let shop = session.program.open(&session.database_url, PageCache::Full, NAME).await?;
    let hot = hot_pages(session);
    let before = at_rest(session, &shop, &hot).await?;
    let is_over = Arc::new(AtomicBool::new(false));
    let people = (0..PEOPLE).map(|person| tokio::spawn(look(shop.port, hot.clone(), person, Arc::clone(&is_over))));
    let people: Vec<_> = people.collect();
    let crawled = crawl(session, shop.port).await;
    is_over.store(true, Ordering::Relaxed);
    let mut looks = Looks::default();
    for person in people {
        let own = person.await??;
        looks.all += own.all;
        looks.hits += own.hits;
        if !own.last_miss.is_empty() {
            looks.last_miss = own.last_miss;
        }
    }
    let (pages, others) = crawled?;
    let after = Stats::settled(session, NAME, &shop).await?;
    judge(report, &looks, &before, &after);
    report.note(format!(
        "Crawl: {} addresses, {pages} of them pages and {others} answered 404, while {} hot pages were looked at {} times. \
         The process then kept {} pages in {:.1} MiB; it grew from {:.1} MiB to {:.1} MiB. Redis kept {} pages in \
         {:.1} MiB, {} in {:.1} MiB before.",
        session.plan.crawled,
        hot.len(),
        looks.all,
        after.pages,
        after.bytes_mib,
        before.resident_mib,
        after.resident_mib,
        after.redis_pages,
        after.redis_mib,
        before.redis_pages,
        before.redis_mib,
    ));
    if !looks.last_miss.is_empty() {
        report.note(format!("A hot page that was not in the page cache: {}.", looks.last_miss));
    }
    Ok(())
}

fn judge(report: &mut Report, looks: &Looks, before: &Stats, after: &Stats) {
    let share = real(looks.hits) * 100.0 / real(looks.all.max(1));
    report.judge(&targets::CRAWL_HOT, Ok(Figure::one(share)));
    report.judge(&targets::CRAWL_PAGES, Ok(Figure::one(after.bytes_mib)));
    report.judge(&targets::CRAWL_GROWTH, Ok(Figure::one(after.resident_mib - before.resident_mib)));
    report.judge(&targets::CRAWL_REDIS, Ok(Figure::one((after.redis_mib - before.redis_mib).max(0.0))));
}

/// What many look at: some of it is in Redis too, lists with two facets are in the process only.
fn hot_pages(session: &Session) -> Vec<String> {
    let addresses = &session.addresses;
    let mut pages = vec!["/".to_owned(), PAGE.to_owned(), "/ru/films".to_owned(), "/pages/about".to_owned()];
    pages.extend(addresses.films.iter().take(8).cloned());
    pages.extend(addresses.lists.iter().skip(1).take(3).cloned());
    pages.extend(addresses.first_pages.iter().take(4).cloned());
    pages.extend(addresses.misspelt.first().cloned());
    pages
}

/// The shop with its hot pages kept, before anybody crawls.
async fn at_rest(session: &Session, shop: &Shop, hot: &[String]) -> anyhow::Result<Stats> {
    let mut visitor = Visitor::arrive(shop.port).await?;
    for _ in 0..WARMING {
        for page in hot {
            let answer = visitor.get_with(page, &[("Accept-Encoding", BROWSER)]).await?;
            anyhow::ensure!(answer.status == 200, "{page} answered {}", answer.status);
        }
    }
    Stats::settled(session, NAME, shop).await
}

/// Somebody who looks at the hot pages in turn.
async fn look(port: u16, hot: Vec<String>, person: usize, is_over: Arc<AtomicBool>) -> anyhow::Result<Looks> {
    let mut visitor = Visitor::arrive(port).await?;
    let mut looks = Looks::default();
    for page in hot.iter().cycle().skip(person * hot.len() / PEOPLE) {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let answer = visitor.get_with(page, &[("Accept-Encoding", BROWSER)]).await?;
        anyhow::ensure!(answer.status == 200, "{page} answered {}", answer.status);
        looks.all += 1;
        if answer.timing().cache == "hit" {
            looks.hits += 1;
        } else {
            looks.last_miss.clone_from(page);
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(looks)
}

/// Asks for all addresses, and tells how many were pages and how many were none.
async fn crawl(session: &Session, port: u16) -> anyhow::Result<(u64, u64)> {
    let left = AtomicU32::new(session.plan.crawled);
    let counts = try_join_all((0..ROBOTS).map(|number| crawl_alone(session, port, number, &left))).await?;
    Ok(counts.iter().fold((0, 0), |(pages, others), (more, none)| (pages + more, others + none)))
}

async fn crawl_alone(session: &Session, port: u16, number: u64, left: &AtomicU32) -> anyhow::Result<(u64, u64)> {
    let mut robot = Robot::new(number, session);
    let mut visitor = Visitor::arrive(port).await?;
    let (mut pages, mut others) = (0, 0);
    while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
        let address = robot.address();
        let answer = visitor.get_with(&address, &[("Accept-Encoding", "gzip")]).await;
        match answer.with_context(|| address.clone())?.status {
            200 => pages += 1,
            404 => others += 1,
            status => anyhow::bail!("{address} answered {status}"),
        }
    }
    Ok((pages, others))
}
