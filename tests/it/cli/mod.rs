//! Commands.

mod migrate;
