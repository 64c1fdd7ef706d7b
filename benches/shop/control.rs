//! The control server: what the same bytes cost without a shop around them, a page's main query without a page, and a
//! page's rendering without a query.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context as _;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    routing::get,
};
use marquee::{catalog::queries, platform::db::Database};
use tokio::net::TcpListener;

use crate::{
    http::Visitor,
    process::{self, Process},
    render,
};

/// The shop's own default, so that both have as many connections.
const POOL: u32 = 10;

#[derive(clap::Args)]
pub struct Options {
    #[arg(long)]
    port: u16,
    #[arg(long)]
    database_url: String,
    /// Addresses of the films of each page of a list, a page a line
    #[arg(long)]
    pages: PathBuf,
    /// Files that are answered under their names
    bodies: Vec<PathBuf>,
}

/// The main query of a list's pages.
struct MainQuery {
    db: Database,
    pages: Vec<Vec<u64>>,
    at: AtomicUsize,
}

pub async fn serve(options: Options) -> anyhow::Result<()> {
    let mut router = Router::new();
    for path in &options.bodies {
        let name = path.file_name().context("a body without a name")?.to_string_lossy().into_owned();
        let body = Bytes::from(std::fs::read(path)?);
        let answer = move || async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], body) };
        router = router.route(&format!("/{name}"), get(answer));
    }
    let query = MainQuery::prepare(&options).await?;
    let rendered = render::list(&options.database_url).await?;
    let router = router
        .merge(Router::new().route("/main-query", get(main_query)).with_state(Arc::new(query)))
        .merge(Router::new().route("/rendered", get(render::show)).with_state(Arc::new(rendered)));
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
    Ok(axum::serve(listener, router).await?)
}

impl MainQuery {
    async fn prepare(options: &Options) -> anyhow::Result<Self> {
        let db = Database::connect_lazy(&options.database_url, POOL)?;
        let mut conn = db.conn().await?;
        let mut pages = Vec::new();
        for line in std::fs::read_to_string(&options.pages)?.lines() {
            let mut ids = Vec::new();
            for slug in line.split(' ') {
                ids.push(queries::film_at(&mut conn, slug).await?.context("a film is gone")?.id);
            }
            pages.push(ids);
        }
        drop(conn);
        anyhow::ensure!(!pages.is_empty(), "there are no pages");
        Ok(Self { db, pages, at: AtomicUsize::new(0) })
    }
}

async fn main_query(State(query): State<Arc<MainQuery>>) -> Result<String, StatusCode> {
    let at = query.at.fetch_add(1, Ordering::Relaxed) % query.pages.len();
    let films = async { queries::films(&mut query.db.conn().await?, &query.pages[at]).await };
    let films: Result<_, sqlx::Error> = films.await;
    films.map(|films| films.len().to_string()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

/// The control server as a process of its own.
#[derive(Debug)]
pub struct Control {
    process: Process,
    pub port: u16,
}

impl Control {
    pub async fn open(database_url: &str, pages: &Path, bodies: &[PathBuf]) -> anyhow::Result<Self> {
        let port = process::free_port()?;
        let mut command = std::process::Command::new(std::env::current_exe()?);
        command.args(["control", "--port", &port.to_string(), "--database-url", database_url, "--pages"]);
        let mut control = Self { process: Process::start(command.arg(pages).args(bodies))?, port };
        control.until_ready().await?;
        Ok(control)
    }

    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    async fn until_ready(&mut self) -> anyhow::Result<()> {
        while Visitor::arrive(self.port).await.is_err() {
            anyhow::ensure!(!self.process.has_ended(), "the control server ended");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        Ok(())
    }
}
