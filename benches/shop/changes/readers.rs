//! Visitors who ask for the same pages of two nodes again and again, and note which price they were shown.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use anyhow::Context as _;
use tokio::task::JoinHandle;

use super::writer::PRICES;
use crate::{encodings::decoded, http::Visitor};

/// What visitors of a page on a node take; each is sent other bytes.
const ENCODINGS: [&str; 4] = ["br", "zstd", "gzip", "identity"];

/// An answer by what it showed.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Before the request was sent.
    pub began: Instant,
    pub received: Instant,
    /// The lowest price of the film anywhere on the page: changes only raise it.
    pub price: i64,
    pub is_hit: bool,
}

/// Everybody who reads now, by page and node.
pub struct Readers {
    places: Vec<Vec<JoinHandle<anyhow::Result<Vec<Seen>>>>>,
    is_over: Arc<AtomicBool>,
}

impl Readers {
    pub fn begin(ports: [u16; 2], pages: &[String]) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let places = ports.iter().flat_map(|port| pages.iter().map(move |page| (*port, page)));
        let places = places.map(|(port, page)| {
            let read = |encoding| tokio::spawn(read((port, ports[0]), page.clone(), encoding, Arc::clone(&is_over)));
            ENCODINGS.into_iter().map(read).collect()
        });
        Self { places: places.collect(), is_over }
    }

    /// What was seen of each page on each node, in the order of its arrival.
    pub async fn end(self) -> anyhow::Result<Vec<Vec<Seen>>> {
        self.is_over.store(true, Ordering::Relaxed);
        let mut places = Vec::new();
        for readers in self.places {
            let mut seen = Vec::new();
            for reader in readers {
                seen.extend(reader.await??);
            }
            places.push(seen);
        }
        Ok(places)
    }
}

async fn read(
    (port, known_as): (u16, u16),
    page: String,
    encoding: &str,
    is_over: Arc<AtomicBool>,
) -> anyhow::Result<Vec<Seen>> {
    let mut visitor = Visitor::arrive(port).await?.known_as(known_as);
    let mut seen = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let answer = visitor.get_with(&page, &[("Accept-Encoding", encoding)]).await?;
        let received = Instant::now();
        anyhow::ensure!(answer.status == 200, "{page} answered {}", answer.status);
        let price = oldest_price(&decoded(&answer)?).with_context(|| format!("{page} shows no price of the film"))?;
        seen.push(Seen { began, received, price, is_hit: answer.timing().cache == "hit" });
    }
    Ok(seen)
}

/// The lowest of the prices on a page that only the changed film can have, in minor units.
pub fn oldest_price(page: &str) -> Option<i64> {
    let numbers = page.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    let prices = numbers.filter_map(|number| {
        let (whole, cents) = number.split_once('.').filter(|(whole, cents)| whole.len() == 3 && cents.len() == 2)?;
        Some(whole.parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()?)
    });
    prices.filter(|price| PRICES.contains(price)).min()
}
