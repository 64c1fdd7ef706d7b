//! Logs: to the console and to `marquee.log`, a file a day, as text or JSON.

use std::path::Path;

use tracing_appender::{non_blocking::WorkerGuard, rolling};
use tracing_subscriber::{EnvFilter, Layer, fmt::writer::MakeWriterExt, layer::SubscriberExt, util::SubscriberInitExt};

use super::config::{Config, LogFormat};

/// Starts logging. Keep the guard until the end: it writes out what is still waiting.
pub fn start(config: &Config) -> anyhow::Result<WorkerGuard> {
    std::fs::create_dir_all(Path::new(&config.log_dir))?;
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("marquee")
        .filename_suffix("log")
        .latest_symlink("marquee.log")
        .max_log_files(config.log_days)
        .build(&config.log_dir)?;
    let (file, guard) = tracing_appender::non_blocking(file);
    let filter = config.log_filter.parse::<EnvFilter>()?;
    // Each line is put together once, for both.
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr.and(file)).with_ansi(false);
    let lines = match config.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
    Ok(guard)
}
