//! Errors that the shop has to be mended for, told to a server that speaks Sentry's protocol.
//!
//! Panics, and errors that visitors and jobs end with, are told once each: with the request or the job, its route or kind,
//! the place in the program and the release. Nothing of a request goes along but its number and its route, and of an
//! error's words what [`scrub`](super::scrub) leaves; words of a panic only where they are the program's own. What goes out
//! is put together here from these parts, rather than taken out of all that a client library gathers.
//!
//! Whoever tells waits for nothing: reports queue up, few of them, and a thread of its own sends them. A server that is
//! away, or slow, loses reports and nothing else.

mod event;
mod sink;

use std::{error::Error, panic::PanicHookInfo, sync::OnceLock};

use sentry_types::{Dsn, protocol::v7::Event};
use tokio::task::JoinError;

use self::{event::Release, sink::Sink};
use super::{
    config::{Config, Environment},
    work::{self, Work},
};

static REPORTER: OnceLock<Reporter> = OnceLock::new();

struct Reporter {
    release: Release,
    sink: Sink,
}

/// Sends what was told so far before it goes, for no longer than some seconds.
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(reporter) = REPORTER.get() {
            reporter.sink.flush();
        }
    }
}

/// Has panics told from now on, and everything that is told sent to the server of the configuration, if it names one.
/// Without one panics are logged all the same.
pub fn start(config: &Config) -> Guard {
    if let Some(dsn) = &config.sentry_dsn {
        let release = Release::of(config);
        REPORTER.get_or_init(|| Reporter { release, sink: Sink::to(dsn.expose()) });
    }
    // Whoever develops sees all words, on the terminal.
    let usual = (config.environment != Environment::Production).then(std::panic::take_hook);
    std::panic::set_hook(Box::new(move |panic| {
        tell_panic(panic);
        if let Some(usual) = &usual {
            usual(panic);
        }
    }));
    Guard(())
}

/// Whether an address could be one of such a server's.
pub fn check_dsn(dsn: &str) -> Result<(), String> {
    dsn.parse::<Dsn>().map(drop).map_err(|error| error.to_string())
}

/// Tells an error that a request or a job has ended with. A panic was told when it happened.
pub fn tell(error: &anyhow::Error, work: &Work) {
    if !is_panic(error) {
        send(|release| event::of_error(release, error, Some(work)));
    }
}

/// Also one of a task that was waited for.
fn is_panic(error: &anyhow::Error) -> bool {
    let is_of_task = |cause: &(dyn Error + 'static)| cause.downcast_ref().is_some_and(JoinError::is_panic);
    error.is::<Panicked>() || error.chain().any(is_of_task)
}

/// A panic that was caught. It was told when it happened.
#[derive(Debug, thiserror::Error)]
#[error("it panicked")]
pub struct Panicked;

fn tell_panic(panic: &PanicHookInfo<'_>) {
    let location = panic.location().map_or_else(String::new, ToString::to_string);
    // Words that were put together may have anything in them.
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("words that hold values");
    let at = work::current();
    let (id, origin) = named(at.as_ref());
    tracing::error!(id, route = origin, location, "panicked: {words}");
    send(|release| event::of_panic(release, &location, words, at.as_ref()));
}

fn named(work: Option<&Work>) -> (&str, &str) {
    work.map_or(("", work::process()), |work| (&work.id, work.origin()))
}

fn send(event: impl FnOnce(&Release) -> Event<'static>) {
    if let Some(reporter) = REPORTER.get() {
        reporter.sink.send(event(&reporter.release));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn panics_are_known_from_errors() {
        let panicked = tokio::task::spawn_blocking(|| assert_eq!(1, 2)).await.unwrap_err();
        assert!(is_panic(&anyhow::Error::from(panicked).context("a password could not be checked")));
        assert!(is_panic(&Panicked.into()));
        assert!(!is_panic(&anyhow::anyhow!("no room")));
    }
}
