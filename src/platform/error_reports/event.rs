//! What a report says.

use sentry_types::protocol::v7::{Event, Exception, Map, Mechanism};

use super::named;
use crate::platform::{
    config::{Config, Environment},
    scrub, version,
    work::Work,
};

/// What all reports of a process have in common.
pub(super) struct Release {
    name: String,
    environment: &'static str,
}

impl Release {
    pub fn of(config: &Config) -> Self {
        let environment = match config.environment {
            Environment::Dev => "dev",
            Environment::Test => "test",
            Environment::Production => "production",
        };
        Self { name: format!("marquee@{}+{}", version::VERSION, version::COMMIT), environment }
    }
}

pub(super) fn of_error(release: &Release, error: &anyhow::Error, work: Option<&Work>) -> Event<'static> {
    let ty =
        if error.chain().any(|cause| cause.downcast_ref::<sqlx::Error>().is_some()) { "SQL error" } else { "Error" };
    let value = Some(scrub::error(error));
    let mechanism = Mechanism { ty: "error".to_owned(), handled: Some(true), ..Mechanism::default() };
    event(release, Exception { ty: ty.to_owned(), value, mechanism: Some(mechanism), ..Exception::default() }, work)
}

pub(super) fn of_panic(release: &Release, location: &str, words: &str, work: Option<&Work>) -> Event<'static> {
    let mechanism = Mechanism { ty: "panic".to_owned(), handled: Some(false), ..Mechanism::default() };
    let value = Some(format!("{words} at {location}"));
    let panic = Exception { ty: "Panic".to_owned(), value, mechanism: Some(mechanism), ..Exception::default() };
    Event { culprit: Some(location.to_owned()), ..event(release, panic, work) }
}

/// Of whoever is at work: a request by its number, a job by its own.
fn event(release: &Release, exception: Exception, work: Option<&Work>) -> Event<'static> {
    let (id, origin) = named(work);
    let mut tags = Map::new();
    if !id.is_empty() {
        tags.insert("request_id".to_owned(), id.to_owned());
    }
    tags.insert("route".to_owned(), origin.to_owned());
    Event {
        release: Some(release.name.clone().into()),
        environment: Some(release.environment.into()),
        transaction: Some(origin.to_owned()),
        exception: vec![exception].into(),
        tags,
        ..Event::default()
    }
}
