//! Connections to the addresses of a host, all at once.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::net::TcpStream;

use super::deadline::{Deadline, millis};
use super::failure::of_connection;
use super::limits::Limits;
use crate::model::transport::{TcpFailure, TcpOutcome};

/// How long go waits for a connection.
const GO_WAITS: Duration = Duration::from_secs(30);
/// The most addresses of one family that are tried.
const MAX_PER_FAMILY: usize = 4;

/// The addresses to try: at most four of each family, each once.
pub(super) fn to_try(addresses: impl IntoIterator<Item = IpAddr>) -> Vec<IpAddr> {
    let mut chosen: Vec<IpAddr> = Vec::new();
    for address in addresses {
        let of_family = chosen.iter().filter(|known| known.is_ipv4() == address.is_ipv4()).count();
        if of_family < MAX_PER_FAMILY && !chosen.contains(&address) {
            chosen.push(address);
        }
    }
    chosen
}

/// Connects to all addresses at once. The first connection is handed to `then`; the others are
/// waited for meanwhile, a little, so that a broken family shows.
pub(super) async fn connect<T, F: Future<Output = T>>(
    addresses: &[IpAddr],
    port: u16,
    limits: &Limits,
    deadline: &Deadline,
    then: impl FnOnce(TcpStream) -> F,
) -> (Vec<TcpOutcome>, Option<T>) {
    let started = Instant::now();
    let mut attempts: FuturesUnordered<_> =
        addresses.iter().map(|address| attempt(SocketAddr::new(*address, port), limits.tcp, deadline)).collect();
    let mut outcomes = Vec::new();
    let mut first = None;
    while let Some((outcome, stream)) = attempts.next().await {
        outcomes.push(outcome);
        first = stream;
        if first.is_some() {
            break;
        }
    }
    let result = match first {
        Some(stream) => {
            let others = async {
                while let Some((outcome, _)) = attempts.next().await {
                    outcomes.push(outcome);
                }
            };
            let (result, _) = tokio::join!(then(stream), deadline.limit(limits.tcp_others, others));
            Some(result)
        }
        None => None,
    };
    for address in addresses {
        let address = SocketAddr::new(*address, port);
        if !outcomes.iter().any(|outcome| outcome.address == address) {
            let after_ms = millis(started.elapsed().min(limits.tcp_others));
            outcomes.push(TcpOutcome { address, error: Some(TcpFailure::CutOff { after_ms }), elapsed_ms: after_ms });
        }
    }
    (outcomes, result)
}

async fn attempt(address: SocketAddr, limit: Duration, deadline: &Deadline) -> (TcpOutcome, Option<TcpStream>) {
    let started = Instant::now();
    let connected = deadline.limit(limit, TcpStream::connect(address)).await;
    let elapsed_ms = millis(started.elapsed());
    let (error, stream) = match connected {
        Ok(Ok(stream)) => {
            // Go does the same; without it small HTTP/2 frames wait for acknowledgements.
            let _ = stream.set_nodelay(true);
            (None, Some(stream))
        }
        Ok(Err(error)) => (Some(of_connection(&error)), None),
        Err(ended) => (Some(ended.as_silence(Some(GO_WAITS))), None),
    };
    (TcpOutcome { address, error, elapsed_ms }, stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_four_of_a_family_are_tried() {
        let v4 = (1..=9).map(|n| IpAddr::from([192, 0, 2, n]));
        let v6 = ["::1", "::1", "::2"].map(|address| address.parse().unwrap());
        assert_eq!(to_try(v4.chain(v6)).len(), 6);
    }
}
