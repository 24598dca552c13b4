//! Judging a server's certificates as go does, and keeping what was seen.
//!
//! Go's order (crypto/x509, Certificate.Verify): the times of the server's own certificate, its
//! names, then the chain; a certificate that is itself a root needs no chain. webpki checks the
//! chain. It never takes an authority's certificate for a server's, which go does: where that one
//! is a root (`openssl req -x509` makes such) we decide as go would, else we cannot tell.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use sha2::{Digest, Sha256};

use super::certificate::{seconds_to_rfc3339, sum_up, validity};
use super::roots::Roots;
use crate::model::Foreign;
use crate::model::transport::{Certificate, Trust};

/// The most certificates of a chain that are told.
const MAX_CHAIN: usize = 10;

/// What the verifier saw in a handshake.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) chain: Vec<Certificate>,
    pub(super) trust: Option<Trust>,
    pub(super) root_has_other_key: bool,
}

/// Decides as go would.
#[derive(Debug)]
pub(super) struct GoVerifier {
    roots: Roots,
    provider: Arc<CryptoProvider>,
    /// None where there are no roots at all.
    chain: Option<Arc<WebPkiServerVerifier>>,
    seen: Mutex<Seen>,
}

/// The verdict on its way through rustls and whoever wraps its errors.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(Trust);

impl GoVerifier {
    pub(super) fn new(roots: &Roots, provider: &Arc<CryptoProvider>) -> Self {
        let built = WebPkiServerVerifier::builder_with_provider(Arc::clone(&roots.store), Arc::clone(provider)).build();
        Self { roots: roots.clone(), provider: Arc::clone(provider), chain: built.ok(), seen: Mutex::default() }
    }

    /// What was seen last.
    pub(super) fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn see(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Trust {
        let Some((from, until)) = validity(leaf) else { return Trust::Malformed };
        let clock = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if clock < from {
            return Trust::NotYetValid { from: seconds_to_rfc3339(from) };
        }
        if clock > until {
            return Trust::Expired { at: seconds_to_rfc3339(until) };
        }
        let parsed = match ParsedCertificate::try_from(leaf) {
            Ok(parsed) => parsed,
            Err(error) => return of_error(&error),
        };
        if let Err(error) = rustls::client::verify_server_name(&parsed, name) {
            return of_error(&error);
        }
        let digest: [u8; 32] = Sha256::digest(leaf).into();
        if self.roots.digests.contains(&digest) {
            return Trust::Trusted;
        }
        match &self.chain {
            None => Trust::NoRoots,
            Some(chain) => match chain.verify_server_cert(leaf, intermediates, name, ocsp, now) {
                Ok(_) => Trust::Trusted,
                // A root of the issuer's name did not sign it. Go too calls the authority unknown.
                Err(Error::InvalidCertificate(CertificateError::BadSignature)) => {
                    self.see(|seen| seen.root_has_other_key = true);
                    Trust::UnknownIssuer { issuer: Foreign::default() }
                }
                Err(error) => of_error(&error),
            },
        }
    }
}

impl ServerCertVerifier for GoVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let told = std::iter::once(leaf).chain(intermediates).take(MAX_CHAIN);
        let chain: Vec<Certificate> = told.filter_map(sum_up).collect();
        self.see(|seen| *seen = Seen::default());
        let trust = refine(self.judge(leaf, intermediates, name, ocsp, now), &chain);
        self.see(|seen| {
            seen.chain = chain;
            seen.trust = Some(trust.clone());
        });
        match trust {
            Trust::Trusted => Ok(ServerCertVerified::assertion()),
            trust => Err(CertificateError::Other(OtherError(Arc::new(Refused(trust)))).into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The verdict that an error of rustls carries.
pub(in crate::net) fn trust_of(error: &CertificateError) -> Trust {
    use CertificateError as E;
    let from = |time: &UnixTime| seconds_to_rfc3339(i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
    #[allow(deprecated, reason = "rustls may still give the old variants")]
    match error {
        E::Other(OtherError(inner)) => match inner.downcast_ref::<Refused>() {
            Some(Refused(trust)) => trust.clone(),
            // webpki's word for an authority's certificate in a server's place is not exported by
            // rustls; `refine` looks at the certificate itself.
            None => Trust::Other,
        },
        E::Expired => Trust::Expired { at: String::new() },
        E::ExpiredContext { not_after, .. } => Trust::Expired { at: from(not_after) },
        E::NotValidYet => Trust::NotYetValid { from: String::new() },
        E::NotValidYetContext { not_before, .. } => Trust::NotYetValid { from: from(not_before) },
        E::UnknownIssuer => Trust::UnknownIssuer { issuer: Foreign::default() },
        E::NotValidForName => Trust::WrongName { presented: Vec::new() },
        E::NotValidForNameContext { presented, .. } => {
            Trust::WrongName { presented: presented.iter().take(50).map(|name| Foreign::capped(name, 253)).collect() }
        }
        E::BadSignature => Trust::BadSignature,
        E::UnsupportedSignatureAlgorithm
        | E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => Trust::UnsupportedAlgorithm,
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => Trust::InvalidPurpose,
        E::BadEncoding => Trust::Malformed,
        _ => Trust::Other,
    }
}

fn of_error(error: &Error) -> Trust {
    match error {
        Error::InvalidCertificate(error) => trust_of(error),
        _ => Trust::Other,
    }
}

/// Adds what the chain itself tells: who issued it, and whether there is one at all.
fn refine(trust: Trust, chain: &[Certificate]) -> Trust {
    let alone = chain.len() == 1 && chain.first().is_some_and(|leaf| leaf.self_issued);
    match trust {
        Trust::UnknownIssuer { .. } | Trust::Other if alone => Trust::SelfSigned,
        Trust::UnknownIssuer { .. } => {
            Trust::UnknownIssuer { issuer: chain.last().map(|last| last.issuer.clone()).unwrap_or_default() }
        }
        Trust::Other if chain.first().is_some_and(|leaf| leaf.authority) => Trust::CannotTell,
        Trust::WrongName { .. } => {
            Trust::WrongName { presented: chain.first().map(|leaf| leaf.names.clone()).unwrap_or_default() }
        }
        trust => trust,
    }
}
