//! A visitor: just enough of HTTP/1.1 over one kept connection, with cookies.

use std::{collections::BTreeMap, time::Duration};

use anyhow::Context as _;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

const TIME_LIMIT: Duration = Duration::from_secs(30);

/// An answer with its body as it was sent, encoding included.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name, written in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of a hidden field of the page.
    pub fn field(&self, name: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }

    pub fn timing(&self) -> Timing {
        self.header("server-timing").map(Timing::parse).unwrap_or_default()
    }
}

/// What `Server-Timing` says of an answer.
#[derive(Clone, Debug, Default)]
pub struct Timing {
    pub statements: u32,
    /// `hit`, `stale`, `miss` or `off`; empty when the shop does not say.
    pub cache: String,
    pub db_ms: f64,
    pub app_ms: f64,
}

impl Timing {
    fn parse(text: &str) -> Self {
        let mut timing = Self::default();
        for entry in text.split(", ") {
            let mut parts = entry.split(';');
            let name = parts.next().unwrap_or_default();
            for (key, value) in parts.filter_map(|part| part.split_once('=')) {
                let value = value.trim_matches('"');
                match (name, key) {
                    ("db", "desc") => timing.statements = value.parse().unwrap_or_default(),
                    ("db", "dur") => timing.db_ms = value.parse().unwrap_or_default(),
                    ("cache", "desc") => value.clone_into(&mut timing.cache),
                    ("app", "dur") => timing.app_ms = value.parse().unwrap_or_default(),
                    _ => {}
                }
            }
        }
        timing
    }
}

/// Somebody with a browser, new to the shop.
pub struct Visitor {
    stream: BufReader<TcpStream>,
    host: String,
    pub cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub async fn arrive(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: format!("127.0.0.1:{port}"), cookies: BTreeMap::new() })
    }

    /// Asks for the shop by the name of another of its nodes.
    pub fn known_as(mut self, port: u16) -> Self {
        self.host = format!("127.0.0.1:{port}");
        self
    }

    pub async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> anyhow::Result<Answer> {
        self.send("GET", path, headers, "").await
    }

    /// Sends a form of the shop's own page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")];
        self.send("POST", path, &headers, &form).await
    }

    async fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], form: &str) -> anyhow::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        request += &format!("Content-Length: {}\r\n\r\n{form}", form.len());
        let exchange = async {
            self.stream.get_mut().write_all(request.as_bytes()).await?;
            self.read_answer().await
        };
        let answer = timeout(TIME_LIMIT, exchange).await.with_context(|| format!("{method} {path} hangs"))??;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    async fn read_answer(&mut self) -> anyhow::Result<Answer> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status line")?;
        let mut answer = Answer { status, ..Answer::default() };
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        answer.body = self.read_body(&answer).await?;
        Ok(answer)
    }

    async fn read_body(&mut self, answer: &Answer) -> anyhow::Result<Vec<u8>> {
        if answer.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
            return self.read_chunks().await;
        }
        let length = answer.header("content-length").map_or(Ok(0), str::parse)?;
        self.exactly(length).await
    }

    async fn read_chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.line().await?, 16).context("an odd chunk")?;
            body.extend(self.exactly(size).await?);
            self.line().await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> anyhow::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await?;
        anyhow::ensure!(read > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, rest)) = value.split_once('=') else { continue };
            let content = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), content.to_owned());
            }
        }
    }
}
