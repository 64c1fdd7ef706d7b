//! Answering on threads that have each a loop of their own.
//!
//! A connection stays with the thread that it was given to, and so do the tasks, the database connections and the Redis
//! connection that its requests use. No thread wakes another for each small step of a request, which a runtime shared by
//! all does, and what many requests of a thread write to Redis goes out together.

use std::{future::Future, io, net::SocketAddr};

use axum::{
    ServiceExt,
    extract::Request,
    response::Response,
    serve::{Listener, ListenerExt},
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::{mpsc, watch},
    task::{JoinHandle, spawn_blocking},
};
use tower::Service;

/// A thread that answers the connections it is handed.
struct Answering {
    connections: mpsc::UnboundedSender<std::net::TcpStream>,
    ended: JoinHandle<io::Result<()>>,
}

/// Serves each connection by one of `services`, in turn, each of which has a thread. Ends when told to stop and every
/// request under way is answered.
pub async fn serve<S, F>(listener: TcpListener, services: Vec<S>, stopped: watch::Receiver<bool>) -> io::Result<()>
where
    S: Service<Request, Response = Response, Error = std::convert::Infallible, Future = F> + Clone + Send + 'static,
    F: Future<Output = Result<Response, std::convert::Infallible>> + Send + 'static,
{
    let address = listener.local_addr()?;
    let threads: Vec<_> =
        services.into_iter().map(|service| Answering::start(service, address, stopped.clone())).collect();
    hand_out(listener, &threads, stopped).await;
    for thread in threads {
        drop(thread.connections);
        thread.ended.await??;
    }
    Ok(())
}

/// Until told to stop.
async fn hand_out(mut listener: TcpListener, threads: &[Answering], mut stopped: watch::Receiver<bool>) {
    let mut turns = threads.iter().cycle();
    loop {
        let (stream, _) = tokio::select! {
            connection = Listener::accept(&mut listener) => connection,
            _ = stopped.wait_for(|stop| *stop) => return,
        };
        // Only a connection that is free of this runtime can belong to another; one for which that fails is closed.
        if let (Ok(stream), Some(thread)) = (stream.into_std(), turns.next()) {
            thread.connections.send(stream).ok();
        }
    }
}

impl Answering {
    fn start<S, F>(service: S, address: SocketAddr, mut stopped: watch::Receiver<bool>) -> Self
    where
        S: Service<Request, Response = Response, Error = std::convert::Infallible, Future = F> + Clone + Send + 'static,
        F: Future<Output = Result<Response, std::convert::Infallible>> + Send + 'static,
    {
        let (connections, handed) = mpsc::unbounded_channel();
        let handed = Handed { connections: handed, address }.tap_io(|stream| {
            // An answer is written at once; there is nothing to gather.
            stream.set_nodelay(true).ok();
        });
        let ended = spawn_blocking(move || {
            runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                axum::serve(handed, service.into_make_service_with_connect_info::<SocketAddr>())
                    .with_graceful_shutdown(async move {
                        stopped.wait_for(|stop| *stop).await.ok();
                    })
                    .await
            })
        });
        Self { connections, ended }
    }
}

/// The connections that a thread is handed.
struct Handed {
    connections: mpsc::UnboundedReceiver<std::net::TcpStream>,
    address: SocketAddr,
}

impl Listener for Handed {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        while let Some(stream) = self.connections.recv().await {
            // Either fails when the other side has gone already.
            if let Ok(peer) = stream.peer_addr()
                && let Ok(stream) = TcpStream::from_std(stream)
            {
                return (stream, peer);
            }
        }
        std::future::pending().await
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
