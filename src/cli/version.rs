//! `marquee version`

use std::process::ExitCode;

use crate::platform::version::{BUILT, COMMIT, VERSION};

pub(super) fn run() -> ExitCode {
    println!("marquee {VERSION} ({COMMIT}, {BUILT})");
    ExitCode::SUCCESS
}
