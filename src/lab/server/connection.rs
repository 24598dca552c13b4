//! One accepted connection, from the first byte to the last.

use std::sync::Arc;
use std::time::Instant;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::body::Paced;
use super::wire::{Switch, Wire};
use super::{Asked, Delivery, Log, OnAccept, Plan};

/// The largest body of a request. git's are the only ones with one.
const LARGEST: usize = 64 << 20;

pub(super) async fn serve(mut stream: TcpStream, plan: Arc<Plan>, log: Log) {
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
    // An error here is the peer's going away or a break that was wanted.
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
        body: Limited::new(body, LARGEST).collect().await.map_err(std::io::Error::other)?.to_bytes(),
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

/// The go command sends `!` as `%21`.
fn percent_decoded(path: &str) -> String {
    let mut out = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.first_chunk::<2>().and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                out.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
