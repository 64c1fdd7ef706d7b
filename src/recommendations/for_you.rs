//! What is recommended to one customer, kept for an hour.
//!
//! Redis keeps the list; it is used only while this node knows that nothing was announced of the customer since. Without
//! Redis, or without word of changes, it is made anew each time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    Why,
    queries::{Asked, for_client},
};
use crate::{
    accounts::Customer,
    catalog::queries::{FilmRow, films},
    platform::{changes::Changes, db::Conn, redis::Redis},
};

/// So many films are recommended.
pub const MOST_FOR_YOU: usize = 12;
/// In seconds.
const KEPT: u64 = 3_600;

/// Announced when what is recommended to a customer is to be made anew: at a new order.
pub fn client_tag(client_id: u64) -> String {
    format!("client:{client_id}")
}

/// A film that is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    redis: Arc<Redis>,
    changes: Arc<Changes>,
}

/// A list as it was when the announcements up to `as_of` were known.
#[derive(Serialize, Deserialize)]
struct KeptList {
    picks: Vec<Pick>,
    as_of: u64,
}

impl ForYou {
    pub fn new(redis: Arc<Redis>, changes: Arc<Changes>) -> Self {
        Self { redis, changes }
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
        let picks = match self.kept(customer).await {
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
            self.keep(customer, &KeptList { picks: picks.clone(), as_of }).await;
        }
        Ok(picks)
    }

    /// A kept list that can be believed.
    async fn kept(&self, customer: &Customer) -> Option<Vec<Pick>> {
        if !self.changes.is_live() {
            return None;
        }
        let known: Option<String> = self.redis.ask(redis::cmd("GET").arg(self.name(customer))).await?;
        let list: KeptList = serde_json::from_str(&known?).ok()?;
        self.changes.is_current([client_tag(customer.id).as_str()], list.as_of).then_some(list.picks)
    }

    async fn keep(&self, customer: &Customer, list: &KeptList) {
        let Ok(text) = serde_json::to_string(list) else { return };
        let mut set = redis::cmd("SET");
        set.arg(self.name(customer)).arg(text).arg("EX").arg(KEPT);
        self.redis.ask::<redis::Value>(&set).await;
    }

    fn name(&self, customer: &Customer) -> String {
        let kind = if customer.content_only { "content" } else { "all" };
        format!("{}:for-you:{}:{kind}", self.redis.prefix(), customer.id)
    }
}

/// The pick with its films, while the shop shows it.
fn recommended(pick: &Pick, rows: &[FilmRow], now: OffsetDateTime) -> Option<Recommended> {
    let find = |id: u64| rows.iter().find(|row| row.id == id).cloned();
    let film = find(pick.film).filter(|film| film.is_visible(now))?;
    let because = pick.because.and_then(|(why, source)| Some((why, find(source)?)));
    Some(Recommended { film, because })
}
