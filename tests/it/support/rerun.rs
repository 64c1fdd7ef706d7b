//! This program once more, as a process that can be killed: it runs one function of it, which is no test.

use std::{
    env,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use super::{TestApp, TestDatabase};

/// Names the database for the function.
const ADDRESS: &str = "MARQUEE_RERUN_DATABASE";

/// Killed when dropped, as the kernel or the power would end it.
pub struct Rerun(Child);

impl Rerun {
    /// Runs the ignored test of this name.
    pub fn start(name: &str, database: &TestDatabase) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([name, "--exact", "--ignored"]).env(ADDRESS, &database.url);
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// In the process that was started so: the shop of whoever has started it.
    pub fn shop() -> Option<TestApp> {
        let url = env::var(ADDRESS).ok()?;
        Some(TestApp::on(Arc::new(TestDatabase::of_another(&url)), &[]))
    }
}

impl Drop for Rerun {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
