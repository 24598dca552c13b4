//! An HTTP proxy of the HTTPS_PROXY kind: CONNECT, and plain requests by absolute URL.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::TcpStream;

use super::LabError;
use super::server::{Stop, accept_all, runtime, stop, tokio_listener};

/// Limits of a request's head.
const MOST_LINES: usize = 200;
const LONGEST_LINE: u64 = 16 << 10;

/// What the proxy does with a request.
#[derive(Debug, Clone, Default)]
pub enum Manner {
    /// It connects.
    #[default]
    Works,
    /// It answers 407 with these schemes in Proxy-Authenticate, unless the header is exactly this.
    WantsLogin {
        /// What Proxy-Authenticate offers.
        schemes: Vec<String>,
        /// The Proxy-Authorization that is let through; none for none at all.
        expected: Option<String>,
    },
    /// It answers so, such as `403 Forbidden`.
    Refuses(String),
    /// It closes the connection without an answer.
    Closes,
    /// It never answers.
    Silent,
}

/// How an HTTP proxy is to be set up.
#[derive(Debug, Clone, Default)]
pub struct HttpProxyPlan {
    manner: Manner,
    hosts: BTreeMap<String, SocketAddr>,
}

impl HttpProxyPlan {
    /// One that behaves so.
    #[must_use]
    pub fn new(manner: Manner) -> Self {
        Self { manner, hosts: BTreeMap::new() }
    }

    /// `host:port` leads to this address. Other names are refused with 502: nothing leaves the
    /// machine. This is how to give a server on loopback a real name.
    #[must_use]
    pub fn host(mut self, name: &str, addr: SocketAddr) -> Self {
        self.hosts.insert(name.to_owned(), addr);
        self
    }
}

/// A running HTTP proxy; it stops when this is dropped.
#[derive(Debug)]
pub struct HttpProxy {
    addr: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
    _stop: Stop,
}

impl HttpProxy {
    /// Serves on a listener that is bound already.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where the system refuses.
    pub fn start(listener: TcpListener, plan: HttpProxyPlan) -> Result<Self, LabError> {
        let runtime = runtime()?;
        let addr = listener.local_addr().map_err(LabError::io("ask a listener for its address"))?;
        let log = Arc::<Mutex<Vec<String>>>::default();
        let (stop, stopped) = stop();
        let (plan, seen) = (Arc::new(plan), log.clone());
        let accept = accept_all(tokio_listener(listener)?, stopped, move |stream| {
            let (plan, seen) = (plan.clone(), seen.clone());
            async move {
                // An error is the peer's going away.
                let _ = connection(stream, &plan, &seen).await;
            }
        });
        runtime.spawn(accept);
        Ok(Self { addr, log, _stop: stop })
    }

    /// The value for HTTPS_PROXY.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The request lines so far.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn connection(stream: TcpStream, plan: &HttpProxyPlan, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut client = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if head.len() == MOST_LINES || (&mut client).take(LONGEST_LINE).read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if line.trim_end().is_empty() {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let request = head.first().cloned().unwrap_or_default();
    log.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
    match &plan.manner {
        Manner::Works => {}
        Manner::Closes => return Ok(()),
        Manner::Silent => std::future::pending().await,
        Manner::Refuses(status) => return refuse(client, status, "").await,
        Manner::WantsLogin { schemes, expected } => {
            let given = head.iter().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("proxy-authorization").then(|| value.trim().to_owned())
            });
            if expected.is_none() || given != *expected {
                let offers: String = schemes.iter().map(|scheme| format!("Proxy-Authenticate: {scheme}\r\n")).collect();
                return refuse(client, "407 Proxy Authentication Required", &offers).await;
            }
        }
    }
    forward(client, &request, &head, plan).await
}

async fn forward(
    mut client: BufReader<TcpStream>,
    request: &str,
    head: &[String],
    plan: &HttpProxyPlan,
) -> std::io::Result<()> {
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let tunnel = method == "CONNECT";
    let rest = target.strip_prefix("http://").unwrap_or(target);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let Some(addr) = plan.hosts.get(&name) else {
        return refuse(client, "502 Bad Gateway", "").await;
    };
    let Ok(mut server) = TcpStream::connect(addr).await else {
        return refuse(client, "504 Gateway Timeout", "").await;
    };
    server.set_nodelay(true)?;
    if tunnel {
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    } else {
        let kept = head.iter().skip(1).filter(|line| !line.to_ascii_lowercase().starts_with("proxy-"));
        let lines: String = kept.map(|line| format!("{line}\r\n")).collect();
        server.write_all(format!("{method} /{path} HTTP/1.1\r\n{lines}\r\n").as_bytes()).await?;
    }
    copy_bidirectional(&mut client, &mut server).await.map(|_| ())
}

async fn refuse(mut client: BufReader<TcpStream>, status: &str, headers: &str) -> std::io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await?;
    while client.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}
