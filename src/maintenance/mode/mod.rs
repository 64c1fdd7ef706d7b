//! Maintenance mode: shoppers find the shop closed while its people work on it, and look at all of it meanwhile.
//!
//! The row [`settings::MAINTENANCE`] is the truth, so that it outlives every process; it is announced as kept pages are,
//! and each process that serves takes it in within a second. The worker goes on: orders that were placed before are still
//! paid, sent and written about, and what the clock asks for is due all the same. Only
//! pages are not warmed, since none is made for anybody. Whoever wants the database for himself stops the worker too.

mod actions;

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::sync::watch;

pub use actions::{ModeError, close, open};

use crate::{
    platform::db::{Conn, Database},
    settings,
};

/// Between two looks at what was announced.
const LOOK: Duration = Duration::from_millis(200);
/// When somebody should try again of whom nobody knows when the shop opens.
const UNKNOWN: Duration = Duration::from_mins(5);
/// Whoever is late opens any moment.
const SOONEST: Duration = Duration::from_mins(1);
/// Characters of what shoppers are told.
pub const MOST_MESSAGE: u16 = 300;

/// Why and for how long the shop is closed. It stays closed until somebody opens it, whatever time was named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// When it is to open again, as far as anybody knows.
    #[serde(with = "time::serde::rfc3339::option")]
    pub until: Option<OffsetDateTime>,
    /// What shoppers are told besides; empty for nothing.
    pub message: String,
    /// Who closed it, as the audit log names them.
    pub by: String,
}

impl Closure {
    /// After so many seconds a shopper may try again.
    pub fn retry_after(&self, now: OffsetDateTime) -> u64 {
        let left = self.until.map_or(UNKNOWN, |until| (until - now).try_into().unwrap_or_default());
        left.max(SOONEST).as_secs()
    }
}

/// Whether the shop is closed, as this process knows it. Asking costs one atomic load.
#[derive(Debug, Default)]
pub struct Mode {
    is_on: AtomicBool,
    closure: RwLock<Option<Arc<Closure>>>,
}

impl Mode {
    pub fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Acquire)
    }

    /// Why the shop is closed, if it is.
    pub fn closure(&self) -> Option<Arc<Closure>> {
        self.closure.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes in what the database says.
    pub async fn look(&self, db: &Database) -> sqlx::Result<()> {
        let closure = read(&mut db.conn().await?).await?;
        let is_on = closure.is_some();
        *self.closure.write().unwrap_or_else(PoisonError::into_inner) = closure.map(Arc::new);
        self.is_on.store(is_on, Ordering::Release);
        Ok(())
    }
}

/// Why the shop is closed, if it is.
pub async fn read(conn: &mut Conn) -> sqlx::Result<Option<Closure>> {
    settings::stored(conn, settings::MAINTENANCE).await
}

/// Keeps the mode true until told to stop. While nothing can be vouched for, it looks at the row itself each time; without
/// the database, the mode stays as it was.
pub async fn follow(db: Database, mode: Arc<Mode>, mut stopped: watch::Receiver<bool>) {
    let mut known = None;
    loop {
        let changes = db.changes();
        if !known.is_some_and(|known| changes.is_current([settings::MAINTENANCE], known)) {
            let (as_of, was_on) = (changes.as_of(), mode.is_on());
            if mode.look(&db).await.is_ok() {
                known = as_of;
            }
            if mode.is_on() != was_on {
                tracing::info!("the shop is {} to shoppers", if was_on { "open" } else { "closed" });
            }
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::*;

    #[test]
    fn shoppers_try_again_when_it_opens_and_not_all_the_time() {
        let now = datetime!(2026-11-26 03:00 UTC);
        let closure =
            |until| Closure { since: now, until, message: String::new(), by: "command".to_owned() }.retry_after(now);
        assert_eq!(closure(Some(now + Duration::minutes(40))), 2_400);
        assert_eq!(closure(Some(now - Duration::HOUR)), 60, "any moment now");
        assert_eq!(closure(None), 300);
    }
}
