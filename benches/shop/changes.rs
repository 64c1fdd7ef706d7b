//! How long a price change takes until every node shows it, from the end of the command that committed it.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use marquee::{
    catalog::queries::{self, CardEdition, FilmRow},
    platform::db::Database,
};

use crate::{
    http::Visitor,
    process::Process,
    report::Report,
    rounds::progress,
    session::{FULL, Session},
    statistics::{Figure, percentile},
    targets,
};

/// A node that shows the old price for longer will do so for ever.
const TIME_LIMIT: Duration = Duration::from_secs(10);

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress(&format!("{} price changes, until two nodes show them", session.plan.changes));
    let other = session.program.open_beside(&session.shop, &session.database_url, FULL).await?;
    let (film, edition) = a_film(session).await?;
    let path = format!("/films/{}", film.slug);
    let mut delays = Vec::new();
    for change in 0..session.plan.changes {
        // No film costs that much, so that the number cannot be another one on the page.
        let price = format!("7{:02}.{:02}", change / 100, change % 100);
        import(session, &film, &edition, &price)?;
        let committed = Instant::now();
        for port in [session.shop.port, other.port] {
            let mut visitor = Visitor::arrive(port).await?.known_as(session.shop.port);
            until_shown(&mut visitor, &path, &price, committed).await?;
        }
        delays.push(committed.elapsed().as_secs_f64() * 1e3);
    }
    delays.sort_by(f64::total_cmp);
    let figure = percentile(&delays, 99).zip(Figure::of(delays)).map(|(p99, figure)| Figure { median: p99, ..figure });
    report.judge(&targets::CHANGE_SEEN, figure.ok_or_else(|| "nothing was changed".to_owned()));
    Ok(())
}

/// A film that can be bought, and the edition that its page shows.
async fn a_film(session: &Session) -> anyhow::Result<(FilmRow, CardEdition)> {
    let db = Database::connect_lazy(&session.database_url, 1)?;
    let mut conn = db.conn().await?;
    for slug in session.addresses.listed.iter().flatten() {
        let Some(film) = queries::film_at(&mut conn, slug).await? else { continue };
        if let Some(edition) = film.editions.iter().copied().find(|edition| edition.can_be_bought) {
            return Ok((film, edition));
        }
    }
    anyhow::bail!("no film can be bought")
}

/// Changes the price as a shop's own people do, by a file.
fn import(session: &Session, film: &FilmRow, edition: &CardEdition, price: &str) -> anyhow::Result<()> {
    let file = session.folder.join("price.csv");
    let title = film.title_en.as_deref().context("the film has no title")?.replace('"', "\"\"");
    let format = edition.format.word();
    fs::write(&file, format!("slug,title,year,{format}_price\n{},\"{title}\",{},{price}\n", film.slug, film.year))?;
    let mut command = session.program.command(&session.database_url);
    let (_, is_well) = tokio::task::block_in_place(|| Process::start(command.arg("import").arg(&file))?.output())?;
    anyhow::ensure!(is_well, "the price was not imported");
    Ok(())
}

async fn until_shown(visitor: &mut Visitor, path: &str, price: &str, since: Instant) -> anyhow::Result<()> {
    while !visitor.get(path).await?.text().contains(price) {
        anyhow::ensure!(since.elapsed() < TIME_LIMIT, "{path} never shows {price}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}
