//! Load by `wrk`, whose scripts are written for each run.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context as _;

use crate::{
    process::{Cpu, Process, Watched},
    statistics::real,
};

/// Who asks for what.
#[derive(Clone, Debug)]
pub struct Load {
    pub port: u16,
    /// Asked for in turn.
    pub paths: Vec<String>,
    pub headers: Vec<(&'static str, String)>,
    pub connections: u32,
    /// Mean pause of a visitor between an answer and the next request, in milliseconds; without it there is none.
    pub think_ms: Option<f64>,
}

/// As many connections keep two cores busy with the cheapest answers.
pub const CROWD: u32 = 32;

impl Load {
    pub fn crowd(port: u16, paths: Vec<String>) -> Self {
        Self { port, paths, headers: Vec::new(), connections: CROWD, think_ms: None }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn by(mut self, connections: u32) -> Self {
        self.connections = connections;
        self
    }
}

/// One run of one case.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub per_second: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    /// By request.
    pub cpu: Cpu,
}

/// Lets the load run, and takes the processor time that it cost.
pub fn run(folder: &Path, load: &Load, watched: &Watched, seconds: u32) -> anyhow::Result<Sample> {
    let script = folder.join("wrk.lua");
    fs::write(&script, lua(load)).context("cannot write the script of wrk")?;
    let before = watched.cpu()?;
    let figures = tokio::task::block_in_place(|| wrk(load, &script, seconds))?;
    let cpu = watched.cpu_of_each(before, figures.requests)?;
    Ok(Sample {
        per_second: figures.requests / figures.seconds,
        p50_ms: figures.p50_us / 1e3,
        p95_ms: figures.p95_us / 1e3,
        p99_ms: figures.p99_us / 1e3,
        cpu,
    })
}

struct Figures {
    requests: f64,
    seconds: f64,
    p50_us: f64,
    p95_us: f64,
    p99_us: f64,
}

fn wrk(load: &Load, script: &Path, seconds: u32) -> anyhow::Result<Figures> {
    let threads = load.connections.min(2).to_string();
    let mut command = Command::new("wrk");
    command.args(["-t", &threads, "-c", &load.connections.to_string(), "-d", &format!("{seconds}s"), "-s"]);
    command.arg(script).arg(format!("http://127.0.0.1:{}", load.port));
    let (text, is_well) = Process::start(command.stdout(Stdio::piped()))?.output()?;
    anyhow::ensure!(is_well, "wrk failed: {text}");
    parse(&text)
}

/// Reads the line that the script writes at the end.
fn parse(text: &str) -> anyhow::Result<Figures> {
    let line = text.lines().find_map(|line| line.strip_prefix("figures ")).context("wrk gave no figures")?;
    let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>().context("odd figures of wrk")?;
    let [requests, micros, p50, p95, p99, broken, refused] = numbers[..] else {
        anyhow::bail!("wrk gave {} figures", numbers.len());
    };
    anyhow::ensure!(requests > 0, "nothing was answered");
    anyhow::ensure!(broken + refused == 0, "{broken} broken and {refused} refused of {requests} requests");
    Ok(Figures {
        requests: real(requests),
        seconds: real(micros) / 1e6,
        p50_us: real(p50),
        p95_us: real(p95),
        p99_us: real(p99),
    })
}

/// Requests are put together once, so that sending one costs the generator as little as may be.
fn lua(load: &Load) -> String {
    let mut script = "local requests, at = {}, 0\nfunction init()\n".to_owned();
    for (name, value) in &load.headers {
        let _ = writeln!(script, "  wrk.headers[{}] = {}", quoted(name), quoted(value));
    }
    for path in &load.paths {
        let _ = writeln!(script, "  requests[#requests + 1] = wrk.format('GET', {})", quoted(path));
    }
    script.push_str("end\nfunction request()\n  at = at % #requests + 1\n  return requests[at]\nend\n");
    if let Some(mean) = load.think_ms {
        // Pauses spread like this make requests of many visitors arrive independently of each other.
        let _ =
            writeln!(script, "function delay()\n  return math.floor(0.5 - math.log(1 - math.random()) * {mean})\nend");
    }
    script.push_str(
        "function done(summary, latency)\n  local errors = summary.errors\n  \
         local broken = errors.connect + errors.read + errors.write + errors.timeout\n  \
         io.write(string.format('figures %d %d %d %d %d %d %d\\n', summary.requests, summary.duration, \
         latency:percentile(50), latency:percentile(95), latency:percentile(99), broken, errors.status))\nend\n",
    );
    script
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
