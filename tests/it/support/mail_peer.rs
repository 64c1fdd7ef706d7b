//! A mail server of somebody else's making: Debian's aiosmtpd, which reads what it gets with Python's mail library.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use marquee::platform::ids;
use serde::Deserialize;
use serde_json::{Value, json};

/// A mail as the server read it.
#[derive(Clone, Debug, Deserialize)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub subject: String,
    pub message_id: String,
    pub headers: BTreeMap<String, String>,
    pub text: String,
    pub html: String,
    pub defects: Vec<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub longest_line: usize,
    pub encrypted: bool,
}

/// The server; its mails outlive it, and so does its port.
pub struct MailPeer {
    child: Option<Child>,
    pub port: u16,
    folder: PathBuf,
}

impl MailPeer {
    /// A port for a server that does not run yet.
    pub fn stopped() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("marquee-mail-{}", ids::request_id()));
        fs::create_dir_all(folder.join("mails")).unwrap();
        Self { child: None, port, folder }
    }

    /// A running server with these options of `mail_peer.py`.
    pub fn running(options: &Value) -> Self {
        let mut peer = Self::stopped();
        peer.start(options);
        peer
    }

    pub fn start(&mut self, options: &Value) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/mail_peer.py");
        // Not any python of the path: aiosmtpd is Debian's.
        let mut child = Command::new("/usr/bin/python3")
            .args([script, &self.port.to_string()])
            .arg(self.folder.join("mails"))
            .arg(options.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Debian's python3 with python3-aiosmtpd");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "the mail server did not start: is python3-aiosmtpd installed?");
        self.child = Some(child);
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The options of a server under TLS, and the file of the authority that its certificate is from.
    pub fn tls(&self, how: &str) -> (Value, String) {
        let path = |name: &str| self.folder.join(name).display().to_string();
        let (authority, request) = (path("authority.pem"), path("request.pem"));
        let (key, cert, names) = (path("key.pem"), path("cert.pem"), path("names"));
        let authority_key = path("authority-key.pem");
        fs::write(&names, "subjectAltName=DNS:localhost,IP:127.0.0.1\n").unwrap();
        openssl(
            &["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority"],
            &[("-keyout", &authority_key), ("-out", &authority)],
        );
        openssl(
            &["req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"],
            &[("-keyout", &key), ("-out", &request)],
        );
        openssl(
            &["x509", "-req", "-days", "2", "-CAcreateserial"],
            &[
                ("-in", &request),
                ("-CA", &authority),
                ("-CAkey", &authority_key),
                ("-extfile", &names),
                ("-out", &cert),
            ],
        );
        (json!({ "tls": how, "cert": cert, "key": key }), authority)
    }

    /// What has come so far, in the order in which it came.
    pub fn received(&self) -> Vec<Received> {
        let files = fs::read_dir(self.folder.join("mails")).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ext| ext == "json")).collect();
        files.sort();
        files.iter().map(|path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).collect()
    }

    /// Waits until so many mails have come.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let start = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(start.elapsed() < Duration::from_mins(1), "{} of {count} mails came", received.len());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for MailPeer {
    fn drop(&mut self) {
        self.stop();
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn openssl(command: &[&str], files: &[(&str, &String)]) {
    let files = files.iter().flat_map(|(option, path)| [*option, path.as_str()]);
    let done = Command::new("openssl").args(command).args(files).stderr(Stdio::null()).status();
    assert!(done.expect("openssl").success(), "openssl {command:?}");
}
