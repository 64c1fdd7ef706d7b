//! A wire between the shop and a server that can be cut and mended.

use std::sync::Arc;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
};

/// Forwards connections to a server while it is up.
pub struct Proxy {
    /// Address of the server through the wire.
    pub url: String,
    is_up: Arc<watch::Sender<bool>>,
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
        let is_up = Arc::new(watch::Sender::new(true));
        tokio::spawn(forward(listener, target, Arc::clone(&is_up)));
        Self { url: url(port), is_up }
    }

    /// Breaks every connection and refuses new ones.
    pub fn cut(&self) {
        self.is_up.send_replace(false);
    }

    pub fn mend(&self) {
        self.is_up.send_replace(true);
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

async fn forward(listener: TcpListener, target: Target, is_up: Arc<watch::Sender<bool>>) {
    while let Ok((client, _)) = listener.accept().await {
        let (target, mut state) = (target.clone(), is_up.subscribe());
        if !*state.borrow() {
            continue;
        }
        tokio::spawn(async move {
            tokio::select! {
                () = connect(client, target) => {}
                _ = state.wait_for(|up| !up) => {}
            }
        });
    }
}

async fn connect(mut client: TcpStream, target: Target) {
    match target {
        Target::Tcp(address) => {
            if let Ok(mut server) = TcpStream::connect(address).await {
                copy_bidirectional(&mut client, &mut server).await.ok();
            }
        }
        Target::Unix(path) => {
            if let Ok(mut server) = UnixStream::connect(path).await {
                copy_bidirectional(&mut client, &mut server).await.ok();
            }
        }
    }
}
