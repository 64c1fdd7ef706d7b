//! What was built, from what, when.

use std::{sync::LazyLock, time::UNIX_EPOCH};

pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The commit, or `unknown` when it was built outside a checkout.
pub const COMMIT: &str = env!("BUILD_COMMIT");
/// Time of the commit that it was built from, so that equal sources give equal binaries.
pub const BUILT: &str = env!("BUILD_TIME");

/// The binary that runs, so that two builds of one commit are told apart.
pub static RELEASE: LazyLock<String> = LazyLock::new(|| {
    let binary = std::env::current_exe().and_then(std::fs::metadata);
    let made = binary.and_then(|file| Ok((file.len(), file.modified()?)));
    let made = made.ok().and_then(|(size, at)| Some((size, at.duration_since(UNIX_EPOCH).ok()?.as_secs())));
    format!("{COMMIT} {made:?}")
});
