//! The socket that the shop is asked on, and how it passes from one process to the next.
//!
//! A process that follows another one takes its place without a moment in which nobody listens: both have the socket, the
//! new one begins to take visitors when it has shown that it can answer, and only then the old one is told to stop.

use std::{io, net::SocketAddr, time::Duration};

use listenfd::ListenFd;
use tokio::net::{TcpListener, TcpSocket};

/// How many connections the kernel keeps for a process that is busy.
const BACKLOG: u32 = 1024;
/// Longer than a proxy keeps an idle connection (`keepalive_timeout` of the shop's site): none is closed under a request
/// that is on its way.
const LINGER: Duration = Duration::from_secs(5);

/// How this process comes by its socket.
pub enum Socket {
    /// It is this process's alone.
    Own(TcpListener),
    /// A service manager holds it and passes it to one process after the other.
    Inherited(std::net::TcpListener),
    /// Another process of the shop may have it too (`SO_REUSEPORT`): the kernel shares the connections out.
    Shared(SocketAddr),
}

impl Socket {
    /// The one that was passed to this process, or else the one at `address`.
    pub async fn find(address: SocketAddr, is_shared: bool) -> io::Result<Self> {
        if let Some(listener) = ListenFd::from_env().take_tcp_listener(0)? {
            listener.set_nonblocking(true)?;
            return Ok(Self::Inherited(listener));
        }
        if is_shared {
            return Ok(Self::Shared(address));
        }
        TcpListener::bind(address).await.map(Self::Own)
    }

    /// Whether another process may answer until this one is ready, and after this one was told to stop.
    pub fn is_passed_on(&self) -> bool {
        !matches!(self, Self::Own(_))
    }

    /// For how long a process that was told to stop goes on answering on the connections that it has.
    pub fn linger(&self) -> Duration {
        if self.is_passed_on() { LINGER } else { Duration::ZERO }
    }

    /// From here on visitors come.
    pub fn open(self) -> io::Result<TcpListener> {
        match self {
            Self::Own(listener) => Ok(listener),
            Self::Inherited(listener) => TcpListener::from_std(listener),
            Self::Shared(address) => {
                let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
                socket.set_reuseaddr(true)?;
                socket.set_reuseport(true)?;
                socket.bind(address)?;
                socket.listen(BACKLOG)
            }
        }
    }
}
