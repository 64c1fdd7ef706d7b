//! Everything that needs a database, through the real router, against a real server.
//!
//! `DATABASE_URL` names the server; its user must be allowed to create databases. Each test has a database of its own.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by panicking, and reads its servers' addresses itself"
)]

mod support;

mod cli;
mod domain;
mod jobs;
mod messages;
mod staff;
mod watch;
mod web;
