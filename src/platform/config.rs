//! Configuration: the environment, read once and checked as a whole.
//!
//! Every variable is a row of [`VARIABLES`]; `.env.example` lists the same rows. Unknown names that begin with
//! `MARQUEE_` and bad values are reported all at once.

mod messages;

use std::{collections::BTreeMap, fmt, net::SocketAddr, str::FromStr, time::Duration};

pub use messages::{Encryption, MessagesConfig, SmtpServer, Telegram};

use super::{error_reports::check_dsn, passwords::Cost};

/// A variable: name, default (empty when there is none), meaning.
pub struct Variable {
    pub name: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
    pub secret: bool,
}

const fn variable(name: &'static str, default: &'static str, meaning: &'static str) -> Variable {
    Variable { name, default, meaning, secret: false }
}

const fn secret(name: &'static str, default: &'static str, meaning: &'static str) -> Variable {
    Variable { name, default, meaning, secret: true }
}

/// The secret of a shop that nobody configured. Production refuses it.
const DEFAULT_SECRET: &str = "insecure-development-secret-key-0000";

/// Every variable that the shop reads.
pub const VARIABLES: &[Variable] = &[
    variable("PORT", "8000", "Port on 127.0.0.1 that the shop listens on"),
    secret("DATABASE_URL", "mysql://marquee@127.0.0.1/marquee", "MariaDB 10.11+ or MySQL 8.4+"),
    secret("REDIS_URL", "redis://127.0.0.1/", "Redis 7+; the shop also works while it is away"),
    variable("MARQUEE_ENV", "dev", "dev, test or production"),
    secret("MARQUEE_SECRET_KEY", DEFAULT_SECRET, "Signs links and cookies; 32 characters or more"),
    variable(
        "MARQUEE_BASE_URL",
        "http://127.0.0.1:8000",
        "Address that people use; https switches on HSTS and Secure cookies",
    ),
    variable("MARQUEE_BIND", "127.0.0.1", "Address that the shop listens on"),
    variable("MARQUEE_ASSET_URL", "", "Where /static is served from, when not from the shop itself"),
    variable("MARQUEE_MEDIA_URL", "", "Where /media is served from, when not from the shop itself"),
    variable("MARQUEE_TRUSTED_PROXIES", "0", "Number of proxies in front whose X-Forwarded-For entry is believed"),
    variable("MARQUEE_THREADS", "", "Threads that answer requests, 1 to 256; one for each processor unless set"),
    variable(
        "MARQUEE_DB_POOL",
        "10",
        "Database connections that pages of one process use, 1 to 200, shared out among its threads; each has 5 at least",
    ),
    variable("MARQUEE_WORKER", "on", "on runs jobs in the process that serves, off leaves them to `marquee worker`"),
    variable("MARQUEE_REDIS_PREFIX", "marquee", "First word of every Redis key"),
    variable(
        "MARQUEE_CACHE_TTL",
        "300",
        "Seconds that a page is kept where its kind names no time of its own; 0 keeps no pages at all",
    ),
    variable("MARQUEE_CACHE_L1_MB", "64", "Memory for kept pages, in MiB; with 0 they are in Redis only"),
    variable("MARQUEE_CACHE_WARM", "", "on makes the pages that most people open after each start; on in production"),
    variable(
        "MARQUEE_CACHE_STITCH",
        "on",
        "on sends personal pages as one gzip member around the kept parts, off as plain text",
    ),
    variable("MARQUEE_POSTER_CACHE_MB", "64", "Memory for posters that were made, in MiB"),
    variable(
        "MARQUEE_LOG",
        "",
        "Log filter such as info,marquee=debug; info in production, debug for the shop's own lines elsewhere",
    ),
    variable("MARQUEE_LOG_FORMAT", "text", "text or json"),
    variable("MARQUEE_LOG_DIR", "logs", "Folder of marquee.log, a file a day"),
    variable("MARQUEE_LOG_DAYS", "14", "Days that log files are kept"),
    variable(
        "MARQUEE_SLOW_MS",
        "100",
        "Milliseconds from which on a statement of the database is noted as slow; 0 notes none",
    ),
    variable(
        "MARQUEE_METRICS_BIND",
        "",
        "Address and port such as 127.0.0.1:9100 where Prometheus finds /metrics; each process needs one of its own, never a public one",
    ),
    secret(
        "MARQUEE_SENTRY_DSN",
        "",
        "Where panics and errors are reported by Sentry's protocol, without anything of visitors; nowhere unless set",
    ),
    variable("MARQUEE_SERVER_TIMING", "", "on or off; on in dev and test"),
    variable("MARQUEE_LIMITS_FACTOR", "", "Multiplies every rate limit; 1 in production, 100000 in dev and test"),
    variable(
        "MARQUEE_MIN_FILL_SECONDS",
        "",
        "Shortest believable time to fill in the checkout form; 3 in production, 0 elsewhere",
    ),
    variable(
        "MARQUEE_PASSWORD_MEMORY_KIB",
        "",
        "Memory that a password's hash takes, in KiB; 19456 unless set, 64 in test, never less in production",
    ),
    variable(
        "MARQUEE_PASSWORD_PASSES",
        "",
        "Passes over that memory; 2 unless set, 1 in test, never less in production",
    ),
    secret(
        "MARQUEE_SMTP_URL",
        "",
        "Mail server: smtp://user:password@host:587 with STARTTLS, smtps:// with TLS from the start; a server on this machine may do without",
    ),
    variable(
        "MARQUEE_SMTP_CA",
        "",
        "PEM file of the authority of the mail server's certificate, when it is not a public one",
    ),
    variable("MARQUEE_MAIL_FROM", "Marquee <shop@marquee.example>", "Sender of every mail"),
    variable(
        "MARQUEE_MAILBOX",
        "",
        "on keeps every message in the shop instead of sending it; always on in dev, where /dev/mail shows them, on in test, never in production",
    ),
    variable(
        "MARQUEE_CERTIFICATE",
        "",
        "PEM file of the certificate that the web server in front uses, to warn before it runs out; not looked at when empty",
    ),
    variable("MARQUEE_STAFF_EMAIL", "", "Where the shop's own people get notices by mail; several with commas between"),
    secret("MARQUEE_TELEGRAM_TOKEN", "", "Token of the Telegram bot that tells the shop's people"),
    variable("MARQUEE_TELEGRAM_CHAT", "", "Chat that the bot writes to"),
    variable("MARQUEE_TELEGRAM_URL", "https://api.telegram.org", "Where Telegram's bots are spoken to"),
];

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
        let mut reader = Reader { vars, errors: Vec::new() };
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

struct Reader {
    vars: BTreeMap<String, String>,
    errors: Vec<String>,
}

impl Reader {
    fn config(&mut self) -> Config {
        let environment = self.parse("MARQUEE_ENV").unwrap_or(Environment::Dev);
        let production = environment == Environment::Production;
        Config {
            environment,
            bind: self.parse("MARQUEE_BIND").unwrap_or(std::net::Ipv4Addr::LOCALHOST.into()),
            port: self.parse("PORT").unwrap_or(8000),
            database_url: self.url("DATABASE_URL", &["mysql", "mariadb"]),
            threads: self.threads(),
            database_pool: self.in_range("MARQUEE_DB_POOL", 1, 200),
            works_too: self.switch("MARQUEE_WORKER", true),
            redis_url: self.url("REDIS_URL", &["redis", "rediss", "redis+unix", "unix"]),
            redis_prefix: self.text("MARQUEE_REDIS_PREFIX"),
            secret_key: self.secret_key(production),
            base_url: self.origin("MARQUEE_BASE_URL", true),
            asset_url: self.origin("MARQUEE_ASSET_URL", false),
            media_url: self.origin("MARQUEE_MEDIA_URL", false),
            trusted_proxies: self.in_range("MARQUEE_TRUSTED_PROXIES", 0, 16),
            page_ttl: Duration::from_secs(self.in_range("MARQUEE_CACHE_TTL", 0, 86_400)),
            page_cache_bytes: self.in_range::<u64>("MARQUEE_CACHE_L1_MB", 0, 65_536) << 20,
            warms_pages: self.switch("MARQUEE_CACHE_WARM", production),
            stitches_pages: self.switch("MARQUEE_CACHE_STITCH", true),
            poster_cache_bytes: self.in_range::<u64>("MARQUEE_POSTER_CACHE_MB", 1, 65_536) << 20,
            log_filter: self.log_filter(production),
            log_format: self.parse("MARQUEE_LOG_FORMAT").unwrap_or(LogFormat::Text),
            log_dir: self.text("MARQUEE_LOG_DIR"),
            log_days: self.in_range("MARQUEE_LOG_DAYS", 1, 3650),
            slow_limit: Duration::from_millis(self.in_range("MARQUEE_SLOW_MS", 0, 3_600_000)),
            metrics_bind: self.optional("MARQUEE_METRICS_BIND"),
            sentry_dsn: self.sentry_dsn(),
            server_timing: self.switch("MARQUEE_SERVER_TIMING", !production),
            limits_factor: self.by_environment("MARQUEE_LIMITS_FACTOR", if production { 1 } else { 100_000 }),
            min_fill_seconds: self.by_environment("MARQUEE_MIN_FILL_SECONDS", if production { 3 } else { 0 }),
            password_cost: self.password_cost(environment),
            certificate: Some(self.text("MARQUEE_CERTIFICATE")).filter(|path| !path.is_empty()).map(Into::into),
            messages: self.messages(environment),
        }
    }

    /// The value set, or the default of the table; empty counts as not set.
    fn text(&self, name: &str) -> String {
        match self.vars.get(name).map(|value| value.trim()) {
            Some(value) if !value.is_empty() => value.to_owned(),
            _ => VARIABLES.iter().find(|row| row.name == name).map_or("", |row| row.default).to_owned(),
        }
    }

    fn parse<T: FromStr<Err: fmt::Display>>(&mut self, name: &str) -> Option<T> {
        let value = self.text(name);
        value.parse().map_err(|error| self.errors.push(format!("{name}: {error} (is \"{value}\")"))).ok()
    }

    fn in_range<T>(&mut self, name: &str, least: T, most: T) -> T
    where
        T: FromStr<Err: fmt::Display> + PartialOrd + fmt::Display + Copy,
    {
        match self.parse(name) {
            Some(value) if value < least || value > most => {
                self.errors.push(format!("{name}: must be {least} to {most} (is \"{value}\")"));
                least
            }
            Some(value) => value,
            None => least,
        }
    }

    fn optional<T: FromStr<Err: fmt::Display>>(&mut self, name: &str) -> Option<T> {
        if self.text(name).is_empty() { None } else { self.parse(name) }
    }

    fn by_environment<T: FromStr<Err: fmt::Display>>(&mut self, name: &str, default: T) -> T {
        if self.text(name).is_empty() { default } else { self.parse(name).unwrap_or(default) }
    }

    fn threads(&mut self) -> u32 {
        const NAME: &str = "MARQUEE_THREADS";
        if !self.text(NAME).is_empty() {
            return self.in_range(NAME, 1, 256);
        }
        std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(256).min(256))
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.text(name).as_str() {
            "" => default,
            "on" => true,
            "off" => false,
            other => {
                self.errors.push(format!("{name}: must be on or off (is \"{other}\")"));
                default
            }
        }
    }

    fn url(&mut self, name: &str, schemes: &[&str]) -> Secret {
        let value = self.text(name);
        if !schemes.iter().any(|scheme| value.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://"))) {
            // The value may hold a password, so it is not repeated.
            self.errors.push(format!("{name}: must begin with {}://", schemes[0]));
        }
        Secret(value)
    }

    /// Scheme and host without a path, or empty where that is allowed.
    fn origin(&mut self, name: &str, required: bool) -> String {
        let value = self.text(name).trim_end_matches('/').to_owned();
        let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
        let good = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']));
        if !(good || value.is_empty() && !required) {
            self.errors.push(format!("{name}: must be like https://shop.example (is \"{value}\")"));
        }
        value
    }

    fn secret_key(&mut self, production: bool) -> Secret {
        let value = self.text("MARQUEE_SECRET_KEY");
        if value.len() < 32 {
            self.errors.push("MARQUEE_SECRET_KEY: must have 32 characters or more".to_owned());
        } else if production && value == DEFAULT_SECRET {
            self.errors.push("MARQUEE_SECRET_KEY: production needs a secret of its own".to_owned());
        }
        Secret(value)
    }

    /// What has been cheap stays guessable for whoever gets hold of the hashes, so production takes no less than is usual.
    fn password_cost(&mut self, environment: Environment) -> Cost {
        let usual = if environment == Environment::Test { Cost::CHEAP } else { Cost::STRONG };
        let least = if environment == Environment::Production { Cost::STRONG } else { Cost::CHEAP };
        Cost {
            memory_kib: self.at_least("MARQUEE_PASSWORD_MEMORY_KIB", usual.memory_kib, least.memory_kib, 1 << 20),
            passes: self.at_least("MARQUEE_PASSWORD_PASSES", usual.passes, least.passes, 64),
        }
    }

    fn at_least(&mut self, name: &str, usual: u32, least: u32, most: u32) -> u32 {
        if self.text(name).is_empty() { usual } else { self.in_range(name, least, most) }
    }

    /// The address has a key in it, so it is not repeated.
    fn sentry_dsn(&mut self) -> Option<Secret> {
        let value = self.text("MARQUEE_SENTRY_DSN");
        if value.is_empty() {
            return None;
        }
        if let Err(error) = check_dsn(&value) {
            self.errors.push(format!("MARQUEE_SENTRY_DSN: {error}"));
        }
        Some(Secret(value))
    }

    fn log_filter(&mut self, production: bool) -> String {
        let value = self.text("MARQUEE_LOG");
        if let Err(error) = value.parse::<tracing_subscriber::EnvFilter>() {
            self.errors.push(format!("MARQUEE_LOG: {error} (is \"{value}\")"));
        }
        match (value.is_empty(), production) {
            (false, _) => value,
            (true, true) => "info".to_owned(),
            (true, false) => "info,marquee=debug".to_owned(),
        }
    }

    fn report_unknown(&mut self) {
        for name in self.vars.keys() {
            if name.starts_with("MARQUEE_") && !VARIABLES.iter().any(|row| row.name == name) {
                self.errors.push(format!("{name}: there is no such setting"));
            }
        }
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
