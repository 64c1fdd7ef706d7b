//! What is recommended to one customer, kept for an hour.
//!
//! Each node keeps the lists that it has made; one is used only while the node knows that nothing was announced of the
//! customer since. Without word of changes it is made anew each time. Redis would save another node one statement, and cost
//! each page that shows a list a second wait for it.

use std::{sync::Arc, time::Duration};

use moka::sync::Cache;
use time::OffsetDateTime;

use super::{
    Why,
    queries::{Asked, for_client},
};
use crate::{
    accounts::Customer,
    catalog::queries::{FilmRow, films},
    platform::{changes::Changes, db::Conn},
};

/// So many films are recommended.
pub const MOST_FOR_YOU: usize = 12;
const KEPT_FOR: Duration = Duration::from_hours(1);
/// So many lists are kept at most, of less than a kilobyte each.
const MOST_KEPT: u64 = 10_000;

/// Announced when what is recommended to a customer is to be made anew: at a new order.
pub fn client_tag(client_id: u64) -> String {
    format!("client:{client_id}")
}

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

/// Where lists are kept.
pub struct ForYou {
    /// By customer, and whether only what is alike is wanted.
    kept: Cache<(u64, bool), Arc<KeptList>>,
    changes: Arc<Changes>,
}

/// A list as it was when the announcements up to `as_of` were known.
struct KeptList {
    picks: Vec<Pick>,
    as_of: u64,
}

impl ForYou {
    pub fn new(changes: Arc<Changes>) -> Self {
        Self { kept: Cache::builder().max_capacity(MOST_KEPT).time_to_live(KEPT_FOR).build(), changes }
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
        let picks = match self.kept(customer) {
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
    ) -> sqlx::Result<Vec<Pick>> {
        let as_of = self.changes.as_of();
        let Customer { id: client_id, content_only, .. } = *customer;
        let asked = Asked { client_id, content_only, bestsellers, most: MOST_FOR_YOU, now };
        let mut picks = for_client(conn, &asked).await?;
        if picks.iter().any(|pick| pick.because.is_some()) {
            picks.retain(|pick| pick.because.is_some());
        }
        if let Some(as_of) = as_of.filter(|_| !picks.is_empty()) {
            self.kept.insert(key_of(customer), Arc::new(KeptList { picks: picks.clone(), as_of }));
        }
        Ok(picks)
    }

    /// A kept list that can be believed.
    fn kept(&self, customer: &Customer) -> Option<Vec<Pick>> {
        if !self.changes.is_live() {
            return None;
        }
        let list = self.kept.get(&key_of(customer))?;
        self.changes.is_current([client_tag(customer.id).as_str()], list.as_of).then(|| list.picks.clone())
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
