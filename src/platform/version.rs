//! What was built, from what, when.

pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The commit, or `unknown` when it was built outside a checkout.
pub const COMMIT: &str = env!("BUILD_COMMIT");
/// Time of the commit that it was built from, so that equal sources give equal binaries.
pub const BUILT: &str = env!("BUILD_TIME");
