//! Price changes by a third process while visitors hammer two nodes: how soon they are seen, and whether anything older
//! is sent later than it may.

mod judge;
mod readers;
mod writer;

use std::time::Duration;

use self::{
    judge::Outcome,
    readers::{Readers, Seen},
    writer::Writer,
};
use crate::{
    http::Visitor,
    report::Report,
    rounds::progress,
    session::{FULL, PAGE, Session},
    statistics::{Figure, percentile, real},
    targets,
};

/// The readers go on for so long after the last change, so that what is too old then is seen.
const AFTERMATH: Duration = Duration::from_millis(1_500);
/// A page that does not show a price after this never will.
const TIME_LIMIT: Duration = Duration::from_secs(10);

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress(&format!("{} price changes under load, on two nodes", session.plan.changes));
    let other = session.program.open_beside(&session.shop, &session.database_url, FULL).await?;
    let ports = [session.shop.port, other.port];
    let writer = Writer::prepare(session, ports[0]).await?;
    let pages = [writer.film_page(), PAGE.to_owned()];
    let first = writer.change(0).await?;
    for port in ports {
        for page in &pages {
            until_shown(port, ports[0], page, writer::price_of(0)).await?;
        }
    }
    let readers = Readers::begin(ports, &pages);
    let history = tokio::task::block_in_place(|| writer.make_changes(first, session.plan.changes));
    tokio::time::sleep(AFTERMATH).await;
    let seen = readers.end().await;
    judge(report, &history?, &seen?)
}

fn judge(report: &mut Report, history: &writer::History, seen: &[Vec<Seen>]) -> anyhow::Result<()> {
    let Outcome { mut delays_ms, answers, hits, old } = judge::judge(&history.commits, seen)?;
    report.note(format!(
        "Price changes: {} committed by another process, {} of them announced to nobody, {} by imports that were killed \
         before they could; connections that listen were killed {} times. {answers} answers of two nodes meanwhile, \
         {:.1} % from the page cache.",
        history.commits.len(),
        history.silent,
        history.killed,
        history.cut,
        real(hits) * 100.0 / real(answers.max(1)),
    ));
    delays_ms.sort_by(f64::total_cmp);
    let p99 = percentile(&delays_ms, 99);
    let figure = p99.zip(Figure::of(delays_ms)).map(|(p99, figure)| Figure { median: p99, ..figure });
    report.judge(&targets::CHANGE_SEEN, figure.ok_or_else(|| "nothing was changed".to_owned()));
    report.judge(&targets::CHANGE_OLD, Ok(Figure::one(real(old))));
    Ok(())
}

async fn until_shown(port: u16, known_as: u16, page: &str, price: i64) -> anyhow::Result<()> {
    let mut visitor = Visitor::arrive(port).await?.known_as(known_as);
    let shown = async {
        while readers::oldest_price(&visitor.get(page).await?.text()) != Some(price) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(TIME_LIMIT, shown).await.map_err(|_| anyhow::anyhow!("{page} does not show {price}"))?
}
