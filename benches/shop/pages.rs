//! Page kinds one by one: bytes on the wire, statements, and the time that the shop itself takes for them.

use serde::Serialize;

use crate::{
    http::{Answer, Visitor},
    report::Report,
    rounds::progress,
    session::{PAGE, Session},
    statistics::{Figure, real},
    targets,
};

/// A kind of page, made anew for a single visitor.
#[derive(Clone, Debug, Serialize)]
pub struct PageFigures {
    pub page: &'static str,
    pub identity_bytes: usize,
    pub gzip_bytes: usize,
    pub brotli_bytes: usize,
    pub zstd_bytes: usize,
    pub statements: u32,
    /// Milliseconds in the shop besides its statements: choosing, rendering, headers.
    pub render_ms: f64,
    pub statements_ms: f64,
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress("page kinds one by one");
    let addresses = &session.addresses;
    let category = linked(session, "/categories/").await?;
    let person = linked(session, "/people/").await?;
    let kinds: [(&'static str, &str); 11] = [
        ("home", "/"),
        ("list", PAGE),
        ("list, two facets", &addresses.first_pages[0]),
        ("category", &category),
        ("person", &person),
        ("film", &addresses.films[0]),
        ("search with a typo", &addresses.misspelt[0]),
        ("suggestions", &addresses.suggestions[0]),
        ("about", "/pages/about"),
        ("cart", "/cart"),
        ("checkout", "/checkout"),
    ];
    for (page, path) in kinds {
        report.pages.push(figures(session, page, path).await?);
    }
    judge_statements(session, report);
    Ok(())
}

/// The first address of this kind that a film's page links to.
async fn linked(session: &Session, prefix: &str) -> anyhow::Result<String> {
    let mut visitor = Visitor::arrive(session.uncached.port).await?;
    for film in &session.addresses.films {
        let text = visitor.get(film).await?.text();
        let link =
            text.split_once(&format!("href=\"{prefix}")).and_then(|(_, rest)| rest.split(['"', '?', '#']).next());
        if let Some(slug) = link {
            return Ok(format!("{prefix}{slug}"));
        }
    }
    anyhow::bail!("no film links to {prefix}")
}

async fn figures(session: &Session, page: &'static str, path: &str) -> anyhow::Result<PageFigures> {
    let mut visitor = Visitor::arrive(session.uncached.port).await?;
    // The cart is needed by two pages; counting it would be a statement more on the others.
    let needs_cart = matches!(page, "cart" | "checkout");
    let cookie = if needs_cart { session.cart.as_str() } else { "theme=system" };
    let (mut render, mut statements) = (Vec::new(), Vec::new());
    let mut last = Answer::default();
    for _ in 0..session.plan.visits {
        last = visitor.get_with(path, &[("Cookie", cookie)]).await?;
        anyhow::ensure!(last.status == 200, "{path} answered {}", last.status);
        let timing = last.timing();
        render.push(timing.app_ms - timing.db_ms);
        statements.push(timing.db_ms);
    }
    let mut encoded = [0; 3];
    for (bytes, encoding) in encoded.iter_mut().zip(["gzip", "br", "zstd"]) {
        let answer = visitor.get_with(path, &[("Cookie", cookie), ("Accept-Encoding", encoding)]).await?;
        *bytes = answer.body.len();
    }
    let median = |values: Vec<f64>| Figure::of(values).map_or(0.0, |figure| figure.median);
    Ok(PageFigures {
        page,
        identity_bytes: last.body.len(),
        gzip_bytes: encoded[0],
        brotli_bytes: encoded[1],
        zstd_bytes: encoded[2],
        statements: last.timing().statements,
        render_ms: median(render),
        statements_ms: median(statements),
    })
}

fn judge_statements(session: &Session, report: &mut Report) {
    let count = |report: &Report, page: &str| {
        let figures = report.pages.iter().find(|figures| figures.page == page);
        figures
            .map(|figures| Figure::one(real(figures.statements.into())))
            .ok_or_else(|| "it was not asked for".to_owned())
    };
    for (target, page) in
        [(&targets::LIST_STATEMENTS, "list"), (&targets::FILM_STATEMENTS, "film"), (&targets::CART_STATEMENTS, "cart")]
    {
        let counted = count(report, page);
        report.judge(target, counted);
    }
    let cached = session.cached.timing();
    let counted = if cached.cache == "hit" {
        Ok(Figure::one(f64::from(cached.statements)))
    } else {
        Err(format!("the page cache says \"{}\"", cached.cache))
    };
    report.judge(&targets::CACHED_STATEMENTS, counted);
}
