//! How a request failed: the stage, and the kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConnectFailure, DnsFailure, TcpFailure, TlsFailure};
use crate::model::Foreign;

/// A step on the way to an answer. Each needs those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing was sent.
    Request,
    /// Everything up to a usable connection, where one does not know which step it was: the
    /// stages of that host tell.
    Connect,
    /// Name to address.
    Dns,
    /// The connection.
    Tcp,
    /// The HTTP proxy's tunnel.
    HttpProxy,
    /// The TLS handshake.
    Tls,
    /// Request and headers of the answer.
    Http,
    /// The body of the answer.
    Body,
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum NotAsked {
    /// This host answered 429 before: it is left alone for the rest of the run.
    #[error("the host asked for a pause (429)")]
    RateLimited,
    /// The run's deadline is over or it was cancelled.
    #[error("no time was left")]
    NoTime,
    /// Go refuses: the URL carries a login and is not https.
    #[error("refusing to pass credentials to insecure URL")]
    CredentialsOverHttp,
    /// The URL is none that can be asked.
    #[error("not a URL that can be asked")]
    InvalidUrl,
    /// This host refused this login before (401 or 407): it is not tried again.
    #[error("the host refused this login before")]
    LoginRefused,
    /// The client cannot be set up for this proxy or these trust roots.
    #[error("the client cannot be set up")]
    ClientSetup,
}

/// Why a redirect was not followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RedirectRefusal {
    /// Ten were followed. Go says `stopped after 10 redirects`.
    #[error("stopped after 10 redirects")]
    TooMany,
    /// It leads from https to http. Go says `redirected from secure URL … to insecure URL …`.
    #[error("redirected from secure URL to insecure URL {to}")]
    ToInsecure {
        /// Where to.
        to: Foreign,
    },
    /// It has no Location, or one that is no http or https URL.
    #[error("redirect without a usable Location")]
    NoLocation {
        /// What stood there.
        to: Foreign,
    },
}

/// What went wrong in the exchange of request and answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum HttpFailure {
    /// The connection broke, ended or stayed silent. Go itself waits without end for an answer.
    #[error("{failure}")]
    Connection {
        /// How.
        failure: TcpFailure,
    },
    /// What came is no HTTP answer. Go says `malformed HTTP response`.
    #[error("malformed HTTP response")]
    Malformed,
    /// The answer's headers are more than we take (400 KiB and 100 lines in HTTP/1, 1 MiB in HTTP/2;
    /// go takes 10 MiB).
    #[error("endless headers")]
    HeadersTooLong,
    /// The body ended before its announced length. Go says `unexpected EOF`.
    #[error("unexpected EOF")]
    Incomplete,
    /// An HTTP/2 stream or connection was ended with an error code (RFC 9113, 7).
    #[error("HTTP/2 error {code}")]
    Http2 {
        /// The code.
        code: u32,
    },
    /// The body's compression is broken.
    #[error("broken compression")]
    BadEncoding,
    /// Anything else.
    #[error("the exchange failed")]
    Other,
}

/// How a request failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum TransportError {
    /// Nothing was sent.
    #[error("not asked: {reason}")]
    Request {
        /// Why.
        reason: NotAsked,
    },
    /// No address.
    #[error("lookup: {failure}")]
    Dns {
        /// Why.
        failure: DnsFailure,
        /// Whether it is the HTTP proxy's name.
        of_proxy: bool,
    },
    /// No connection.
    #[error("connect: {failure}")]
    Tcp {
        /// Why; of several addresses the first one's.
        failure: TcpFailure,
        /// Whether it is the HTTP proxy that cannot be reached.
        of_proxy: bool,
    },
    /// No tunnel.
    #[error("{failure}")]
    HttpProxy {
        /// Why.
        failure: ConnectFailure,
    },
    /// No secure channel.
    #[error("TLS: {failure}")]
    Tls {
        /// Why.
        failure: TlsFailure,
        /// Whether it is the channel to the HTTP proxy.
        of_proxy: bool,
    },
    /// No answer.
    #[error("HTTP: {failure}")]
    Http {
        /// Why.
        failure: HttpFailure,
    },
    /// A redirect that go does not follow.
    #[error("{refusal}")]
    Redirect {
        /// Why.
        refusal: RedirectRefusal,
    },
    /// Headers came, and the body broke off.
    #[error("body: {failure}")]
    Body {
        /// How.
        failure: HttpFailure,
    },
    /// We stopped waiting, earlier than go would have.
    #[error("stopped waiting after {after_ms} ms")]
    CutOff {
        /// In which step.
        during: Stage,
        /// After how many milliseconds.
        after_ms: u64,
    },
}

impl TransportError {
    /// The step in which it failed.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Request { .. } => Stage::Request,
            Self::Dns { .. } => Stage::Dns,
            Self::Tcp { .. } => Stage::Tcp,
            Self::HttpProxy { .. } => Stage::HttpProxy,
            Self::Tls { .. } => Stage::Tls,
            Self::Http { .. } | Self::Redirect { .. } => Stage::Http,
            Self::Body { .. } => Stage::Body,
            Self::CutOff { during, .. } => *during,
        }
    }

    /// Whether it is our limit that ended it, where go would have waited on: it proves slowness only.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        let cut = |failure: &TcpFailure| matches!(failure, TcpFailure::CutOff { .. });
        match self {
            Self::CutOff { .. } | Self::Dns { failure: DnsFailure::CutOff, .. } => true,
            Self::Tcp { failure, .. } | Self::Tls { failure: TlsFailure::Connection { failure }, .. } => cut(failure),
            Self::HttpProxy { failure: ConnectFailure::Connection { failure } }
            | Self::Http { failure: HttpFailure::Connection { failure } }
            | Self::Body { failure: HttpFailure::Connection { failure } } => cut(failure),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_survive_a_facts_file() {
        for error in [
            TransportError::Request { reason: NotAsked::RateLimited },
            TransportError::Dns { failure: DnsFailure::Other { code: -11 }, of_proxy: false },
            TransportError::Tls {
                failure: TlsFailure::Untrusted {
                    trust: super::super::Trust::Expired { at: "2020-01-01T00:00:00Z".into() },
                },
                of_proxy: true,
            },
            TransportError::HttpProxy {
                failure: ConnectFailure::Connection { failure: TcpFailure::CutOff { after_ms: 7 } },
            },
            TransportError::CutOff { during: Stage::Body, after_ms: 10_000 },
        ] {
            let json = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<TransportError>(&json).unwrap(), error, "{json}");
        }
    }

    #[test]
    fn a_limit_of_ours_is_told_from_a_failure() {
        let cut = TcpFailure::CutOff { after_ms: 5 };
        assert!(TransportError::Tcp { failure: cut, of_proxy: false }.is_cut_off());
        assert!(TransportError::Http { failure: HttpFailure::Connection { failure: cut } }.is_cut_off());
        assert!(!TransportError::Tcp { failure: TcpFailure::Timeout, of_proxy: false }.is_cut_off());
    }
}
