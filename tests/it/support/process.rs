//! The real binary, served on a port of its own, and a client that speaks just enough HTTP to it.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{TestDatabase, logs, redis_url};

/// A running `marquee serve` or `marquee worker`; killed when dropped.
pub struct Process {
    child: Child,
    pub port: u16,
    log_dir: std::path::PathBuf,
}

impl Process {
    pub async fn start(database: &TestDatabase) -> Self {
        Self::start_with(database, &[]).await
    }

    /// With these settings of the environment.
    pub async fn start_with(database: &TestDatabase, vars: &[(&str, &str)]) -> Self {
        let process = Self::spawn(database, &["serve"], vars);
        process.until_answer("/readyz").await;
        process
    }

    /// A `marquee serve` that is not waited for.
    pub fn opening(database: &TestDatabase) -> Self {
        Self::spawn(database, &["serve"], &[])
    }

    /// A running `marquee worker`.
    pub fn worker(database: &TestDatabase, args: &[&str]) -> Self {
        Self::worker_with(database, args, &[])
    }

    /// With these settings of the environment.
    pub fn worker_with(database: &TestDatabase, args: &[&str], vars: &[(&str, &str)]) -> Self {
        Self::spawn(database, &[&["worker"], args].concat(), vars)
    }

    fn spawn(database: &TestDatabase, args: &[&str], vars: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = logs::folder().unwrap_or_else(std::env::temp_dir);
        let log_dir = folder.join(format!("marquee-test-{port}-{}", std::process::id()));
        let child = Command::new(env!("CARGO_BIN_EXE_marquee"))
            .args(args)
            .env("PORT", port.to_string())
            .env("DATABASE_URL", &database.url)
            .env("REDIS_URL", redis_url())
            .env("MARQUEE_REDIS_PREFIX", &database.name)
            .env("MARQUEE_ENV", "test")
            .env("MARQUEE_BASE_URL", format!("http://127.0.0.1:{port}"))
            .env("MARQUEE_LOG_DIR", &log_dir)
            .envs(vars.iter().copied())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, port, log_dir }
    }

    /// Waits until a page is there.
    pub async fn until_answer(&self, path: &str) {
        let start = Instant::now();
        loop {
            let answer = self.request("GET", path, "", "").await;
            if answer.as_ref().is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no {path}: {answer:?}\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The whole answer as text, or nothing when the connection broke.
    pub async fn request(&self, method: &str, path: &str, cookie: &str, form: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.port,
            form.len()
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).into_owned())
    }

    /// The most memory that it has held so far, in MiB.
    pub fn peak_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// As the kernel or the power would end it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does, and waits for the exit.
    pub fn terminate(&mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// Everything that it has logged to its file; of one that still runs the last lines are missing for a moment.
    pub fn log(&self) -> String {
        let files = std::fs::read_dir(&self.log_dir).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| !path.is_symlink()).map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if logs::folder().is_none() {
            std::fs::remove_dir_all(&self.log_dir).ok();
        }
    }
}
