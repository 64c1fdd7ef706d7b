//! Parts of a machine that a test may spoil: a certificate, a small disk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use marquee::platform::ids;

/// A certificate of its own making, as the web server would have it.
pub struct TestCertificate {
    folder: PathBuf,
    path: PathBuf,
}

impl TestCertificate {
    /// Good for so many days from now; with -1 it ran out a day ago.
    pub fn good_for(days: i32) -> Self {
        let folder = std::env::temp_dir().join(format!("marquee-certificate-{}", ids::request_id()));
        fs::create_dir(&folder).unwrap();
        let (key, request, path) = (folder.join("key.pem"), folder.join("request.pem"), folder.join("chain.pem"));
        let new = "req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=shop.test";
        openssl(new, &[("-keyout", &key), ("-out", &request)]);
        openssl(&format!("x509 -req -days {days}"), &[("-in", &request), ("-signkey", &key), ("-out", &path)]);
        Self { folder, path }
    }

    pub fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

impl Drop for TestCertificate {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn openssl(command: &str, files: &[(&str, &Path)]) {
    let files = files.iter().flat_map(|(name, path)| [name.as_ref(), path.as_os_str()]);
    let done = Command::new("openssl").args(command.split(' ')).args(files).stderr(Stdio::null()).status();
    assert!(done.unwrap().success(), "openssl {command}");
}

/// A disk of 64 MiB with so much left on it; gone when dropped. It takes the right to mount.
pub struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// None where nothing can be mounted.
    pub fn with_room(kib: usize) -> Option<Self> {
        const KIB: usize = 64 << 10;
        let folder = std::env::temp_dir().join(format!("marquee-disk-{}", ids::request_id()));
        fs::create_dir(&folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={KIB}k"), "tmpfs"]).arg(&folder);
        let mounted = mount.stderr(Stdio::null()).status();
        if !mounted.is_ok_and(|status| status.success()) {
            fs::remove_dir(&folder).ok();
            return None;
        }
        // Until the disk takes no more.
        fs::write(folder.join("filling"), vec![0; (KIB - kib) << 10]).ok();
        Some(Self { folder })
    }

    pub fn path(&self) -> &str {
        self.folder.to_str().unwrap()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.folder).status().ok();
        fs::remove_dir(&self.folder).ok();
    }
}
