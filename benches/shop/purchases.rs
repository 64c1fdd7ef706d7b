//! Whole purchases by guests, from a film's page to the page of the order.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use serde::Serialize;

use crate::{
    addresses::film_slugs,
    http::{Answer, Visitor},
    process::Cpu,
    report::Report,
    rounds::progress,
    session::Session,
    statistics::{Figure, percentile, real},
    targets,
};

const SHOPPERS: usize = 4;
/// Films of a page of the list, the most that the shop shows.
const PAGE_SIZE: usize = 48;
/// More than four shoppers can buy in the time.
const FILMS_A_SECOND: u32 = 1_000;
/// What people can have sent to them.
const GOODS: &str = "/films?in_stock=1&format=blu_ray&sort=title&page_size=48";
const DETAILS: [(&str, &str); 11] = [
    ("email", "reader@example.com"),
    ("phone", "+998901234567"),
    ("name", "Malika"),
    ("surname", "Yusupova"),
    ("delivery_type", "standard"),
    ("country", "UZ"),
    ("city", "Toshkent"),
    ("line1", "Amir Temur 1"),
    ("postcode", "100000"),
    ("payment_type", "cash"),
    ("terms", "on"),
];

/// What one purchase costs.
#[derive(Debug, Serialize)]
pub struct OrderCost {
    pub purchases: usize,
    pub failures: usize,
    pub requests: u32,
    pub statements: u32,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub cpu: Cpu,
}

/// A purchase that succeeded.
#[derive(Clone, Copy, Debug, Default)]
struct Purchase {
    requests: u32,
    statements: u32,
    seconds: f64,
}

pub async fn measure(session: &Session, report: &mut Report) -> anyhow::Result<()> {
    progress(&format!("purchases by {SHOPPERS} shoppers"));
    let port = session.shop.port;
    let seconds = session.plan.shopping_seconds;
    let goods = Mutex::new(goods(port, usize::try_from(seconds * FILMS_A_SECOND)?, session.films).await?);
    buy(port, &goods).await.context("the first purchase")?;
    let watched = session.watch(vec![session.shop.pid()]);
    let (before, start) = (watched.cpu()?, Instant::now());
    let (done, failures) = shop(port, &goods, Duration::from_secs(seconds.into())).await;
    let elapsed = start.elapsed().as_secs_f64();
    anyhow::ensure!(!done.is_empty(), "nobody could buy anything: {failures:?}");
    let count = real(done.len() as u64);
    let cpu = watched.cpu_of_each(before, count)?;
    let mut times: Vec<f64> = done.iter().map(|purchase| purchase.seconds * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let measured = match failures.first() {
        Some(first) => Err(format!("{} of {} purchases failed: {first}", failures.len(), done.len() + failures.len())),
        None => Ok(Figure::one(count / elapsed)),
    };
    report.judge(&targets::PURCHASES, measured);
    report.order = Some(OrderCost {
        purchases: done.len(),
        failures: failures.len(),
        requests: done[0].requests,
        statements: done[0].statements,
        p50_ms: percentile(&times, 50).unwrap_or_default(),
        p95_ms: percentile(&times, 95).unwrap_or_default(),
        cpu,
    });
    Ok(())
}

/// So many films that are in stock, or all of them; each is bought once, so that none sells out.
async fn goods(port: u16, count: usize, films: u64) -> anyhow::Result<VecDeque<String>> {
    let mut visitor = Visitor::arrive(port).await?;
    let mut goods = VecDeque::new();
    let pages = count.min(usize::try_from(films)?).div_ceil(PAGE_SIZE);
    for page in 1..=pages {
        let path = if page == 1 { GOODS.to_owned() } else { format!("{GOODS}&page={page}") };
        let answer = visitor.get(&path).await?;
        if answer.status != 200 {
            break;
        }
        goods.extend(film_slugs(&answer.text()));
    }
    Ok(goods)
}

/// Shoppers buy until the time is over, and tell what failed.
async fn shop(port: u16, goods: &Mutex<VecDeque<String>>, time: Duration) -> (Vec<Purchase>, Vec<String>) {
    let until = Instant::now() + time;
    let shopper = || async {
        let mut outcomes = Vec::new();
        while Instant::now() < until && !goods.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            outcomes.push(buy(port, goods).await);
        }
        outcomes
    };
    let outcomes = futures_util::future::join_all((0..SHOPPERS).map(|_| shopper())).await;
    let (mut done, mut failures) = (Vec::new(), Vec::new());
    for outcome in outcomes.into_iter().flatten() {
        match outcome {
            Ok(purchase) => done.push(purchase),
            Err(error) => failures.push(format!("{error:#}")),
        }
    }
    (done, failures)
}

/// One guest, new to the shop: the film, into the cart, the cart, the form, the order, its page.
async fn buy(port: u16, goods: &Mutex<VecDeque<String>>) -> anyhow::Result<Purchase> {
    let slug = goods.lock().unwrap_or_else(PoisonError::into_inner).pop_front().context("all films are sold")?;
    let start = Instant::now();
    let mut guest = Guest { visitor: Visitor::arrive(port).await?, purchase: Purchase::default() };
    let film = guest.get(&format!("/films/{slug}")).await?;
    let sku = film.field("sku").with_context(|| format!("{slug} cannot be bought"))?;
    guest.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await?;
    guest.get("/cart").await?;
    let form = guest.get("/checkout").await?;
    let mut fields = DETAILS.to_vec();
    let hidden = ["placement_key", "total_minor", "started"].map(|name| (name, form.field(name).unwrap_or_default()));
    fields.extend(hidden.iter().map(|(name, value)| (*name, value.as_str())));
    let placed = guest.post("/checkout", &fields).await?;
    let order = placed.header("location").context("no order")?.to_owned();
    anyhow::ensure!(order.starts_with("/orders/"), "the order led to {order}");
    guest.get(&order).await?;
    Ok(Purchase { seconds: start.elapsed().as_secs_f64(), ..guest.purchase })
}

/// A visitor whose requests are counted.
struct Guest {
    visitor: Visitor,
    purchase: Purchase,
}

impl Guest {
    async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let answer = self.visitor.get(path).await?;
        self.count(path, answer, 200)
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let answer = self.visitor.post(path, fields).await?;
        self.count(path, answer, 303)
    }

    fn count(&mut self, path: &str, answer: Answer, expected: u16) -> anyhow::Result<Answer> {
        anyhow::ensure!(answer.status == expected, "{path} answered {}", answer.status);
        self.purchase.requests += 1;
        self.purchase.statements += answer.timing().statements;
        Ok(answer)
    }
}
