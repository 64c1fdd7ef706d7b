//! The table of all variables.

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
pub(super) const DEFAULT_SECRET: &str = "insecure-development-secret-key-0000";

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
