//! The start of the shop, and the memory that it takes.

use std::time::Duration;

use crate::{
    process::resident_mib, report::Report, rounds::progress, session::Session, shop::PageCache, statistics::Figure,
    targets,
};

/// What a start leaves behind has settled after this.
const REST: Duration = Duration::from_secs(1);

/// Figures of several starts.
#[derive(Debug, Default)]
struct Starts {
    first_page_ms: Vec<f64>,
    ready_s: Vec<f64>,
    memory: Vec<f64>,
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress(&format!("{} starts with films, and as many without", session.plan.starts));
    let full = starts(session, &session.database_url, &session.addresses.films[0]).await?;
    let empty = starts(session, &session.empty_database_url, "/pages/about").await?;
    let none = || "the shop was not started".to_owned();
    report.judge(&targets::COLD_START, Figure::of(full.first_page_ms).ok_or_else(none));
    report.judge(&targets::index_start(session.films), Figure::of(full.ready_s).ok_or_else(none));
    let at_rest = Figure::of(empty.memory);
    let index = Figure::of(full.memory).zip(at_rest).map(|(full, empty)| full.map(|mib| mib - empty.median));
    report.judge(&targets::index_memory(session.films), index.ok_or_else(none));
    report.judge(&targets::MEMORY_AT_REST, at_rest.ok_or_else(none));
    let under_load = report.memory_under_load.zip(index).map(|(loaded, index)| Figure::one(loaded - index.median));
    report.judge(&targets::MEMORY_UNDER_LOAD, under_load.ok_or_else(none));
    Ok(())
}

/// Starts a shop without a page cache again and again: until a page is there, until it is ready, at rest.
async fn starts(session: &Session, database_url: &str, first_page: &str) -> anyhow::Result<Starts> {
    let mut starts = Starts::default();
    for _ in 0..session.plan.starts {
        let mut shop = session.program.start(database_url, PageCache::Off, "starts")?;
        starts.first_page_ms.push(shop.until_answer(first_page).await?.as_secs_f64() * 1e3);
        starts.ready_s.push(shop.until_answer("/readyz").await?.as_secs_f64());
        tokio::time::sleep(REST).await;
        starts.memory.push(resident_mib(shop.pid())?);
    }
    Ok(starts)
}
