//! What any server-rendered site needs and nothing that knows about shops.

pub mod assets;
pub mod bell;
pub mod bulk;
pub mod changes;
pub mod clock;
pub mod config;
pub mod countries;
pub mod db;
pub mod encoding;
pub mod error;
pub mod http;
pub mod i18n;
pub mod ids;
pub mod limiter;
pub mod migrations;
pub mod money;
pub mod page_cache;
pub mod passwords;
pub mod queue;
pub mod redis;
pub mod renditions;
pub mod retry;
pub mod signing;
pub mod telemetry;
pub mod version;
