//! One HTTP server for all sites: HTTP/1.1 and HTTP/2, plain or TLS, with a log of what was asked.

mod answer;
mod body;
mod connection;
mod log;
mod runtime;
mod wire;

pub use answer::{Answer, Asked, Delivery};
pub use log::Log;
pub use runtime::{Stop, Stopped, runtime, stop};

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use super::LabError;
use super::faults::Faults;

/// The contents of a server. Called on a thread where blocking is allowed.
pub trait Site: Send + Sync + 'static {
    /// The answer of a server in good health.
    fn answer(&self, asked: &Asked) -> Answer;
}

impl<F: Fn(&Asked) -> Answer + Send + Sync + 'static> Site for F {
    fn answer(&self, asked: &Asked) -> Answer {
        self(asked)
    }
}

/// What becomes of a connection before any request.
#[derive(Debug, Clone, Default)]
pub enum OnAccept {
    /// It is served.
    #[default]
    Serve,
    /// It is held open and never read.
    Silence,
    /// It is closed, in order, once the peer has said something.
    Close,
    /// It is reset once the peer has said something.
    Reset,
    /// These bytes are written once the peer has said something, then it is closed.
    Say(Vec<u8>),
}

/// How a server is to be set up.
pub struct Plan {
    site: Arc<dyn Site>,
    faults: Faults,
    tls: Option<Arc<rustls::ServerConfig>>,
    on_accept: OnAccept,
}

impl Plan {
    /// A plain HTTP server of a site in good health.
    pub fn new(site: impl Site) -> Self {
        Self { site: Arc::new(site), faults: Faults::default(), tls: None, on_accept: OnAccept::Serve }
    }

    /// Adds faults; they spoil an answer in the order in which they were added.
    #[must_use]
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Serves https.
    #[must_use]
    pub fn tls(mut self, config: Arc<rustls::ServerConfig>) -> Self {
        self.tls = Some(config);
        self
    }

    /// What becomes of connections.
    #[must_use]
    pub fn on_accept(mut self, on_accept: OnAccept) -> Self {
        self.on_accept = on_accept;
        self
    }
}

/// A listener on a port of 127.0.0.1; 0 stands for one that is free.
///
/// # Errors
///
/// [`LabError::Io`] where the port is taken.
pub fn listener(port: u16) -> Result<TcpListener, LabError> {
    TcpListener::bind(("127.0.0.1", port)).map_err(LabError::io(format!("listen on port {port} of 127.0.0.1")))
}

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Server {
    addr: SocketAddr,
    secure: bool,
    /// What was asked.
    pub log: Log,
    _stop: Stop,
}

impl Server {
    /// Serves on a listener that is bound already.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where the system refuses.
    pub fn start(listener: TcpListener, plan: Plan) -> Result<Self, LabError> {
        let runtime = runtime()?;
        let addr = listener.local_addr().map_err(LabError::io("ask a listener for its address"))?;
        let secure = plan.tls.is_some();
        let log = Log::default();
        let (stop, stopped) = stop();
        let (plan, seen) = (Arc::new(plan), log.clone());
        let accept = accept_all(tokio_listener(listener)?, stopped, move |stream| {
            seen.accepted();
            connection::serve(stream, plan.clone(), seen.clone())
        });
        runtime.spawn(accept);
        Ok(Self { addr, secure, log, _stop: stop })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.addr.port()
    }

    /// `http://127.0.0.1:PORT` or the same with https.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.addr)
    }
}

/// Makes a listener one of [`runtime`].
///
/// # Errors
///
/// [`LabError::Io`] where the system refuses.
pub fn tokio_listener(listener: TcpListener) -> Result<tokio::net::TcpListener, LabError> {
    let _context = runtime()?.enter();
    let made = listener.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(listener));
    made.map_err(LabError::io("take a listener over"))
}

/// Handles each connection in a task of its own, until it is stopped.
pub async fn accept_all<H: Future<Output = ()> + Send + 'static>(
    listener: tokio::net::TcpListener,
    mut stopped: Stopped,
    handle: impl Fn(tokio::net::TcpStream) -> H,
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped.wait() => return,
        };
        let Ok((stream, _)) = accepted else { continue };
        let (connection, mut stopped) = (handle(stream), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = connection => {}
                () = stopped.wait() => {}
            }
        });
    }
}
