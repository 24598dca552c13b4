//! One question to one name server, and its answer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hickory_resolver::proto::op::{Edns, Message, MessageType, Query};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Duration, timeout};

use crate::model::transport::DnsFailure;

/// The size of answers that go announces (EDNS).
const UDP_PAYLOAD: u16 = 1232;

/// The family of addresses that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) rcode: Option<u16>,
    pub(super) result: Result<Vec<IpAddr>, DnsFailure>,
}

impl Reply {
    pub(super) fn failed(failure: DnsFailure) -> Self {
        Self { rcode: None, result: Err(failure) }
    }
}

/// Asks once, and once more after `resend` where nothing came. The caller limits the whole.
pub(super) async fn ask(server: SocketAddr, name: &str, family: Family, resend: Duration, use_tcp: bool) -> Reply {
    let Ok(name) = Name::from_ascii(name) else { return Reply::failed(DnsFailure::InvalidName) };
    let kind = match family {
        Family::V4 => RecordType::A,
        Family::V6 => RecordType::AAAA,
    };
    let mut question = Message::query();
    question.metadata.recursion_desired = true;
    question.add_query(Query::query(name, kind));
    let mut edns = Edns::new();
    edns.set_max_payload(UDP_PAYLOAD).set_version(0);
    question.set_edns(edns);
    let Ok(bytes) = question.to_vec() else { return Reply::failed(DnsFailure::InvalidName) };

    let answer = match over_udp(server, &question, &bytes, resend, use_tcp).await {
        Ok(Some(answer)) => Ok(answer),
        Ok(None) => over_tcp(server, &question, &bytes).await,
        Err(failure) => Err(failure),
    };
    answer.map_or_else(Reply::failed, |answer| judge(&answer, kind))
}

/// None: the answer is to be had over TCP.
async fn over_udp(
    server: SocketAddr,
    question: &Message,
    bytes: &[u8],
    resend: Duration,
    use_tcp: bool,
) -> Result<Option<Message>, DnsFailure> {
    if use_tcp {
        return Ok(None);
    }
    let local: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let unreachable = |_| DnsFailure::NoServers;
    let socket = UdpSocket::bind((local, 0)).await.map_err(unreachable)?;
    socket.connect(server).await.map_err(unreachable)?;
    let mut buffer = vec![0; usize::from(UDP_PAYLOAD).max(4096)];
    loop {
        socket.send(bytes).await.map_err(unreachable)?;
        let receive = async {
            loop {
                // An answer to another question is somebody's forgery or a late one: go reads on.
                let read = socket.recv(&mut buffer).await.map_err(unreachable)?;
                if let Some(answer) = buffer.get(..read).and_then(|bytes| answer_to(question, bytes)) {
                    return Ok(answer);
                }
            }
        };
        if let Ok(answer) = timeout(resend, receive).await {
            return answer.map(|answer| Some(answer).filter(|answer| !answer.metadata.truncation));
        }
    }
}

async fn over_tcp(server: SocketAddr, question: &Message, bytes: &[u8]) -> Result<Message, DnsFailure> {
    let unreachable = |_| DnsFailure::NoServers;
    let broken = |_| DnsFailure::ServerFailure;
    let mut stream = TcpStream::connect(server).await.map_err(unreachable)?;
    let length = u16::try_from(bytes.len()).map_err(|_| DnsFailure::InvalidName)?;
    stream.write_all(&[&length.to_be_bytes(), bytes].concat()).await.map_err(broken)?;
    let length = stream.read_u16().await.map_err(broken)?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await.map_err(broken)?;
    answer_to(question, &answer).ok_or(DnsFailure::ServerFailure)
}

fn answer_to(question: &Message, bytes: &[u8]) -> Option<Message> {
    let answer = Message::from_vec(bytes).ok()?;
    let fits = answer.metadata.id == question.metadata.id
        && answer.metadata.message_type == MessageType::Response
        && answer.queries == question.queries;
    fits.then_some(answer)
}

/// Go's reading of an answer (checkHeader and skipToAnswer in net/dnsclient_unix.go).
fn judge(answer: &Message, kind: RecordType) -> Reply {
    let rcode = u16::from(answer.metadata.response_code);
    let addresses: Vec<IpAddr> = answer
        .answers
        .iter()
        .filter(|record| record.record_type() == kind)
        .filter_map(|record| match &record.data {
            RData::A(address) => Some(IpAddr::V4(address.0)),
            RData::AAAA(address) => Some(IpAddr::V6(address.0)),
            _ => None,
        })
        .take(32)
        .collect();
    // A server that knows nothing, is no authority and does not ask others: go tries the next one.
    let lame = answer.answers.is_empty()
        && answer.additionals.is_empty()
        && !answer.metadata.authoritative
        && !answer.metadata.recursion_available;
    let result = match rcode {
        0 if !addresses.is_empty() => Ok(addresses),
        0 if lame => Err(DnsFailure::ServerFailure),
        0 => Err(DnsFailure::NoAddress),
        2 => Err(DnsFailure::ServerFailure),
        3 => Err(DnsFailure::NoSuchHost),
        5 => Err(DnsFailure::Refused),
        code => Err(DnsFailure::Other { code: i32::from(code) }),
    };
    Reply { rcode: Some(rcode), result }
}
