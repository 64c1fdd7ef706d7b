//! Makes the pages that most people open before anybody asks for them.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header::HOST},
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{
    app::App,
    catalog::{
        index::{Category, Follower, Shelf},
        queries,
    },
    platform::{
        config::Config,
        i18n::Lang,
        queue::{Job, Queue},
    },
    router,
};

/// Of all films, those that sell best.
const FILMS: usize = 200;
const OTHERS: [&str; 3] = ["/", "/films", "/pages/delivery"];
/// A page that takes longer is made by a busy database.
const BUSY: Duration = Duration::from_millis(400);
/// So many of them in a row are a sign to leave it alone.
const MOST_BUSY: u32 = 5;

/// Makes the pages that most people open, so that whoever comes in the morning need not wait.
#[derive(Debug, Serialize, Deserialize)]
pub struct WarmCache {}

impl Job for WarmCache {
    const KIND: &'static str = "warm_cache";
    const QUEUE: Queue = Queue::Maintenance;
    const ATTEMPTS: u32 = 3;
    const TIME_LIMIT: Duration = Duration::from_mins(15);

    fn dedup_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// A process that serves warms its own pages; one that only works keeps no catalogue of its own.
pub(super) async fn run(app: App) -> anyhow::Result<()> {
    let count = if app.index.is_ready() {
        warm(&app, |_, _| {}).await?
    } else {
        Box::pin(warm_apart(app.config().clone(), |_, _| {})).await?
    };
    tracing::info!("{count} pages are warm");
    Ok(())
}

/// Warms what all nodes find in Redis, from a process that does not follow the catalogue.
pub async fn warm_apart(config: Config, tell: impl FnMut(usize, usize)) -> anyhow::Result<usize> {
    let app = App::connect(config).await?;
    let mut follower = Follower::new(app.db.clone(), Arc::clone(&app.index));
    follower.catch_up().await?;
    // Pages are kept as long as somebody looks at what changes meanwhile.
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(follower.run(stopped));
    let count = warm(&app, tell).await;
    stop.send_replace(true);
    following.await?;
    app.db.close().await;
    count
}

/// Opens the pages one after the other, resting after each for as long as it took; gives up while the database is busy,
/// and makes none while the shop is closed. Tells how many of how many are done after each, and in the end how many there
/// are.
pub async fn warm(app: &App, mut tell: impl FnMut(usize, usize)) -> anyhow::Result<usize> {
    if app.maintenance.is_on() {
        return Ok(0);
    }
    let front = router::service(app.clone());
    let addresses = addresses(app).await?;
    let host = HeaderValue::from_str(app.config().host())?;
    let mut busy = 0;
    for (done, address) in addresses.iter().enumerate() {
        let mut request = Request::builder().uri(address).body(Body::empty())?;
        request.headers_mut().insert(HOST, host.clone());
        let start = Instant::now();
        front.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let took = start.elapsed();
        tell(done + 1, addresses.len());
        busy = if took > BUSY { busy + 1 } else { 0 };
        if busy >= MOST_BUSY {
            tracing::warn!("warming was given up: the database is busy");
            return Ok(done);
        }
        tokio::time::sleep(took).await;
    }
    Ok(addresses.len())
}

async fn addresses(app: &App) -> anyhow::Result<BTreeSet<String>> {
    let mut paths: Vec<String> = OTHERS.map(str::to_owned).to_vec();
    let mut open: Vec<Category> = app.index.top_categories().into_iter().map(|(category, _)| category).collect();
    while let Some(category) = open.pop() {
        let below = app.index.category(&category.slug).map(|shelved| shelved.below).unwrap_or_default();
        open.extend(below.into_iter().map(|(category, _)| category));
        paths.push(format!("/categories/{}", category.slug));
    }
    let films = app.index.shelf(Shelf::Bestsellers, FILMS);
    let films = queries::films(&mut app.db.conn().await?, &films).await?;
    paths.extend(films.iter().map(|film| format!("/films/{}", film.slug)));
    Ok(Lang::ALL
        .into_iter()
        .flat_map(|lang| paths.iter().map(move |path| format!("{}{path}", lang.prefix())))
        .collect())
}
