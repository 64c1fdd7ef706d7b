//! `marquee seed [--films N] [--orders M] [--seed S]` and `marquee seed --people`

use std::{process::ExitCode, time::Instant};

use clap::{ArgGroup, Args as ClapArgs};

use super::progress::Progress;
use crate::{
    catalog::{
        draft::FilmDraft,
        import::Row,
        loading::{self, CHUNK, Loader},
        sample::{self, invent},
    },
    demo::{
        history::{self, History},
        people::{self, SignIn},
    },
    platform::{clock, config::Config, db::Database, migrations},
    recommendations,
};

#[derive(ClapArgs)]
#[command(group = ArgGroup::new("invented").args(["films", "orders"]).multiple(true))]
pub(super) struct Args {
    /// Invent this many films instead of taking the sample catalogue; only into a shop without films
    #[arg(long, value_name = "N")]
    films: Option<u64>,
    /// Invent a past of this many orders, with customers and reviews; only into a shop without orders
    #[arg(long, value_name = "M")]
    orders: Option<u64>,
    /// Which set of invented films and orders
    #[arg(long, value_name = "S", default_value_t = 1, requires = "invented")]
    seed: u64,
    /// Let in a customer and two of the staff with known passwords, and tell how they sign in; never in production
    #[arg(long, conflicts_with = "invented")]
    people: bool,
}

pub(super) async fn run(args: &Args, config: &Config) -> anyhow::Result<ExitCode> {
    let url = config.database_url.expose();
    migrations::run(url).await?;
    let db = Database::connect_lazy(url, loading::CONNECTIONS.max(history::CONNECTIONS))?;
    if args.people {
        return welcome(&db, config).await;
    }
    if let Some(count) = args.films {
        if loading::has_films(&db).await? {
            println!("The shop has films already; invented ones go into an empty shop only.");
            return Ok(ExitCode::FAILURE);
        }
        load(db.clone(), count, invent::films(count, args.seed)).await?;
    }
    match args.orders {
        Some(orders) => trade(&db, args.seed, orders).await,
        None if args.films.is_some() => Ok(ExitCode::SUCCESS),
        None => sample(db).await,
    }
}

async fn welcome(db: &Database, config: &Config) -> anyhow::Result<ExitCode> {
    let Some(doors) = people::welcome(db, config).await? else {
        println!("Everybody knows their passwords: not in production.");
        return Ok(ExitCode::FAILURE);
    };
    for SignIn { role, email, password, path } in doors {
        println!("{role:<10} {email:<24} {password:<22} {}{path}", config.base_url);
    }
    Ok(ExitCode::SUCCESS)
}

/// Films that are there stay as they are, as staff may have edited them.
async fn sample(db: Database) -> anyhow::Result<ExitCode> {
    let missing = loading::missing(&db, sample::films(clock::now())?).await?;
    if missing.is_empty() {
        println!("The sample catalogue is there already.");
    } else {
        load(db.clone(), missing.len() as u64, missing.into_iter()).await?;
        recommendations::request(&db).await?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn trade(db: &Database, seed: u64, orders: u64) -> anyhow::Result<ExitCode> {
    let history = match History::prepare(db, (seed, orders), clock::now()).await? {
        Ok(history) => history,
        Err(refusal) => {
            println!("{refusal}");
            return Ok(ExitCode::FAILURE);
        }
    };
    tracing::info!("inventing a past of {orders} orders");
    let (start, mut progress) = (Instant::now(), Progress::new(orders, "orders"));
    history.write(|done| progress.at(done, done, start)).await?;
    progress.finish();
    let sales = history.sales().await?;
    let (invoicing, mut progress) = (Instant::now(), Progress::new(sales.len() as u64, "invoices"));
    history.invoice(&sales, |done| progress.at(done, done, invoicing)).await?;
    progress.finish();
    let (settling, mut progress) = (Instant::now(), Progress::new(history.films(), "films"));
    history.settle(|done| progress.at(done, done, settling)).await?;
    progress.finish();
    println!("{orders} orders added in {} s.", start.elapsed().as_secs());
    Ok(ExitCode::SUCCESS)
}

async fn load(db: Database, count: u64, mut films: impl Iterator<Item = FilmDraft>) -> anyhow::Result<()> {
    let (start, mut progress) = (Instant::now(), Progress::new(count, "films"));
    let mut loader = Loader::seed(db).await?;
    tracing::info!("stocking the shop with {count} films");
    loop {
        let rows: Vec<Row> = (1..).zip(films.by_ref().take(CHUNK)).map(|(line, film)| Row { line, film }).collect();
        if rows.is_empty() {
            break;
        }
        let refused = loader.take(rows).await?;
        anyhow::ensure!(refused.is_empty(), "a film was refused: {refused:?}");
        progress.at(loader.report().rows(), loader.report().rows(), start);
    }
    let report = loader.finish().await?;
    progress.finish();
    println!("{} films added.", report.added);
    Ok(())
}
