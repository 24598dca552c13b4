//! The TLS handshake with one peer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use super::deadline::{Deadline, millis};
use super::failure::of_handshake;
use super::limits::Limits;
use super::stream::{FirstBytes, Stream};
use super::trust::{Roots, TlsSetupError, client_config};
use crate::model::Foreign;
use crate::model::transport::{TlsFailure, TlsOutcome, TlsVersion};

/// How long go waits for the whole handshake.
const GO_WAITS: Duration = Duration::from_secs(10);
/// What go offers for a URL, in its order.
pub(super) const ALPN: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Shakes hands with `host` over `stream`. Gives the secure stream if the host is trusted, as go
/// would go on only then.
///
/// # Errors
/// If TLS cannot be set up at all.
pub(super) async fn handshake(
    stream: Stream,
    host: &str,
    alpn: &[&[u8]],
    roots: &Roots,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<(TlsOutcome, Option<Stream>), TlsSetupError> {
    let started = Instant::now();
    let (config, handshake) = client_config(roots, alpn)?;
    let mut outcome = TlsOutcome::default();
    let Ok(name) = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()) else {
        outcome.error = Some(TlsFailure::InvalidName);
        return Ok((outcome, None));
    };
    let first = FirstBytes::default();
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, first.of(stream));
    let secured = match deadline.limit(limits.tls, connecting).await {
        Ok(Ok(secured)) => Some(secured),
        Ok(Err(error)) => {
            outcome.error = Some(of_handshake(&error, &first.get()));
            None
        }
        Err(ended) => {
            outcome.error = Some(TlsFailure::Connection { failure: ended.as_silence(Some(GO_WAITS)) });
            None
        }
    };
    (outcome.chain, outcome.trust) = handshake.seen();
    outcome.root_has_other_key = handshake.root_has_other_key();
    outcome.client_certificate_asked = handshake.client_certificate_asked();
    if let Some(secured) = &secured {
        let (_, session) = secured.get_ref();
        outcome.version = session.protocol_version().and_then(version);
        outcome.alpn = session.alpn_protocol().map(Foreign::from_bytes);
    }
    outcome.elapsed_ms = millis(started.elapsed());
    Ok((outcome, secured.map(|secured| Box::new(secured) as Stream)))
}

fn version(version: rustls::ProtocolVersion) -> Option<TlsVersion> {
    match version {
        rustls::ProtocolVersion::TLSv1_2 => Some(TlsVersion::V1_2),
        rustls::ProtocolVersion::TLSv1_3 => Some(TlsVersion::V1_3),
        _ => None,
    }
}
