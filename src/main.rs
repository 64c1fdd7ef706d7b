//! The `marquee` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    marquee::cli::run()
}
