//! Why reqwest has no response, by the types of the errors that it wraps.

use std::io;

use url::Url;

use crate::model::transport::{ConnectFailure, DnsFailure, HttpFailure, Stage, TcpFailure, TlsFailure, TransportError};
use crate::net::failure::{find, find_io, of_connection, of_exchange, of_tls};

/// The typed error of a request that failed after `after_ms`.
pub(super) fn of(error: &reqwest::Error, url: &Url, through_proxy: bool, after_ms: u64) -> TransportError {
    if let Some(failure) = find::<DnsFailure>(error) {
        return TransportError::Dns { failure: *failure, of_proxy: through_proxy };
    }
    if error.is_builder() {
        return TransportError::Request { reason: crate::model::transport::NotAsked::InvalidUrl };
    }
    if error.is_connect() {
        return of_connect(error, url.scheme() == "https", through_proxy, after_ms);
    }
    match of_exchange(error, false) {
        HttpFailure::Other if error.is_timeout() => TransportError::CutOff { during: Stage::Http, after_ms },
        failure => TransportError::Http { failure },
    }
}

/// Up to the connection. reqwest does not say how far it came; the kind of error mostly does.
fn of_connect(error: &reqwest::Error, secure: bool, through_proxy: bool, after_ms: u64) -> TransportError {
    if let Some(error) = find::<rustls::Error>(error) {
        // The proxy's own TLS was tried before, by our question for a tunnel.
        return TransportError::Tls { failure: of_tls(error), of_proxy: false };
    }
    let Some(io) = find_io(error) else {
        return if error.is_timeout() {
            TransportError::CutOff { during: Stage::Connect, after_ms }
        } else if through_proxy {
            TransportError::HttpProxy { failure: ConnectFailure::Further }
        } else {
            TransportError::Http { failure: HttpFailure::Other }
        };
    };
    // A time that is not the operating system's is ours.
    if io.kind() == io::ErrorKind::TimedOut && io.raw_os_error().is_none() {
        return TransportError::CutOff { during: Stage::Connect, after_ms };
    }
    match of_connection(io) {
        // These end a handshake, while a mere connection is refused or goes nowhere.
        failure @ (TcpFailure::Reset | TcpFailure::Closed | TcpFailure::Other { .. }) if secure => {
            TransportError::Tls { failure: TlsFailure::Connection { failure }, of_proxy: false }
        }
        failure => TransportError::Tcp { failure, of_proxy: through_proxy },
    }
}
