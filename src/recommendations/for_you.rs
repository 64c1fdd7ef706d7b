//! What is recommended to one customer, kept for an hour.
//!
//! Each node keeps the lists that it has made until an order of the customer's is announced. Without word of changes one
//! is made anew each time.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{
    Why,
    queries::{Asked, for_client},
};
use crate::{
    accounts::Customer,
    catalog::queries::{FilmRow, films},
    orders::client_tag,
    platform::{changes::Changes, db::Conn, memo::Memo},
};

/// So many films are recommended.
pub const MOST_FOR_YOU: usize = 12;
/// So many lists are kept at most, of less than a kilobyte each.
const MOST_KEPT: u64 = 10_000;

/// A film that is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    pub film: u64,
    /// The film that it goes with, and what the customer has to do with that; none of a bestseller.
    pub because: Option<(Why, u64)>,
}

/// A film that is recommended, and why.
#[derive(Clone, Debug)]
pub struct Recommended {
    pub film: FilmRow,
    pub because: Option<(Why, FilmRow)>,
}

/// Where lists are kept: by customer, and whether only what is alike is wanted.
pub struct ForYou(Memo<(u64, bool), Arc<[Pick]>>);

impl ForYou {
    pub fn new(changes: Arc<Changes>) -> Self {
        Self(Memo::new(changes, MOST_KEPT, |_| 1))
    }

    /// What is recommended to a customer, the best first. `bestsellers` stand in where nothing is known of them.
    /// Two statements, or one when the list is kept.
    pub async fn of(
        &self,
        conn: &mut Conn,
        customer: &Customer,
        bestsellers: &[u64],
        now: OffsetDateTime,
    ) -> sqlx::Result<Vec<Recommended>> {
        let picks = match self.0.get(&key_of(customer), || client_tag(customer.id)) {
            Some(picks) => picks,
            None => self.make(conn, customer, bestsellers, now).await?,
        };
        let sources = picks.iter().filter_map(|pick| Some(pick.because?.1));
        let mut ids: Vec<u64> = picks.iter().map(|pick| pick.film).chain(sources).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = films(conn, &ids).await?;
        Ok(picks.iter().filter_map(|pick| recommended(pick, &rows, now)).collect())
    }

    async fn make(
        &self,
        conn: &mut Conn,
        customer: &Customer,
        bestsellers: &[u64],
        now: OffsetDateTime,
    ) -> sqlx::Result<Arc<[Pick]>> {
        let as_of = self.0.as_of();
        let Customer { id: client_id, content_only, .. } = *customer;
        let asked = Asked { client_id, content_only, bestsellers, most: MOST_FOR_YOU, now };
        let mut picks = for_client(conn, &asked).await?;
        if picks.iter().any(|pick| pick.because.is_some()) {
            picks.retain(|pick| pick.because.is_some());
        }
        let picks: Arc<[Pick]> = picks.into();
        if !picks.is_empty() {
            self.0.keep(key_of(customer), Arc::clone(&picks), as_of);
        }
        Ok(picks)
    }
}

const fn key_of(customer: &Customer) -> (u64, bool) {
    (customer.id, customer.content_only)
}

/// The pick with its films, while the shop shows it.
fn recommended(pick: &Pick, rows: &[FilmRow], now: OffsetDateTime) -> Option<Recommended> {
    let find = |id: u64| rows.iter().find(|row| row.id == id).cloned();
    let film = find(pick.film).filter(|film| film.is_visible(now))?;
    let because = pick.because.and_then(|(why, source)| Some((why, find(source)?)));
    Some(Recommended { film, because })
}
