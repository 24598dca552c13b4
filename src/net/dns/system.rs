//! getaddrinfo, with its code kept.

use std::net::IpAddr;
use std::sync::Arc;

use dns_lookup::{AddrInfoHints, LookupErrorKind, SockType, getaddrinfo};
use tokio::sync::{Semaphore, oneshot};

use crate::model::transport::DnsFailure;

/// Asks on a thread of its own. A lookup that hangs must not hold the program's end, as a thread of
/// the runtime would; it keeps its permit, so that hanging lookups cannot pile up.
pub(super) async fn lookup(host: String, threads: Arc<Semaphore>) -> Result<Vec<IpAddr>, DnsFailure> {
    let Ok(permit) = threads.acquire_owned().await else { return Err(DnsFailure::CutOff) };
    let (send, receive) = oneshot::channel();
    let spawned = std::thread::Builder::new().name("getaddrinfo".to_owned()).spawn(move || {
        let _ = send.send(ask(&host));
        drop(permit);
    });
    match spawned {
        Ok(_) => receive.await.unwrap_or(Err(DnsFailure::Other { code: 0 })),
        Err(error) => Err(DnsFailure::Other { code: error.raw_os_error().unwrap_or(0) }),
    }
}

fn ask(host: &str) -> Result<Vec<IpAddr>, DnsFailure> {
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let found = getaddrinfo(Some(host), None, Some(hints)).map_err(|error| match error.kind() {
        LookupErrorKind::NoName => DnsFailure::NoSuchHost,
        LookupErrorKind::NoData => DnsFailure::NoAddress,
        LookupErrorKind::Again => DnsFailure::TryAgain,
        LookupErrorKind::Fail => DnsFailure::ServerFailure,
        _ => DnsFailure::Other { code: error.error_num() },
    })?;
    let mut addresses = Vec::new();
    for info in found.filter_map(Result::ok) {
        let address = info.sockaddr.ip();
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}
