//! `marquee serve`: migrates, then answers requests until told to stop; what is under way then is finished first.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::Args as ClapArgs;
use sd_notify::NotifyState;
use tokio::{net::TcpListener, sync::watch};

use super::{migrate, proof, stop_signal};
use crate::{
    app::App,
    catalog::{index::Follower, schedule},
    demo::people,
    exporter::{self, Exporter},
    maintenance::{mode, nodes},
    platform::{
        changes,
        config::{Config, Environment},
        http::{Socket, threads},
        migrations::{self, data},
        queue::Queue,
        slow,
        tallies::Tally,
    },
    router, worker,
};

/// How long requests under way may take after the signal to stop.
const DRAIN_LIMIT: Duration = Duration::from_secs(25);
/// What a thread needs so that orders under way, of which four run at once in a process, leave one to those who browse.
const LEAST_CONNECTIONS: u32 = 5;

#[derive(ClapArgs)]
pub(super) struct Args {
    /// Share the port with a process of the shop that this one relieves: connections come when it is ready
    #[arg(long)]
    share_port: bool,
    /// File that gets the process's number when connections come
    #[arg(long, value_name = "FILE")]
    pid_file: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let address = SocketAddr::new(config.bind, config.port);
    let cannot_listen = |error| anyhow::anyhow!("cannot listen on {address}: {error}");
    let socket = Socket::find(address, args.share_port).await.map_err(cannot_listen)?;
    migrations::run(config.database_url.expose()).await?;
    let app = App::connect(config).await?;
    if app.config().environment == Environment::Production && people::are_here(&app.db).await? {
        anyhow::bail!("this shop has people whose passwords everybody knows: take them away before it opens");
    }

    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping: finishing requests under way");
        stop.send_replace(true);
    });
    start_companions(&app, &stopped);
    if socket.is_passed_on() {
        proof::give(&app).await?;
    }
    let threads = threads_of(&app)?;
    let mut pools: Vec<_> = threads.iter().map(|thread| ("pages", thread.db.clone())).collect();
    let working = match worker_beside(&app)? {
        Some(worker) => {
            pools.push(("jobs", worker.db.clone()));
            tokio::spawn(work(worker, stopped.clone()))
        }
        None => tokio::spawn(async {}),
    };
    let exporter = Exporter::new(app.clone(), pools);
    tokio::spawn(exporter::listen(app.config().metrics_bind, exporter, stopped.clone()));
    let counting = tokio::spawn(tally_of(&app).run(stopped.clone()));
    let keeping = tokio::spawn(slow::keep(app.db.clone(), stopped.clone()));
    let linger = socket.linger();
    let listener = socket.open().map_err(cannot_listen)?;
    tell_ready(args.pid_file.as_deref())?;
    tracing::info!("serving on {}", app.config().base_url);
    serve_until(listener, threads, stopped, linger).await?;
    working.await?;
    counting.await?;
    keeping.await?;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// What runs beside the answering for as long as the process does.
fn start_companions(app: &App, stopped: &watch::Receiver<bool>) {
    tokio::spawn(data::run_beside(app.db.clone(), migrate::DATA, stopped.clone()));
    tokio::spawn(schedule::run(app.db.clone(), stopped.clone()));
    tokio::spawn(changes::hurry(Arc::clone(app.db.changes()), Arc::clone(&app.redis), stopped.clone()));
    tokio::spawn(mode::follow(app.db.clone(), Arc::clone(&app.maintenance), stopped.clone()));
    tokio::spawn(Arc::clone(&app.carts).listen(stopped.clone()));
    tokio::spawn(Follower::new(app.db.clone(), Arc::clone(&app.index)).run(stopped.clone()));
    tokio::spawn(nodes::report(Arc::clone(&app.redis), Arc::clone(&app.pages), stopped.clone()));
    tokio::spawn(warm_when_ready(app.clone()));
}

/// Says to whoever started this process that it takes visitors now.
fn tell_ready(pid_file: Option<&Path>) -> anyhow::Result<()> {
    if let Some(file) = pid_file {
        std::fs::write(file, format!("{}\n", std::process::id()))?;
    }
    sd_notify::notify(&[NotifyState::Ready])?;
    Ok(())
}

/// The day's numbers, as far as this process adds to them.
fn tally_of(app: &App) -> Tally {
    Tally {
        db: app.db.clone(),
        failures: Arc::clone(&app.failures),
        pages: Arc::clone(&app.pages),
        zone: app.settings.zone,
        added: app.pages.counters(),
    }
}

/// One process is a whole shop, unless others do the work.
fn worker_beside(app: &App) -> anyhow::Result<Option<App>> {
    if !app.config().works_too {
        return Ok(None);
    }
    let db = app.db.beside(app.config().database_url.expose(), worker::connections())?;
    Ok(Some(App { db, ..app.clone() }))
}

/// Reading the catalogue takes all that the machine has, and jobs can wait for longer than visitors.
async fn work(app: App, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = until(|| app.index.is_ready()) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
    worker::run(app.clone(), Queue::ALL, stopped).await;
    app.db.close().await;
}

/// A start of the shop is no reason for the first visitors to wait.
async fn warm_when_ready(app: App) {
    if !app.config().warms_pages {
        return;
    }
    until(|| app.pages.is_open()).await;
    match worker::warm(&app, |_, _| {}).await {
        Ok(count) => tracing::info!("{count} pages are warm"),
        Err(error) => tracing::warn!("pages could not be warmed: {error:#}"),
    }
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The shop for each thread that answers: all is shared but connections to the database.
fn threads_of(app: &App) -> anyhow::Result<Vec<App>> {
    let Config { threads, database_pool, database_url, .. } = app.config();
    let connections = database_pool.div_ceil(*threads).max(LEAST_CONNECTIONS);
    (0..*threads).map(|_| Ok(App { db: app.db.beside(database_url.expose(), connections)?, ..app.clone() })).collect()
}

async fn serve_until(
    listener: TcpListener,
    threads: Vec<App>,
    mut stopped: watch::Receiver<bool>,
    linger: Duration,
) -> anyhow::Result<()> {
    let services = threads.iter().cloned().map(router::service).collect();
    let answering = threads::serve(listener, services, stopped.clone(), linger);
    let deadline = async move {
        stopped.wait_for(|stop| *stop).await.ok();
        tokio::time::sleep(DRAIN_LIMIT).await;
    };
    tokio::select! {
        result = answering => result?,
        () = deadline => {
            tracing::warn!("requests still under way after {} s were given up", DRAIN_LIMIT.as_secs());
        }
    }
    for app in threads {
        app.db.close().await;
    }
    Ok(())
}
