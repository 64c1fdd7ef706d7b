//! A wire between the shop and a server that can be cut and mended, and made long.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

/// Forwards connections to a server while it is up.
pub struct Proxy {
    /// Address of the server through the wire.
    pub url: String,
    wire: Arc<Wire>,
}

struct Wire {
    is_up: watch::Sender<bool>,
    /// How long an answer is on its way.
    delay: watch::Sender<Duration>,
    /// Pieces that the shop has sent; a call is one.
    calls: AtomicUsize,
}

impl Proxy {
    /// A wire to the database server of this address.
    pub async fn new(url: &str) -> Self {
        Self::laid(Target::of(url), |port| through(url, port)).await
    }

    /// A wire to the Redis of this address.
    pub async fn to_redis(url: &str) -> Self {
        let target = match url.split_once("://").unwrap() {
            ("unix" | "redis+unix", path) => {
                Target::Unix(form_urlencoded::parse(format!("p={path}").as_bytes()).next().unwrap().1.into_owned())
            }
            (_, host) => Target::Tcp(host.split('/').next().unwrap().to_owned()),
        };
        Self::laid(target, |port| format!("redis://127.0.0.1:{port}/")).await
    }

    async fn laid(target: Target, url: impl Fn(u16) -> String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is_up, delay) = (watch::Sender::new(true), watch::Sender::new(Duration::ZERO));
        let wire = Arc::new(Wire { is_up, delay, calls: AtomicUsize::new(0) });
        tokio::spawn(forward(listener, target, Arc::clone(&wire)));
        Self { url: url(port), wire }
    }

    /// Breaks every connection and refuses new ones.
    pub fn cut(&self) {
        self.wire.is_up.send_replace(false);
    }

    pub fn mend(&self) {
        self.wire.is_up.send_replace(true);
    }

    /// Every answer takes so much longer from now on, however many are under way.
    pub fn slow(&self, delay: Duration) {
        self.wire.delay.send_replace(delay);
    }

    /// How often the shop has called so far.
    pub fn calls(&self) -> usize {
        self.wire.calls.load(Ordering::Relaxed)
    }
}

#[derive(Clone)]
enum Target {
    Tcp(String),
    Unix(String),
}

impl Target {
    fn of(url: &str) -> Self {
        if let Some((_, socket)) = url.split_once("socket=") {
            return Self::Unix(form_urlencoded::parse(format!("s={socket}").as_bytes()).next().unwrap().1.into_owned());
        }
        let host = url.split_once("://").unwrap().1.rsplit_once('@').map_or("", |(_, host)| host);
        let host = host.split('/').next().unwrap();
        Self::Tcp(if host.contains(':') { host.to_owned() } else { format!("{host}:3306") })
    }
}

/// The same address with the wire's port instead of the server.
fn through(url: &str, port: u16) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (user, host) = rest.rsplit_once('@').unwrap();
    let database = host.split_once('/').unwrap().1.split('?').next().unwrap();
    format!("{scheme}://{user}@127.0.0.1:{port}/{database}")
}

async fn forward(listener: TcpListener, target: Target, wire: Arc<Wire>) {
    while let Ok((client, _)) = listener.accept().await {
        let (target, wire, mut state) = (target.clone(), Arc::clone(&wire), wire.is_up.subscribe());
        if !*state.borrow() {
            continue;
        }
        client.set_nodelay(true).unwrap();
        tokio::spawn(async move {
            tokio::select! {
                () = connect(client, target, &wire) => {}
                _ = state.wait_for(|up| !up) => {}
            }
        });
    }
}

async fn connect(client: TcpStream, target: Target, wire: &Wire) {
    match target {
        Target::Tcp(address) => {
            if let Ok(server) = TcpStream::connect(address).await {
                relay(client, server, wire).await;
            }
        }
        Target::Unix(path) => {
            if let Ok(server) = UnixStream::connect(path).await {
                relay(client, server, wire).await;
            }
        }
    }
}

/// Until one side ends.
async fn relay(client: TcpStream, server: impl AsyncRead + AsyncWrite, wire: &Wire) {
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = tokio::io::split(server);
    tokio::select! {
        () = send(from_client, to_server, wire) => {}
        () = answer(from_server, to_client, wire) => {}
    }
}

async fn send(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, wire: &Wire) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        wire.calls.fetch_add(1, Ordering::Relaxed);
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

/// Each piece arrives its delay after it was sent, so that answers under way do not hold each other up.
async fn answer(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, wire: &Wire) {
    let (sender, mut under_way) = mpsc::unbounded_channel();
    let read = async move {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            sender.send((Instant::now() + *wire.delay.borrow(), buffer[..length].to_vec())).ok();
        }
    };
    let write = async move {
        while let Some((due, piece)) = under_way.recv().await {
            sleep_until(due).await;
            if to.write_all(&piece).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(read, write);
}
