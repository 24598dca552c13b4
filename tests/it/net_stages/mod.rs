//! The prober and the client against peers on loopback that behave well and badly.

mod as_go;
mod client;
mod dns;
mod http;
mod http_proxy;
mod login;
mod online;
mod redirects;
mod tcp;
mod tls;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use gomoddoc::model::transport::{NotAsked, Stages};
use gomoddoc::net::dns::{HostsFile, ResolvConf};
use gomoddoc::net::{
    Client, Deadline, HttpProxy, Limits, Logins, Prober, Resolver, RootPlaces, Roots, Target, Until, UserAgent,
};

use crate::support::server::{Answer, Asked, listener};
use crate::support::tls::Authority;

/// How long an impatient prober waits in each step.
const STEP: Duration = Duration::from_millis(600);

/// A prober that gives up soon, for peers that stay silent.
fn impatient() -> Prober {
    prober_within(STEP, None)
}

/// A prober that trusts `authority`, by a file as SSL_CERT_FILE names it, and knows localhost only.
fn prober(authority: Option<&Authority>) -> Prober {
    prober_within(Duration::from_secs(30), authority)
}

fn prober_within(step: Duration, authority: Option<&Authority>) -> Prober {
    let deadline = Deadline::after(Duration::from_secs(300));
    let limits = Limits::within(step);
    let hosts = HostsFile::parse("127.0.0.1 localhost\n");
    let conf = ResolvConf { servers: Vec::new(), ..ResolvConf::default() };
    Prober {
        resolver: Arc::new(Resolver::new(deadline.clone(), limits, hosts, Some(conf))),
        roots: roots(authority.map(Authority::pem)),
        limits,
        deadline,
        user_agent: UserAgent::Command,
        logins: Logins::default(),
    }
}

fn roots(pem: Option<String>) -> Roots {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, pem.unwrap_or_default()).unwrap();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    Roots::read(&RootPlaces { file: file.into(), folders: empty.into() }, true)
}

fn client(prober: &Prober) -> Client {
    Client::new(prober.clone(), |_| Ok(None))
}

fn client_through(prober: &Prober, proxy: &HttpProxy) -> Client {
    let proxy = proxy.clone();
    Client::new(prober.clone(), move |_| Ok::<_, NotAsked>(Some(proxy.clone())))
}

fn target(url: &str) -> Target {
    Target::new(url.parse().unwrap())
}

async fn probe(prober: &Prober, url: &str) -> Stages {
    let stages = prober.probe(&target(url)).await;
    // Whatever came, it can be kept in a file and read back.
    let json = serde_json::to_string(&stages).unwrap();
    assert_eq!(serde_json::from_str::<Stages>(&json).unwrap(), stages);
    stages
}

async fn probe_until(prober: &Prober, url: &str, until: Until) -> Stages {
    prober.probe(&Target { until, ..target(url) }).await
}

fn hello(_: &Asked) -> Answer {
    Answer::ok("text/plain", "hello")
}

/// A peer that does with each connection what no proper server does.
fn peer(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = listener();
    let addr = listener.local_addr().unwrap();
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            std::thread::spawn(move || serve(stream));
        }
    });
    addr
}

/// Reads what a peer says first.
fn heard(stream: &mut TcpStream) -> Vec<u8> {
    let mut buffer = vec![0; 4096];
    let read = stream.read(&mut buffer).unwrap_or(0);
    buffer.truncate(read);
    buffer
}

/// Writes `piece` until the other side has enough.
fn pour(mut stream: TcpStream, head: &[u8], piece: &[u8]) {
    heard(&mut stream);
    let mut result = stream.write_all(head);
    while result.is_ok() {
        result = stream.write_all(piece);
    }
}
