//! The TLS handshake: what was agreed, which certificates came, and whether they are trusted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TcpFailure;
use crate::model::Foreign;

/// The version that was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum TlsVersion {
    /// TLS 1.2, the oldest that go's client takes since Go 1.18.
    #[serde(rename = "1.2")]
    V1_2,
    /// TLS 1.3.
    #[serde(rename = "1.3")]
    V1_3,
}

/// One certificate of the chain that the peer sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Certificate {
    /// Whom it names.
    pub subject: Foreign,
    /// Who issued it.
    pub issuer: Foreign,
    /// The DNS names and addresses that it is for, at most 50.
    pub names: Vec<Foreign>,
    /// The moment from which it is valid, RFC 3339.
    pub not_before: String,
    /// The moment until which it is valid, RFC 3339.
    pub not_after: String,
    /// Whether subject and issuer are the same.
    pub self_issued: bool,
    /// Whether it is marked as an authority's.
    pub authority: bool,
    /// SHA-256 of its DER form, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// Whether the peer's certificates are good for this host, by the trust roots that go would use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Trust {
    /// Good.
    #[error("trusted")]
    Trusted,
    /// No trust root signed the chain.
    #[error("certificate signed by an unknown authority: {issuer}")]
    UnknownIssuer {
        /// The issuer of the last certificate that was sent: the one whose root is missing.
        issuer: Foreign,
    },
    /// The one certificate that was sent is its own issuer, and no trust root.
    #[error("self-signed certificate")]
    SelfSigned,
    /// A certificate's time is over by this machine's clock.
    #[error("certificate expired at {at}")]
    Expired {
        /// Its last moment, RFC 3339; empty where not told.
        at: String,
    },
    /// A certificate's time has not come by this machine's clock.
    #[error("certificate not valid before {from}")]
    NotYetValid {
        /// Its first moment, RFC 3339; empty where not told.
        from: String,
    },
    /// The certificate is for other names.
    #[error("certificate for other names")]
    WrongName {
        /// The names that it is for.
        presented: Vec<Foreign>,
    },
    /// The peer's signature of the handshake is wrong.
    #[error("bad signature")]
    BadSignature,
    /// A key or signature algorithm is too old or unknown (SHA-1, RSA below 2048 bits).
    #[error("unsupported key or signature algorithm")]
    UnsupportedAlgorithm,
    /// The certificate is not for servers.
    #[error("certificate not for servers")]
    InvalidPurpose,
    /// The certificate cannot be read.
    #[error("malformed certificate")]
    Malformed,
    /// There are no trust roots on this machine, or none at SSL_CERT_FILE and SSL_CERT_DIR.
    #[error("no trust roots")]
    NoRoots,
    /// The certificate is an authority's, which our library never takes for a server's and go may.
    #[error("an authority's certificate")]
    CannotTell,
    /// Anything else.
    #[error("certificate refused")]
    Other,
}

/// Why the handshake failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum TlsFailure {
    /// The certificates are not good for this host.
    #[error("{trust}")]
    Untrusted {
        /// Why.
        trust: Trust,
    },
    /// What answers does not speak TLS. Go says `first record does not look like a TLS handshake`.
    #[error("not TLS")]
    NotTls {
        /// Whether it speaks plain HTTP. Go says `server gave HTTP response to HTTPS client`.
        http: bool,
        /// The first bytes that came; empty where the library kept them.
        first: Foreign,
    },
    /// The peer speaks no version that we speak.
    #[error("no common TLS version")]
    ProtocolVersion,
    /// The peer and we have no cipher, group or signature in common.
    #[error("no common TLS parameters")]
    NothingInCommon,
    /// The peer sent a fatal alert.
    #[error("TLS alert {code}")]
    Alert {
        /// Its number (RFC 8446, 6.2: 40 handshake failure, 112 unrecognised name, 116 certificate required).
        code: u8,
    },
    /// The peer broke the protocol.
    #[error("the peer broke the TLS protocol")]
    BrokenProtocol,
    /// The connection broke, ended or stayed silent during the handshake (go waits 10 s).
    #[error("during the TLS handshake: {failure}")]
    Connection {
        /// How.
        failure: TcpFailure,
    },
    /// The host is no name that TLS can ask for.
    #[error("not a name for TLS")]
    InvalidName,
}

/// What came of the handshake. The chain is kept even where it is not trusted, so that one can say
/// who does not trust whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TlsOutcome {
    /// The version that was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<TlsVersion>,
    /// The protocol that was agreed by ALPN (`h2`, `http/1.1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpn: Option<Foreign>,
    /// The certificates as sent, the host's own first, at most 10.
    pub chain: Vec<Certificate>,
    /// Whether they are trusted; none if the handshake did not get so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// Whether a trust root bears the issuer's name and has another key: the authority was made
    /// anew, or somebody pretends to be it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub root_has_other_key: bool,
    /// Whether the peer asked us for a certificate.
    pub client_certificate_asked: bool,
    /// Why it failed; none if the handshake is done and the certificates are trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TlsFailure>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}
