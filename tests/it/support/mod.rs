//! A shop in a test: a database of its own, the real router, and visitors with cookies.

mod books;
mod client;
mod database;
mod employee;
pub mod factory;
mod host;
pub mod logs;
mod mail_peer;
mod process;
mod proxy;
mod redis_server;
mod rerun;
mod sentry_peer;
mod shopper;
mod telegram;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

pub use books::assert_books_agree;
pub use client::{Answer, Client};
pub use database::{TestDatabase, redis_url};
pub use employee::PASSWORD;
pub use host::{SmallDisk, TestCertificate};
pub use mail_peer::{MailPeer, Received};
use marquee::{
    app::App,
    catalog::index::Follower,
    maintenance::mode,
    platform::{
        changes, clock,
        config::Config,
        db::{Conn, Database},
        queue::Queue,
        sessions::{self, Shown, Subject},
    },
    router,
    settings::Settings,
    worker,
};
pub use process::Process;
pub use proxy::Proxy;
pub use redis_server::RedisServer;
pub use rerun::Rerun;
pub use sentry_peer::SentryPeer;
pub use shopper::{Shopper, good_form, number_in};
pub use telegram::TelegramPeer;
use tokio::sync::watch;

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
                // Most tests look at pages right after they changed something behind the shop's back.
                ("MARQUEE_CACHE_TTL", "0"),
                ("DATABASE_URL", database.url.as_str()),
                ("REDIS_URL", &redis_url()),
                ("MARQUEE_REDIS_PREFIX", &database.name),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        logs::listen();
        all.extend(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_vars(all).unwrap();
        let db = Database::connect_lazy(config.database_url.expose(), config.database_pool).unwrap();
        let app = App::build(config, db, Settings::default()).unwrap();
        Self { app, database }
    }

    /// Lets the index take over the catalogue as it is, as a start of the shop would.
    pub async fn index(&self) {
        Follower::new(self.app.db.clone(), Arc::clone(&self.app.index)).catch_up().await.unwrap();
    }

    /// Keeps the index and the kept pages true from now on, as a running shop does.
    pub async fn follow(&self) {
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(changes::hurry(Arc::clone(self.app.db.changes()), Arc::clone(&self.app.redis), stopped.clone()));
        tokio::spawn(mode::follow(self.app.db.clone(), Arc::clone(&self.app.maintenance), stopped.clone()));
        tokio::spawn(Arc::clone(&self.app.carts).listen(stopped.clone()));
        let follower = Follower::new(self.app.db.clone(), Arc::clone(&self.app.index));
        tokio::spawn(async move {
            // Follows until the test and its runtime are over.
            let _stop = stop;
            follower.run(stopped).await;
        });
        while !self.app.pages.is_open() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until all that was announced so far has been taken in.
    pub async fn catch_up(&self) {
        let newest = self.database.number("SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) FROM cache_invalidations").await;
        while self.app.db.changes().as_of() < u64::try_from(newest).ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Does what is left in the queue, as a worker does, until nothing is due any more. Jobs that fail wait for their next
    /// time or are parked.
    pub async fn work(&self) {
        let (stop, stopped) = watch::channel(false);
        let db = self.app.db.beside(&self.database.url, worker::connections()).unwrap();
        let app = App { db, ..self.app.clone() };
        let working = tokio::spawn(async move { worker::run(app, Queue::ALL, stopped).await });
        let due = "SELECT COUNT(*) FROM jobs WHERE state = 'leased' OR state = 'ready' AND run_at <= UTC_TIMESTAMP(6)";
        while self.database.number(due).await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop.send_replace(true);
        working.await.unwrap();
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

    /// Somebody new who has an account and is signed in: id and browser.
    pub async fn customer(&self, name: &str) -> (u64, Client) {
        let id = factory::client(&mut self.conn().await, name).await;
        (id, self.signed_in(id, name).await)
    }

    /// A customer who has signed in.
    pub async fn signed_in(&self, client_id: u64, name: &str) -> Client {
        let mut tx = self.app.db.begin().await.unwrap();
        let shown = Shown { name: name.to_owned() };
        let token = sessions::begin(&mut tx, Subject::Client(client_id), &shown, clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        let cookie = token.cookie(&self.app.site);
        let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
        let client = self.guest();
        client.set_cookie(name, rest.split(';').next().unwrap());
        client
    }
}
