//! Processes: started, watched through `/proc`, and ended by their number, whatever happens.

use std::{
    fs,
    io::Read,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use serde::Serialize;

use crate::statistics::real;

/// The clock of `/proc/PID/stat`: Linux shows times in hundredths of a second on every architecture that Debian has.
const TICK_US: f64 = 10_000.0;
/// A server that has not ended in this time after the signal is killed.
const PATIENCE: Duration = Duration::from_secs(8);

/// What runs now and must not outlive the benchmark.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// A child process; ended when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_owned();
        let child =
            command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start {}", program.display()))?;
        running(|pids| pids.push(child.id()));
        Ok(Self { child })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it as the kernel or the power would.
    pub fn kill(mut self) -> anyhow::Result<ExitStatus> {
        self.child.kill()?;
        Ok(self.child.wait()?)
    }

    /// What it writes until it ends, and whether it ended well.
    pub fn output(mut self) -> anyhow::Result<(String, bool)> {
        let mut text = String::new();
        if let Some(mut out) = self.child.stdout.take() {
            out.read_to_string(&mut text)?;
        }
        Ok((text, self.child.wait()?.success()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let start = Instant::now();
        if !self.has_ended() {
            signal("TERM", self.pid());
        }
        while !self.has_ended() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
        if !self.has_ended() {
            self.child.kill().ok();
            self.child.wait().ok();
        }
        running(|pids| pids.retain(|pid| *pid != self.pid()));
    }
}

/// Ends all that still runs, for a way out that drops nothing.
pub fn stop_all() {
    let pids = running(|pids| pids.clone());
    for pid in &pids {
        signal("TERM", *pid);
    }
    let start = Instant::now();
    while pids.iter().any(|pid| is_alive(*pid)) && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
    }
    for pid in pids.into_iter().filter(|pid| is_alive(*pid)) {
        signal("KILL", pid);
    }
}

fn running<T>(change: impl FnOnce(&mut Vec<u32>) -> T) -> T {
    change(&mut RUNNING.lock().unwrap_or_else(PoisonError::into_inner))
}

fn signal(name: &str, pid: u32) {
    Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).stderr(Stdio::null()).status().ok();
}

/// A process that ended and was not waited for yet is a zombie.
fn is_alive(pid: u32) -> bool {
    stat(pid).is_ok_and(|fields| fields.first().is_some_and(|state| state != "Z"))
}

/// The processes whose time is taken.
#[derive(Clone, Debug)]
pub struct Watched {
    pub server: Vec<u32>,
    pub mariadb: u32,
    pub redis: u32,
}

/// Processor time in microseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cpu {
    pub server: f64,
    pub mariadb: f64,
    pub redis: f64,
}

impl Watched {
    /// What they have used so far.
    pub fn cpu(&self) -> anyhow::Result<Cpu> {
        Ok(Cpu {
            server: cpu_time(&self.server)?,
            mariadb: cpu_time(&[self.mariadb])?,
            redis: cpu_time(&[self.redis])?,
        })
    }

    /// What each of so many requests since then has cost.
    pub fn cpu_of_each(&self, before: Cpu, requests: f64) -> anyhow::Result<Cpu> {
        let now = self.cpu()?;
        Ok(Cpu {
            server: (now.server - before.server) / requests,
            mariadb: (now.mariadb - before.mariadb) / requests,
            redis: (now.redis - before.redis) / requests,
        })
    }
}

/// Time that these processes have used in user and kernel mode, in microseconds.
fn cpu_time(pids: &[u32]) -> anyhow::Result<f64> {
    let mut ticks = 0;
    for pid in pids {
        let fields = stat(*pid)?;
        for at in [11, 12] {
            ticks += fields.get(at).and_then(|field| field.parse::<u32>().ok()).context("an odd /proc/PID/stat")?;
        }
    }
    Ok(TICK_US * f64::from(ticks))
}

/// The fields of `/proc/PID/stat` after the name, which may hold spaces.
fn stat(pid: u32) -> anyhow::Result<Vec<String>> {
    let path = format!("/proc/{pid}/stat");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let (_, fields) = text.rsplit_once(')').with_context(|| format!("{path} is odd"))?;
    Ok(fields.split_whitespace().map(str::to_owned).collect())
}

/// Memory of a process that is in RAM, in MiB.
pub fn resident_mib(pid: u32) -> anyhow::Result<f64> {
    let path = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).with_context(|| format!("{path} is odd"))?;
    let kib: u32 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(f64::from(kib) / 1024.0)
}

/// The processes that a process has started.
pub fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    text.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// The share of all processor time that the machine spends while the benchmark waits.
pub async fn other_work() -> anyhow::Result<f64> {
    let before = machine_time()?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = machine_time()?;
    Ok(real(after.busy - before.busy) / real((after.all - before.all).max(1)))
}

struct MachineTime {
    busy: u64,
    all: u64,
}

/// The first line of `/proc/stat`: user, nice, system, idle, waiting for disks, interrupts, and what other guests take.
fn machine_time() -> anyhow::Result<MachineTime> {
    let text = fs::read_to_string("/proc/stat").context("cannot read /proc/stat")?;
    let line = text.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = line.split_whitespace().skip(1).take(8).filter_map(|field| field.parse().ok()).collect();
    anyhow::ensure!(ticks.len() == 8, "/proc/stat is odd");
    let all: u64 = ticks.iter().sum();
    Ok(MachineTime { busy: all - ticks[3] - ticks[4], all })
}

/// What a process calls itself.
pub fn command_line(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default()
}

/// Whether a program is installed, where people's shells and Debian's services look.
pub fn is_installed(program: &str) -> bool {
    ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        .iter()
        .any(|folder| std::path::Path::new(folder).join(program).exists())
}

/// A port that nobody listens on now.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
