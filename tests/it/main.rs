//! Everything that needs a database, through the real router, against a real server.
//!
//! `DATABASE_URL` names the server; its user must be allowed to create databases. Each test has a database of its own.

mod support;

mod cli;
mod domain;
mod web;
