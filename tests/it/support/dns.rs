//! A small DNS server over UDP, for resolvers that say nothing, say no, or say something else.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};

use super::server::{Stop, Stopped, runtime, stop};

/// How a DNS server answers names that it has no address for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such name (NXDOMAIN).
    NoSuchName,
    /// The server failed (SERVFAIL).
    Fails,
    /// No answer.
    Silence,
}

/// A running DNS server; it stops when this is dropped.
pub struct DnsServer {
    addr: SocketAddr,
    names: Arc<Mutex<Vec<String>>>,
    _stop: Stop,
}

impl DnsServer {
    /// Answers on a socket that is bound already, with A records only.
    pub fn start(socket: UdpSocket, records: &[(&str, Ipv4Addr)], unknown: Unknown) -> Self {
        let addr = socket.local_addr().expect("the address of the socket");
        let records: BTreeMap<_, _> = records.iter().map(|(name, ip)| ((*name).to_owned(), *ip)).collect();
        let names = Arc::<Mutex<Vec<String>>>::default();
        let (stop, stopped) = stop();
        runtime().spawn(answer_all(socket, records, unknown, names.clone(), stopped));
        Self { addr, names, _stop: stop }
    }

    /// Where it answers.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The names that were asked for.
    pub fn names(&self) -> Vec<String> {
        self.names.lock().expect("the names").clone()
    }
}

async fn answer_all(
    socket: UdpSocket,
    records: BTreeMap<String, Ipv4Addr>,
    unknown: Unknown,
    names: Arc<Mutex<Vec<String>>>,
    mut stopped: Stopped,
) {
    socket.set_nonblocking(true).expect("a socket for tokio");
    let socket = tokio::net::UdpSocket::from_std(socket).expect("a socket for tokio");
    let mut buffer = [0; 1500];
    loop {
        let received = tokio::select! {
            received = socket.recv_from(&mut buffer) => received,
            () = stopped.wait() => return,
        };
        let Ok((len, peer)) = received else { continue };
        let Some((name, end)) = question(&buffer[..len]) else { continue };
        names.lock().expect("the names").push(name.clone());
        if let Some(answer) = answer(&buffer[..len], &name, end, &records, unknown) {
            let _ = socket.send_to(&answer, peer).await;
        }
    }
}

/// The name asked for, in lower case, and where the question ends (RFC 1035, section 4.1.2).
fn question(query: &[u8]) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let len = usize::from(*query.get(at)?);
        at += 1;
        if len == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(query.get(at..at + len)?).to_ascii_lowercase());
        at += len;
    }
    (query.len() >= at + 4).then(|| (labels.join("."), at + 4))
}

fn answer(
    query: &[u8],
    name: &str,
    end: usize,
    records: &BTreeMap<String, Ipv4Addr>,
    unknown: Unknown,
) -> Option<Vec<u8>> {
    let found = records.get(name);
    let code = match (found, unknown) {
        (Some(_), _) => 0,
        (None, Unknown::NoSuchName) => 3,
        (None, Unknown::Fails) => 2,
        (None, Unknown::Silence) => return None,
    };
    // An A question (type 1) gets the address; another type of a known name gets no record.
    let address = found.filter(|_| query[end - 4..end - 2] == [0, 1]);
    let mut out = query[..2].to_vec();
    // A response, recursion desired and available; one question, perhaps one answer.
    out.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(address.is_some()), 0, 0, 0, 0]);
    out.extend(&query[12..end]);
    if let Some(ip) = address {
        // The name by reference to the question, type A, class IN, 60 seconds, four bytes.
        out.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        out.extend(ip.octets());
    }
    Some(out)
}
