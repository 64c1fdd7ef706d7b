//! Answering on threads that have each a loop of their own.
//!
//! A connection stays with the thread that it was given to, and so do the tasks, the database connections and the Redis
//! connection that its requests use. No thread wakes another for each small step of a request, which a runtime shared by
//! all does, and what many requests of a thread write to Redis goes out together.

use std::{
    convert::Infallible,
    future::Future,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    thread,
    time::Duration,
};

use axum::{
    ServiceExt,
    extract::Request,
    http::{HeaderValue, header::CONNECTION},
    response::Response,
    serve::{Listener, ListenerExt},
};
use futures_util::{
    TryFutureExt,
    future::{BoxFuture, Either},
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::{mpsc, oneshot, watch},
};
use tower::Service;

/// Where a thread is handed what it answers.
type Connections = mpsc::UnboundedSender<std::net::TcpStream>;
/// How a thread ended.
type Ended = oneshot::Receiver<io::Result<()>>;

/// Serves each connection by one of `services`, in turn, each of which has a thread. When told to stop it takes no more
/// connections, answers on those that there are for as long as `linger`, saying with each answer that it was the last
/// one, and ends when every request under way is answered.
pub async fn serve<S, F>(
    listener: TcpListener,
    services: Vec<S>,
    mut stopped: watch::Receiver<bool>,
    linger: Duration,
) -> io::Result<()>
where
    S: Service<Request, Response = Response, Error = Infallible, Future = F> + Clone + Send + 'static,
    F: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    let address = listener.local_addr()?;
    let is_leaving = Arc::new(AtomicBool::new(false));
    let (threads, ended): (Vec<_>, Vec<_>) = services
        .into_iter()
        .map(|service| start(Parting { service, is_leaving: Arc::clone(&is_leaving) }, address))
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .unzip();
    let mut turns = threads.iter().cycle();
    hand_out(listener, &mut turns, &mut stopped).await?;
    is_leaving.store(true, Ordering::Relaxed);
    tokio::time::sleep(linger).await;
    drop(threads);
    for thread in ended {
        thread.await.map_err(io::Error::other)??;
    }
    Ok(())
}

/// Until told to stop; those who knocked before that are let in.
async fn hand_out(
    mut listener: TcpListener,
    threads: &mut impl Iterator<Item = &Connections>,
    stopped: &mut watch::Receiver<bool>,
) -> io::Result<()> {
    let mut hand = |stream: std::net::TcpStream| threads.next().map(|thread| thread.send(stream));
    loop {
        let (stream, _) = tokio::select! {
            connection = Listener::accept(&mut listener) => connection,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        // Only a connection that is free of this runtime can belong to another; one for which that fails is closed.
        if let Ok(stream) = stream.into_std() {
            hand(stream);
        }
    }
    let listener = listener.into_std()?;
    while let Ok((stream, _)) = listener.accept() {
        stream.set_nonblocking(true)?;
        hand(stream);
    }
    Ok(())
}

/// What answers, and says goodbye when the process is leaving: whoever keeps the connection then sends the next request
/// over another one instead of into one that is about to close.
#[derive(Clone)]
struct Parting<S> {
    service: S,
    is_leaving: Arc<AtomicBool>,
}

impl<S, F> Service<Request> for Parting<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future = F>,
    F: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<F, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answer = self.service.call(request);
        if !self.is_leaving.load(Ordering::Relaxed) {
            return Either::Left(answer);
        }
        Either::Right(Box::pin(answer.map_ok(|mut response| {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        })))
    }
}

/// The thread is nobody's: a process that ends does not wait for a request that never will.
fn start<S, F>(service: S, address: SocketAddr) -> io::Result<(Connections, Ended)>
where
    S: Service<Request, Response = Response, Error = Infallible, Future = F> + Clone + Send + 'static,
    F: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    let (connections, handed) = mpsc::unbounded_channel();
    let (tell, ended) = oneshot::channel();
    thread::Builder::new().name("answering".to_owned()).spawn(move || {
        // Nobody asks any more when the process is about to end.
        tell.send(answer(handed, address, service)).ok();
    })?;
    Ok((connections, ended))
}

/// Until no more connections come and every request under way is answered.
fn answer<S, F>(
    connections: mpsc::UnboundedReceiver<std::net::TcpStream>,
    address: SocketAddr,
    service: S,
) -> io::Result<()>
where
    S: Service<Request, Response = Response, Error = Infallible, Future = F> + Clone + Send + 'static,
    F: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    let (last, was_last) = oneshot::channel();
    let handed = Handed { connections, address, last: Some(last) }.tap_io(|stream| {
        // An answer is written at once; there is nothing to gather.
        stream.set_nodelay(true).ok();
    });
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        axum::serve(handed, service.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(async move {
                was_last.await.ok();
            })
            .await
    })
}

/// The connections that a thread is handed.
struct Handed {
    connections: mpsc::UnboundedReceiver<std::net::TcpStream>,
    address: SocketAddr,
    /// Dropped when there are no more.
    last: Option<oneshot::Sender<()>>,
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
        self.last = None;
        std::future::pending().await
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
