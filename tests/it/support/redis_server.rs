//! A Redis of one test, which it may kill.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use marquee::platform::{ids, redis::Redis};

/// A running `redis-server` that keeps nothing on disk; killed when dropped.
pub struct RedisServer {
    folder: PathBuf,
    child: Child,
}

impl RedisServer {
    pub async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("marquee-redis-{}", ids::request_id()));
        std::fs::create_dir(&folder).unwrap();
        let child = run(&folder);
        let server = Self { folder, child };
        server.wait_until_ready().await;
        server
    }

    pub fn url(&self) -> String {
        format!("unix://{}", self.folder.join("redis.sock").display())
    }

    /// Ends it at once, with all that it knew.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again, empty.
    pub async fn revive(&mut self) {
        self.child = run(&self.folder);
        self.wait_until_ready().await;
    }

    async fn wait_until_ready(&self) {
        let ready = tokio::time::timeout(Duration::from_secs(10), async {
            while Redis::new(&self.url(), "test").unwrap().ping().await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        ready.await.expect("redis-server answers");
    }
}

fn run(folder: &std::path::Path) -> Child {
    Command::new("redis-server")
        .args(["--port", "0", "--save", "", "--unixsocket"])
        .arg(folder.join("redis.sock"))
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is installed")
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
