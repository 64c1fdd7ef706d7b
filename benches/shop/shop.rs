//! The shop as it runs in production, in variants that differ in the page cache alone.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::{
    Options,
    http::Visitor,
    process::{self, Process},
};

/// A million films take some seconds to index.
const START_LIMIT: Duration = Duration::from_mins(2);

/// Where whole pages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageCache {
    /// In the process and in Redis.
    Full,
    /// In Redis only.
    RedisOnly,
    Off,
}

impl PageCache {
    fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Full => &[],
            Self::RedisOnly => &[("MARQUEE_CACHE_L1_MB", "0")],
            Self::Off => &[("MARQUEE_CACHE_TTL", "0")],
        }
    }
}

/// How shops are started.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    pub redis_url: String,
    logs: PathBuf,
    secret: String,
    /// The names of the settings that this build has.
    known: BTreeSet<String>,
}

impl Program {
    pub fn find(options: &Options) -> anyhow::Result<Self> {
        let path = options.program.canonicalize().context("the shop was not built")?;
        let output = Command::new(&path).args(["config", "print"]).env_clear().current_dir("/").output()?;
        let known = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, _)| name.to_owned())
            .collect();
        Ok(Self {
            path,
            redis_url: options.redis_url.clone(),
            logs: options.folder.join("logs"),
            secret: format!("{:032x}", rand::random::<u128>()),
            known,
        })
    }

    pub fn redis_url(&self) -> &str {
        &self.redis_url
    }

    /// A command of the shop on this database. The working directory has no `.env` that could add to the settings.
    pub fn command(&self, database_url: &str) -> Command {
        let mut command = Command::new(&self.path);
        command.env_clear().current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        command.env("DATABASE_URL", database_url).env("REDIS_URL", &self.redis_url);
        command.env("MARQUEE_ENV", "production").env("MARQUEE_SECRET_KEY", &self.secret);
        command.env("MARQUEE_LOG_DIR", &self.logs);
        command
    }

    /// Starts a shop and does not wait for it. Shops of one name share their keys in Redis.
    pub fn start(&self, database_url: &str, cache: PageCache, name: &str) -> anyhow::Result<Shop> {
        let port = process::free_port()?;
        self.start_at(port, port, database_url, cache, name)
    }

    /// Starts a shop on a port; people know it by the port in its name, which its other nodes have too.
    fn start_at(
        &self,
        port: u16,
        known_port: u16,
        database_url: &str,
        cache: PageCache,
        name: &str,
    ) -> anyhow::Result<Shop> {
        let mut command = self.command(database_url);
        command.arg("serve").env("PORT", port.to_string());
        command.env("MARQUEE_BASE_URL", format!("http://127.0.0.1:{known_port}"));
        command.env("MARQUEE_SERVER_TIMING", "on").env("MARQUEE_REDIS_PREFIX", format!("bench-{name}"));
        // One visitor sends what thousands do, and types no forms.
        command.env("MARQUEE_LIMITS_FACTOR", "100000").env("MARQUEE_MIN_FILL_SECONDS", "0");
        for (name, value) in cache.settings().iter().filter(|(name, _)| self.known.contains(*name)) {
            command.env(name, value);
        }
        let started = Instant::now();
        Ok(Shop { process: Process::start(&mut command)?, port, started, logs: self.logs.clone() })
    }

    pub async fn open(&self, database_url: &str, cache: PageCache, name: &str) -> anyhow::Result<Shop> {
        let mut shop = self.start(database_url, cache, name)?;
        shop.until_answer("/readyz").await?;
        Ok(shop)
    }

    /// Another node of a shop with its page cache.
    pub async fn open_beside(&self, shop: &Shop, database_url: &str, name: &str) -> anyhow::Result<Shop> {
        let mut other = self.start_at(process::free_port()?, shop.port, database_url, PageCache::Full, name)?;
        other.until_answer("/readyz").await?;
        Ok(other)
    }
}

/// A running shop.
#[derive(Debug)]
pub struct Shop {
    process: Process,
    pub port: u16,
    started: Instant,
    logs: PathBuf,
}

impl Shop {
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Asks until the page is there, and tells how long after the start that was.
    pub async fn until_answer(&mut self, path: &str) -> anyhow::Result<Duration> {
        loop {
            if has_answer(self.port, path).await {
                return Ok(self.started.elapsed());
            }
            let in_time = !self.process.has_ended() && self.started.elapsed() < START_LIMIT;
            anyhow::ensure!(in_time, "the shop did not answer {path}: see {}", self.logs.display());
            // To a hundredth exactly: whoever asks all the time is a load beside a start of seconds.
            tokio::time::sleep((self.started.elapsed() / 100).max(Duration::from_millis(1))).await;
        }
    }
}

async fn has_answer(port: u16, path: &str) -> bool {
    let answer = async { Visitor::arrive(port).await?.get(path).await };
    answer.await.is_ok_and(|answer: crate::http::Answer| answer.status == 200)
}

/// Makes the folder for logs, empty.
pub fn prepare_logs(folder: &Path) -> anyhow::Result<()> {
    let logs = folder.join("logs");
    if logs.exists() {
        std::fs::remove_dir_all(&logs)?;
    }
    std::fs::create_dir_all(&logs)?;
    Ok(())
}
