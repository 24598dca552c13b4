//! Errors of the libraries, made into our own by their types: never by their words.

use std::error::Error;
use std::io;

use rustls::{InvalidMessage, PeerIncompatible};

use super::trust::trust_of;
use crate::model::Foreign;
use crate::model::transport::{HttpFailure, TcpFailure, TlsFailure};

/// How deep errors are looked into.
const DEPTH: usize = 16;

/// The first error of type `T` in `error` and whatever it wraps. An `io::Error` hides the error
/// that it wraps from `source`, so it is asked itself.
pub(super) fn find<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    let mut next = Some(error);
    for _ in 0..DEPTH {
        let error = next?;
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inner.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// The deepest `io::Error` that says something: libraries wrap one into another of kind `Other`.
pub(super) fn find_io<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e io::Error> {
    let mut found = find::<io::Error>(error)?;
    for _ in 0..DEPTH {
        match found.get_ref().and_then(|inner| find::<io::Error>(inner)) {
            Some(deeper) => found = deeper,
            None => break,
        }
    }
    Some(found)
}

/// What the operating system says of a connection.
pub(super) fn of_connection(error: &io::Error) -> TcpFailure {
    use io::ErrorKind as K;
    match error.kind() {
        K::ConnectionRefused => TcpFailure::Refused,
        K::TimedOut => TcpFailure::Timeout,
        K::HostUnreachable | K::NetworkUnreachable | K::NetworkDown | K::AddrNotAvailable => TcpFailure::Unreachable,
        K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe | K::NotConnected => TcpFailure::Reset,
        K::UnexpectedEof => TcpFailure::Closed,
        K::PermissionDenied => TcpFailure::Forbidden,
        _ => TcpFailure::Other { code: error.raw_os_error().unwrap_or(0) },
    }
}

/// Why a handshake failed; `first` are the first bytes that the peer sent, where known.
pub(super) fn of_handshake(error: &io::Error, first: &[u8]) -> TlsFailure {
    if !first.is_empty() && !begins_like_tls(first) {
        return TlsFailure::NotTls { http: first.starts_with(b"HTTP/"), first: Foreign::from_bytes(first) };
    }
    match find::<rustls::Error>(error) {
        Some(error) => of_tls(error),
        None => TlsFailure::Connection { failure: of_connection(find_io(error).unwrap_or(error)) },
    }
}

/// A record of a TLS handshake or an alert (RFC 8446, 5.1). A shorter beginning proves nothing.
fn begins_like_tls(first: &[u8]) -> bool {
    first.first().is_none_or(|kind| (20..=23).contains(kind)) && first.get(1).is_none_or(|major| *major == 3)
}

/// An error of rustls.
pub(super) fn of_tls(error: &rustls::Error) -> TlsFailure {
    use rustls::Error as E;
    match error {
        E::InvalidCertificate(error) => TlsFailure::Untrusted { trust: trust_of(error) },
        E::AlertReceived(alert) => match u8::from(*alert) {
            // protocol_version: the peer's way to say what we would say ourselves.
            70 => TlsFailure::ProtocolVersion,
            code => TlsFailure::Alert { code },
        },
        E::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            TlsFailure::NotTls { http: false, first: Foreign::default() }
        }
        E::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled,
        ) => TlsFailure::ProtocolVersion,
        E::PeerIncompatible(_) | E::NoApplicationProtocol => TlsFailure::NothingInCommon,
        E::UnsupportedNameType => TlsFailure::InvalidName,
        _ => TlsFailure::BrokenProtocol,
    }
}

/// What ended an HTTP exchange, before the headers of the answer (`in_body` false) or after.
pub(super) fn of_exchange(error: &(dyn Error + 'static), in_body: bool) -> HttpFailure {
    let connection = |failure| HttpFailure::Connection { failure };
    if let Some(error) = find::<h2::Error>(error) {
        return match (error.get_io(), error.reason()) {
            (Some(error), _) => of_broken_connection(error, in_body),
            (None, Some(reason)) => HttpFailure::Http2 { code: reason.into() },
            (None, None) => HttpFailure::Other,
        };
    }
    if let Some(error) = find::<hyper::Error>(error) {
        if error.is_parse_too_large() {
            return HttpFailure::HeadersTooLong;
        }
        if error.is_parse() {
            return HttpFailure::Malformed;
        }
        if error.is_incomplete_message() {
            return if in_body { HttpFailure::Incomplete } else { connection(TcpFailure::Closed) };
        }
        if error.is_closed() || error.is_canceled() {
            return connection(TcpFailure::Closed);
        }
    }
    find_io(error).map_or(HttpFailure::Other, |error| of_broken_connection(error, in_body))
}

fn of_broken_connection(error: &io::Error, in_body: bool) -> HttpFailure {
    match error.kind() {
        io::ErrorKind::UnexpectedEof if in_body => HttpFailure::Incomplete,
        // hyper's word for a chunk size that is none.
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => HttpFailure::Malformed,
        _ => HttpFailure::Connection { failure: of_connection(error) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_found_through_two_io_errors() {
        let tls = rustls::Error::AlertReceived(rustls::AlertDescription::HandshakeFailure);
        let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        assert_eq!(of_handshake(&wrapped, &[22, 3]), TlsFailure::Alert { code: 40 });
        assert!(find::<hyper::Error>(&wrapped).is_none());
    }

    #[test]
    fn the_first_bytes_tell_who_speaks_no_tls() {
        let error = io::Error::from(io::ErrorKind::InvalidData);
        let http = of_handshake(&error, b"HTTP/1.0 400 Bad Request");
        assert!(matches!(http, TlsFailure::NotTls { http: true, .. }), "{http:?}");
        let ssh = of_handshake(&error, b"SSH-2.0-x");
        assert!(matches!(ssh, TlsFailure::NotTls { http: false, .. }), "{ssh:?}");
        let reset = of_handshake(&io::Error::from(io::ErrorKind::ConnectionReset), b"");
        assert_eq!(reset, TlsFailure::Connection { failure: TcpFailure::Reset });
    }
}
