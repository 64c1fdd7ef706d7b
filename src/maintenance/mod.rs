//! Looking after the database and what is kept of pages: statistics, space, and rows whose time is over.
//!
//! [`RETENTION`] is the one table of what is not kept for ever. Orders, payments, ledgers and audit have no row in it, so
//! nothing here can delete them. It also says what people are told of how long things of theirs are kept.

mod actions;
mod jobs;
pub mod mode;
pub mod nodes;
mod queries;

use std::time::Duration;

pub use actions::{Place, clean_up, clear_pages, optimize};
pub use jobs::{CleanUp, OptimizeDb};

use crate::{
    accounts, alerts, cart,
    platform::{sessions, slow},
    word_enum,
};

const DAY: Duration = Duration::from_hours(24);

/// For so long the file with somebody's data waits for its owner.
pub const DATA_EXPORT_LIFE: time::Duration = time::Duration::hours(24);

/// Rows that go when their time is over.
#[derive(Clone, Copy, Debug)]
pub struct Expiring {
    pub table: &'static str,
    /// The column from which they are kept for so long.
    pub since: &'static str,
    pub keep: Duration,
    /// Which rows may go at all.
    pub only: &'static str,
    /// For how long a row is there before that moment, at most.
    pub life: time::Duration,
    /// What of a person's it is, if it is anybody's.
    pub personal: Option<Personal>,
}

impl Expiring {
    /// For how long a row is there in all, from its last use on.
    pub fn longest(&self) -> time::Duration {
        self.life + self.keep
    }
}

/// What of a person's goes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    GuestCart,
    UnconfirmedAlert,
    WaitingAlert,
    ToldAlert,
    Session,
    Link,
    DataExport,
    Mail,
    FailedJob,
}

pub const RETENTION: [Expiring; 13] = [
    // The visitor's cookie ends at the same time. A client's cart stays.
    Expiring {
        table: "carts",
        since: "expires_at",
        keep: Duration::ZERO,
        only: "client_id IS NULL",
        life: cart::GUEST_LIFE,
        personal: Some(Personal::GuestCart),
    },
    // Nodes read them three times a second. The newest stays: its number is the clock of all nodes.
    Expiring {
        table: "cache_invalidations",
        since: "created_at",
        keep: DAY,
        only: "id < (SELECT newest FROM (SELECT MAX(id) AS newest FROM cache_invalidations) AS last)",
        life: time::Duration::ZERO,
        personal: None,
    },
    Expiring {
        table: "stock_alerts",
        since: "requested_at",
        keep: alerts::KEPT_UNCONFIRMED,
        only: "confirmed_at IS NULL",
        life: time::Duration::ZERO,
        personal: Some(Personal::UnconfirmedAlert),
    },
    Expiring {
        table: "stock_alerts",
        since: "requested_at",
        keep: alerts::KEPT_WAITING,
        only: "confirmed_at IS NOT NULL AND notified_at IS NULL",
        life: time::Duration::ZERO,
        personal: Some(Personal::WaitingAlert),
    },
    Expiring {
        table: "stock_alerts",
        since: "notified_at",
        keep: alerts::KEPT_AFTER_MAIL,
        only: "notified_at IS NOT NULL",
        life: time::Duration::ZERO,
        personal: Some(Personal::ToldAlert),
    },
    Expiring {
        table: "sessions",
        since: "expires_at",
        keep: Duration::ZERO,
        only: "TRUE",
        life: sessions::Kind::Client.sliding(),
        personal: Some(Personal::Session),
    },
    // A link that is opened too late says so, and not that it never was.
    Expiring {
        table: "tokens",
        since: "expires_at",
        keep: DAY,
        only: "TRUE",
        life: accounts::CONFIRM.life,
        personal: Some(Personal::Link),
    },
    Expiring {
        table: "data_exports",
        since: "expires_at",
        keep: Duration::ZERO,
        only: "TRUE",
        life: DATA_EXPORT_LIFE,
        personal: Some(Personal::DataExport),
    },
    // What was written about an order stays with the order. Nothing is sent twice that long after.
    Expiring {
        table: "messages",
        since: "created_at",
        keep: DAY.saturating_mul(90),
        only: "order_id IS NULL AND status IN ('sent', 'parked')",
        life: time::Duration::ZERO,
        personal: Some(Personal::Mail),
    },
    // People have so long to look at what failed and have it tried again.
    Expiring {
        table: "jobs",
        since: "run_at",
        keep: DAY.saturating_mul(30),
        only: "state = 'parked' AND queue IN ('default', 'notifications', 'maintenance', 'recommendations')",
        life: time::Duration::ZERO,
        personal: Some(Personal::FailedJob),
    },
    Expiring {
        table: "slow_statements",
        since: "last_seen",
        keep: slow::KEPT,
        only: "TRUE",
        life: time::Duration::ZERO,
        personal: None,
    },
    // A year and a day are enough to compare with the year before.
    Expiring {
        table: "tallies",
        since: "day",
        keep: DAY.saturating_mul(400),
        only: "TRUE",
        life: time::Duration::ZERO,
        personal: None,
    },
    Expiring {
        table: "doctor_runs",
        since: "started_at",
        keep: DAY.saturating_mul(90),
        only: "TRUE",
        life: time::Duration::ZERO,
        personal: None,
    },
];

word_enum! {
    /// What [`optimize`] can do, in the order in which it does it.
    pub Step {
        /// Renew the statistics by which the server plans, and the sizes by which tables are rebuilt.
        Analyze = "analyze",
        /// Rebuild the tables that are more than a fifth empty.
        Rebuild = "rebuild",
        /// Forget the pages of releases and configurations that no longer run.
        DropOldPages = "drop old pages",
        /// Forget all pages of this shop, and nothing else in Redis.
        ClearCache = "clear cache",
        /// Delete what is no longer kept.
        CleanUp = "clean up",
    }
}

/// How far a step has come.
#[derive(Clone, Debug)]
pub enum News {
    /// So many of so many: tables or rows.
    At(Step, u64, u64),
    /// What it came to, and what it took.
    Done(Step, String, Duration),
}
