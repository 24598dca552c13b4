//! One HTTP server for all sites: HTTP/1.1 and HTTP/2, plain or TLS, with a log of what was asked.

mod answer;
mod body;
mod runtime;
mod wire;

pub use answer::{Answer, Asked, Delivery};
pub use runtime::{Stop, Stopped, runtime, stop};

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::faults::Faults;
use body::Paced;
use wire::{Switch, Wire};

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
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Serves https.
    pub fn tls(mut self, config: Arc<rustls::ServerConfig>) -> Self {
        self.tls = Some(config);
        self
    }

    /// What becomes of connections.
    pub fn on_accept(mut self, on_accept: OnAccept) -> Self {
        self.on_accept = on_accept;
        self
    }

    /// Starts on a port of 127.0.0.1 that the system chooses.
    pub fn start(self) -> Server {
        Server::start(listener(), self)
    }
}

/// A listener on a free port of 127.0.0.1.
pub fn listener() -> TcpListener {
    TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback")
}

/// The requests that a server has seen.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<(Vec<Asked>, usize)>>);

impl Log {
    /// All requests so far, in order of arrival.
    pub fn all(&self) -> Vec<Asked> {
        self.0.lock().expect("the log").0.clone()
    }

    /// How many requests there were whose path the predicate accepts.
    pub fn count(&self, path: impl Fn(&str) -> bool) -> usize {
        self.0.lock().expect("the log").0.iter().filter(|asked| path(&asked.path)).count()
    }

    /// How often each path was asked.
    pub fn paths(&self) -> BTreeMap<String, usize> {
        let mut paths = BTreeMap::new();
        for asked in self.all() {
            *paths.entry(asked.path).or_default() += 1;
        }
        paths
    }

    /// How many connections were accepted.
    pub fn connections(&self) -> usize {
        self.0.lock().expect("the log").1
    }

    fn push(&self, mut asked: Asked) -> Asked {
        let mut log = self.0.lock().expect("the log");
        asked.before = log.0.iter().filter(|other| other.path == asked.path).count();
        log.0.push(asked.clone());
        asked
    }
}

/// A running server; it stops when this is dropped.
pub struct Server {
    addr: SocketAddr,
    secure: bool,
    /// What was asked.
    pub log: Log,
    _stop: Stop,
}

impl Server {
    /// Serves on a listener that is bound already.
    pub fn start(listener: TcpListener, plan: Plan) -> Self {
        let addr = listener.local_addr().expect("the address of the listener");
        let secure = plan.tls.is_some();
        let log = Log::default();
        let (stop, stopped) = stop();
        runtime().spawn(accept_all(listener, Arc::new(plan), log.clone(), stopped));
        Self { addr, secure, log, _stop: stop }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.addr.port()
    }

    /// `http://127.0.0.1:PORT` or the same with https.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.addr)
    }
}

async fn accept_all(listener: TcpListener, plan: Arc<Plan>, log: Log, mut stopped: Stopped) {
    listener.set_nonblocking(true).expect("a listener for tokio");
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener for tokio");
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped.wait() => return,
        };
        let Ok((stream, _)) = stream else { continue };
        log.0.lock().expect("the log").1 += 1;
        let (plan, log, mut stopped) = (plan.clone(), log.clone(), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = connection(stream, plan, log) => {}
                () = stopped.wait() => {}
            }
        });
    }
}

async fn connection(mut stream: TcpStream, plan: Arc<Plan>, log: Log) {
    // Without it a small answer waits for the peer's delayed acknowledgement, 40 ms.
    let _ = stream.set_nodelay(true);
    match &plan.on_accept {
        OnAccept::Serve => {}
        OnAccept::Silence => std::future::pending().await,
        OnAccept::Close => {
            // All of a small request, since closing with unread input would reset.
            let _ = stream.read(&mut [0; 64 * 1024]).await;
            return;
        }
        OnAccept::Reset => {
            let _ = stream.read(&mut [0; 1]).await;
            let _ = stream.set_zero_linger();
            return;
        }
        OnAccept::Say(bytes) => {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
            // Closing with unread input would reset, and the peer would lose what was said.
            while matches!(stream.read(&mut [0; 4096]).await, Ok(n) if n > 0) {}
            return;
        }
    }
    let switch = Arc::new(Switch::default());
    let wire = Wire::new(stream, switch.clone());
    let serve = service_fn(|request| respond(request, plan.clone(), log.clone(), switch.clone()));
    let http = auto::Builder::new(TokioExecutor::new());
    // An error here is the peer's going away or a break that the test wanted.
    match &plan.tls {
        None => {
            let _ = http.serve_connection(TokioIo::new(wire), serve).await;
        }
        Some(config) => {
            if let Ok(tls) = TlsAcceptor::from(config.clone()).accept(wire).await {
                let _ = http.serve_connection(TokioIo::new(tls), serve).await;
            }
        }
    }
}

/// The go command sends `!` as `%21`.
fn percent_decoded(path: &str) -> String {
    let mut out = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                out.push(byte);
                rest = &tail[2..];
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn respond(
    request: Request<Incoming>,
    plan: Arc<Plan>,
    log: Log,
    switch: Arc<Switch>,
) -> std::io::Result<Response<Paced>> {
    let (head, body) = request.into_parts();
    let asked = log.push(Asked {
        method: head.method.to_string(),
        path: percent_decoded(head.uri.path()),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.collect().await.map_err(std::io::Error::other)?.to_bytes(),
        at: Instant::now(),
        before: 0,
    });
    let answer = tokio::task::spawn_blocking(move || plan.faults.spoil(&asked, plan.site.answer(&asked)))
        .await
        .map_err(std::io::Error::other)?;
    tokio::time::sleep(answer.delay).await;
    match answer.delivery {
        Delivery::Silence => std::future::pending().await,
        Delivery::Close => return Err(std::io::Error::other("closed on purpose")),
        Delivery::Reset => {
            switch.reset();
            return Err(std::io::Error::other("reset on purpose"));
        }
        _ => {}
    }
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(Paced::new(&answer, switch)).map_err(std::io::Error::other)
}
