//! Configuration: the environment, read once and checked as a whole.
//!
//! Every variable is a row of [`VARIABLES`]; `.env.example` lists the same rows. Unknown names that begin with
//! `MARQUEE_` and bad values are reported all at once.

mod messages;
mod reader;
mod variables;

use std::{collections::BTreeMap, fmt, net::SocketAddr, str::FromStr, time::Duration};

pub use messages::{Encryption, MessagesConfig, SmtpServer, Telegram};
pub use variables::{VARIABLES, Variable};

use self::reader::Reader;
use super::passwords::Cost;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Dev,
    Test,
    Production,
}

impl FromStr for Environment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "dev" => Ok(Self::Dev),
            "test" => Ok(Self::Test),
            "production" => Ok(Self::Production),
            _ => Err("must be dev, test or production".to_owned()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("must be text or json".to_owned()),
        }
    }
}

/// A value that must not reach a log.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    pub environment: Environment,
    pub bind: std::net::IpAddr,
    pub port: u16,
    pub database_url: Secret,
    /// Threads that answer requests.
    pub threads: u32,
    /// Connections of all of them together.
    pub database_pool: u32,
    /// Whether the process that serves runs jobs.
    pub works_too: bool,
    pub redis_url: Secret,
    pub redis_prefix: String,
    pub secret_key: Secret,
    pub base_url: String,
    pub asset_url: String,
    pub media_url: String,
    pub trusted_proxies: usize,
    pub page_ttl: Duration,
    pub page_cache_bytes: u64,
    pub warms_pages: bool,
    pub stitches_pages: bool,
    pub poster_cache_bytes: u64,
    pub log_filter: String,
    pub log_format: LogFormat,
    pub log_dir: String,
    pub log_days: usize,
    /// How long a statement takes that is noted; zero notes none.
    pub slow_limit: Duration,
    /// Where metrics are told.
    pub metrics_bind: Option<SocketAddr>,
    /// Where errors are reported.
    pub sentry_dsn: Option<Secret>,
    pub server_timing: bool,
    pub limits_factor: u32,
    pub min_fill_seconds: i64,
    pub password_cost: Cost,
    /// The certificate of the web server in front.
    pub certificate: Option<std::path::PathBuf>,
    pub messages: MessagesConfig,
}

/// Everything that is wrong with the environment, a line each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(pub Vec<String>);

impl Config {
    /// Reads the environment, after `.env` of the working directory, whose values yield to those already set.
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
    pub fn from_env() -> Result<Self, ConfigErrors> {
        dotenvy::dotenv().ok();
        Self::from_vars(std::env::vars().collect())
    }

    pub fn from_vars(vars: BTreeMap<String, String>) -> Result<Self, ConfigErrors> {
        let mut reader = Reader::new(vars);
        let config = reader.config();
        reader.report_unknown();
        if reader.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(reader.errors)) }
    }

    /// Name and value of every variable, secrets masked.
    pub fn printable(vars: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
        VARIABLES
            .iter()
            .map(|variable| {
                let value = vars.get(variable.name).map_or(variable.default, String::as_str);
                let masked = variable.secret && !value.is_empty();
                (variable.name, if masked { "***".to_owned() } else { value.to_owned() })
            })
            .collect()
    }

    /// The variables of this process, for [`Config::printable`].
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
    pub fn vars() -> BTreeMap<String, String> {
        dotenvy::dotenv().ok();
        std::env::vars().collect()
    }

    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Host and port of the base URL, as a browser sends them.
    pub fn host(&self) -> &str {
        self.base_url.split_once("://").map_or("", |(_, host)| host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
        Config::from_vars(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn defaults_are_a_development_shop() {
        let config = read(&[]).unwrap();
        assert_eq!(config.environment, Environment::Dev);
        assert_eq!((config.port, config.limits_factor, config.server_timing), (8000, 100_000, true));
        assert_eq!(config.host(), "127.0.0.1:8000");
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let errors = read(&[
            ("PORT", "eighty"),
            ("MARQUEE_ENV", "live"),
            ("MARQUEE_DB_POOL", "0"),
            ("MARQUEE_LOG_FORMAT", "xml"),
            ("MARQUEE_BASE_URL", "shop.example"),
            ("MARQUEE_COLOUR", "red"),
            ("DATABASE_URL", "postgres://me:hunter2@db/x"),
            ("MARQUEE_SENTRY_DSN", "https://hunter2@errors.example/"),
        ])
        .unwrap_err()
        .to_string();
        for name in [
            "PORT",
            "MARQUEE_ENV",
            "MARQUEE_DB_POOL",
            "MARQUEE_LOG_FORMAT",
            "MARQUEE_BASE_URL",
            "MARQUEE_COLOUR",
            "DATABASE_URL",
            "MARQUEE_SENTRY_DSN",
        ] {
            assert!(errors.contains(name), "{name} is missing in:\n{errors}");
        }
        assert!(!errors.contains("hunter2"), "a password was printed");
    }

    #[test]
    fn production_refuses_the_default_secret() {
        let error = read(&[("MARQUEE_ENV", "production")]).unwrap_err().to_string();
        assert!(error.contains("MARQUEE_SECRET_KEY"));
        let config = read(&[("MARQUEE_ENV", "production"), ("MARQUEE_SECRET_KEY", &"x".repeat(40))]).unwrap();
        assert_eq!((config.limits_factor, config.min_fill_seconds, config.server_timing), (1, 3, false));
    }

    #[test]
    fn production_takes_no_cheap_hashes() {
        let secret = "x".repeat(40);
        let production = [("MARQUEE_ENV", "production"), ("MARQUEE_SECRET_KEY", secret.as_str())];
        assert_eq!(read(&production).unwrap().password_cost, Cost::STRONG);
        for (name, value) in [("MARQUEE_PASSWORD_MEMORY_KIB", "4096"), ("MARQUEE_PASSWORD_PASSES", "1")] {
            let cheap = [production.as_slice(), &[(name, value)]].concat();
            assert!(read(&cheap).unwrap_err().to_string().contains(name));
        }
        assert_eq!(read(&[("MARQUEE_ENV", "test")]).unwrap().password_cost, Cost::CHEAP);
        assert_eq!(read(&[("MARQUEE_PASSWORD_MEMORY_KIB", "4096")]).unwrap().password_cost.memory_kib, 4096);
    }

    #[test]
    fn secrets_are_masked() {
        let vars = BTreeMap::from([("DATABASE_URL".to_owned(), "mysql://me:hunter2@db/x".to_owned())]);
        let printed = format!("{:?}", Config::printable(&vars));
        assert!(printed.contains("DATABASE_URL") && !printed.contains("hunter2"));
        assert!(!format!("{:?}", read(&[("MARQUEE_SECRET_KEY", &"s3cret".repeat(9))]).unwrap()).contains("s3cret"));
    }

    #[test]
    fn the_example_lists_every_variable_with_its_default() {
        let example = include_str!("../../.env.example");
        let listed: Vec<_> = example
            .lines()
            .filter_map(|line| line.strip_prefix('#').filter(|line| !line.starts_with(' ')))
            .filter_map(|line| line.split_once('='))
            .collect();
        let expected: Vec<_> = VARIABLES.iter().map(|row| (row.name, row.default)).collect();
        assert_eq!(listed, expected);
        for row in VARIABLES {
            assert!(example.contains(row.meaning), "the meaning of {} differs", row.name);
        }
    }
}
