//! A shop in a test: a database of its own, the real router, and visitors with cookies.

mod client;
mod database;
pub mod factory;
mod process;
mod proxy;
mod shopper;

use std::{collections::BTreeMap, sync::Arc};

pub use client::{Answer, Client};
pub use database::TestDatabase;
use marquee::{
    app::App,
    catalog::index::Follower,
    platform::{config::Config, db::Conn},
    router,
};
pub use process::Process;
pub use proxy::Proxy;
pub use shopper::{Shopper, good_form};

/// The shop under test.
pub struct TestApp {
    pub app: App,
    pub database: Arc<TestDatabase>,
}

impl TestApp {
    /// An empty shop.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// An empty shop with these settings of the environment.
    pub async fn with(vars: &[(&str, &str)]) -> Self {
        Self::on(Arc::new(TestDatabase::migrated().await), vars)
    }

    /// Another node of the shop on the same database.
    pub fn on(database: Arc<TestDatabase>, vars: &[(&str, &str)]) -> Self {
        let mut all: BTreeMap<String, String> = BTreeMap::from(
            [
                ("MARQUEE_ENV", "test"),
                ("MARQUEE_BASE_URL", "http://shop.test"),
                ("DATABASE_URL", database.url.as_str()),
                ("REDIS_URL", &database::redis_url()),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        all.extend(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let app = App::build(Config::from_vars(all).unwrap()).unwrap();
        Self { app, database }
    }

    /// Lets the index take over the catalogue as it is, as a start of the shop would.
    pub async fn index(&self) {
        Follower::new(self.app.db.clone(), Arc::clone(&self.app.index)).catch_up().await.unwrap();
    }

    /// The host that browsers send.
    pub fn host(&self) -> &str {
        self.app.config().host()
    }

    pub async fn conn(&self) -> Conn {
        self.app.db.conn().await.unwrap()
    }

    /// A visitor without cookies.
    pub fn guest(&self) -> Client {
        Client::new(router::service(self.app.clone()), self.host())
    }
}
