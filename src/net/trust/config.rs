//! TLS set up as go's: versions 1.2 and 1.3, post-quantum key exchange first, no client certificate.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::client::{ResolvesClientCert, Resumption};
use rustls::crypto::aws_lc_rs;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, SignatureScheme};

use super::roots::Roots;
use super::verifier::GoVerifier;
use crate::model::transport::{Certificate, Trust};

/// TLS could not be set up.
#[derive(Debug, Clone, thiserror::Error)]
#[error("TLS cannot be set up")]
pub struct TlsSetupError(#[source] rustls::Error);

/// What can be asked after a handshake, whether it succeeded or not.
#[derive(Debug, Clone)]
pub struct Handshake {
    verifier: Arc<GoVerifier>,
    asked: Arc<NoCertificate>,
}

impl Handshake {
    /// The chain that came, and the verdict on it.
    #[must_use]
    pub fn seen(&self) -> (Vec<Certificate>, Option<Trust>) {
        let seen = self.verifier.seen();
        (seen.chain, seen.trust)
    }

    /// Whether a trust root bears the issuer's name and has another key.
    #[must_use]
    pub fn root_has_other_key(&self) -> bool {
        self.verifier.seen().root_has_other_key
    }

    /// Whether the peer asked us for a certificate. Go has none to give.
    #[must_use]
    pub fn client_certificate_asked(&self) -> bool {
        self.asked.asked.load(Ordering::Relaxed)
    }
}

/// A configuration with go's trust, and the way to what its handshakes see. For one connection's
/// facts make one configuration: it remembers the last handshake only.
///
/// # Errors
/// If the cryptography library lacks what TLS needs.
pub fn client_config(roots: &Roots, alpn: &[&[u8]]) -> Result<(ClientConfig, Handshake), TlsSetupError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Arc::new(GoVerifier::new(roots, &provider));
    let asked = Arc::new(NoCertificate::default());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(TlsSetupError)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::<GoVerifier>::clone(&verifier))
        .with_client_cert_resolver(Arc::<NoCertificate>::clone(&asked));
    config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
    // A resumed session shows no certificates, and go's first request resumes none.
    config.resumption = Resumption::disabled();
    Ok((config, Handshake { verifier, asked }))
}

/// Gives no certificate, and notes that one was wanted.
#[derive(Debug, Default)]
struct NoCertificate {
    asked: AtomicBool,
}

impl ResolvesClientCert for NoCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.store(true, Ordering::Relaxed);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
