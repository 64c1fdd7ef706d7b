//! Logs: to the console at once, and to `marquee.log`, a file a day, as text or JSON.

use std::{
    io::{self, Write},
    mem, path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use tracing_appender::rolling::{self, RollingFileAppender};
use tracing_subscriber::{
    EnvFilter, Layer,
    fmt::{MakeWriter, writer::MakeWriterExt},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use super::config::{Config, LogFormat};

/// Lines for the file are written together, so often: to wake a thread for each costs a request more than to write the
/// line. Of a process that is killed the console has the last ones.
const PAUSE: Duration = Duration::from_millis(100);
/// A file that takes nothing for long holds up nobody: what is more than this waits no longer.
const MOST_WAITING: usize = 8 << 20;

/// Starts logging. Keep the guard until the end: it writes out what is still waiting.
pub fn start(config: &Config) -> anyhow::Result<Guard> {
    // The link to the day's file stands in the folder, so that a path from elsewhere would lead it nowhere.
    let folder = path::absolute(&config.log_dir)?;
    std::fs::create_dir_all(&folder)?;
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("marquee")
        .filename_suffix("log")
        .latest_symlink("marquee.log")
        .max_log_files(config.log_days)
        .build(folder)?;
    let waiting = Waiting::default();
    let guard = Guard::start(waiting.clone(), file)?;
    let filter = config.log_filter.parse::<EnvFilter>()?;
    // Each line is put together once, for both.
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr.and(waiting)).with_ansi(false);
    let lines = match config.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
    Ok(guard)
}

/// The lines that are not in the file yet.
#[derive(Clone, Debug, Default)]
struct Waiting(Arc<Mutex<Vec<u8>>>);

impl Waiting {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Waiting {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() + line.len() <= MOST_WAITING {
            waiting.extend_from_slice(line);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Waiting {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Writes to the file as long as it is kept, and once more when it is dropped.
#[derive(Debug)]
pub struct Guard {
    stop: Option<mpsc::Sender<()>>,
    writing: Option<JoinHandle<()>>,
}

impl Guard {
    fn start(waiting: Waiting, mut file: RollingFileAppender) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let writing = thread::Builder::new().name("log".to_owned()).spawn(move || {
            while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                // There is nowhere left to tell that a log cannot be written.
                file.write_all(&waiting.take()).ok();
            }
            file.write_all(&waiting.take()).ok();
        })?;
        Ok(Self { stop: Some(stop), writing: Some(writing) })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(writing) = self.writing.take() {
            writing.join().ok();
        }
    }
}
