//! From the variables of a process to the checked configuration.

use std::{collections::BTreeMap, fmt, str::FromStr, time::Duration};

use super::{
    Config, Environment, LogFormat, Secret,
    variables::{DEFAULT_SECRET, VARIABLES},
};
use crate::platform::{error_reports::check_dsn, passwords::Cost};

/// Reads variables and gathers what is wrong with them.
pub(super) struct Reader {
    vars: BTreeMap<String, String>,
    pub errors: Vec<String>,
}

impl Reader {
    pub fn new(vars: BTreeMap<String, String>) -> Self {
        Self { vars, errors: Vec::new() }
    }

    pub fn config(&mut self) -> Config {
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
    pub(super) fn text(&self, name: &str) -> String {
        match self.vars.get(name).map(|value| value.trim()) {
            Some(value) if !value.is_empty() => value.to_owned(),
            _ => VARIABLES.iter().find(|row| row.name == name).map_or("", |row| row.default).to_owned(),
        }
    }

    pub(super) fn parse<T: FromStr<Err: fmt::Display>>(&mut self, name: &str) -> Option<T> {
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

    pub(super) fn switch(&mut self, name: &str, default: bool) -> bool {
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
    pub(super) fn origin(&mut self, name: &str, required: bool) -> String {
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

    /// Names that look like the shop's and are none of its variables.
    pub fn report_unknown(&mut self) {
        for name in self.vars.keys() {
            if name.starts_with("MARQUEE_") && !VARIABLES.iter().any(|row| row.name == name) {
                self.errors.push(format!("{name}: there is no such setting"));
            }
        }
    }
}
