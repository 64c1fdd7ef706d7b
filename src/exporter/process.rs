//! The process as the kernel sees it.

use std::{fs, sync::LazyLock};

use crate::platform::{
    clock,
    metrics::{Kind, Text, seconds},
};

/// Microseconds of a tick, of which Linux counts a hundred a second.
const TICK: u64 = 10_000;

/// When somebody first asked for it, which the process does as it starts.
static STARTED: LazyLock<i64> = LazyLock::new(|| clock::now().unix_timestamp());

/// The names are those that every Prometheus client uses.
pub(super) fn write(text: &mut Text) {
    text.single(("process_start_time_seconds", Kind::Gauge, "When the process began, since 1970."), *STARTED);
    if let Some(bytes) = memory() {
        text.single(("process_resident_memory_bytes", Kind::Gauge, "Memory that the process holds."), bytes);
    }
    if let Some(micros) = processor_time() {
        text.single(("process_cpu_seconds_total", Kind::Counter, "Time on the processors."), seconds(micros));
    }
    if let Ok(files) = fs::read_dir("/proc/self/fd") {
        text.single(("process_open_fds", Kind::Gauge, "Open files and connections."), files.count());
    }
}

/// Remembers that the process begins now.
pub(super) fn begin() {
    LazyLock::force(&STARTED);
}

fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}

fn processor_time() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // What stands before is the name, in which there may be spaces.
    let (_, behind) = stat.rsplit_once(") ")?;
    let ticks: Vec<u64> = behind.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    Some(ticks.iter().sum::<u64>() * TICK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_is_understood() {
        assert!(memory().is_some_and(|bytes| bytes > 1 << 20));
        let mut text = Text::default();
        write(&mut text);
        let text = text.finish();
        for name in ["process_start_time_seconds ", "process_resident_memory_bytes ", "process_open_fds "] {
            assert!(text.contains(&format!("\n{name}")), "{text}");
        }
        assert!(processor_time().is_some());
    }
}
