//! The HTTP proxy (HTTPS_PROXY, HTTP_PROXY) and how it answers to CONNECT.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TcpFailure;
use crate::model::Foreign;

/// How one speaks with the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProxyScheme {
    /// Plain HTTP to the proxy.
    Http,
    /// TLS to the proxy.
    Https,
    /// SOCKS 5, names resolved by the proxy (Go treats socks5 as socks5h).
    Socks5,
}

/// A way to log in that a server offers in Proxy-Authenticate or WWW-Authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum AuthScheme {
    /// Basic: name and password. The only one that go knows for a proxy.
    Basic,
    /// Digest.
    Digest,
    /// NTLM (Windows domains).
    Ntlm,
    /// Negotiate (Kerberos or NTLM).
    Negotiate,
    /// Bearer tokens.
    Bearer,
    /// Another one.
    Other {
        /// Its name.
        name: Foreign,
    },
}

impl std::fmt::Display for AuthScheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Basic => "Basic",
            Self::Digest => "Digest",
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
            Self::Bearer => "Bearer",
            Self::Other { name } => name.as_str(),
        })
    }
}

impl AuthScheme {
    /// The schemes that one header value offers, in order. Values such as `NTLM, Basic realm="a, b"`
    /// list several; a comma inside quotes separates nothing (RFC 9110, 11.6.1).
    #[must_use]
    pub fn parse_list(value: &str) -> Vec<Self> {
        let mut schemes = Vec::new();
        let mut quoted = false;
        let items = value.split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        for item in items {
            let mut words = item.split_whitespace();
            // `realm="x"` and a lone `key=value` belong to the scheme before them.
            let Some(name) = words.next().filter(|word| !word.contains(['=', '"'])) else { continue };
            schemes.push(match name.to_ascii_lowercase().as_str() {
                "basic" => Self::Basic,
                "digest" => Self::Digest,
                "ntlm" => Self::Ntlm,
                "negotiate" => Self::Negotiate,
                "bearer" => Self::Bearer,
                _ => Self::Other { name: Foreign::capped(name, 40) },
            });
        }
        schemes.truncate(16);
        schemes
    }
}

/// Why the proxy opened no tunnel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ConnectFailure {
    /// It answered with another status than 200 (407 asks for a login).
    #[error("the HTTP proxy answered {status}")]
    Status {
        /// The status.
        status: u16,
        /// The reason phrase, which is all that go shows.
        reason: Foreign,
        /// The ways to log in that it offers.
        schemes: Vec<AuthScheme>,
    },
    /// A SOCKS proxy refused with a reply code (RFC 1928: 1 general, 2 not allowed, 3 network
    /// unreachable, 4 host unreachable, 5 refused, 6 expired, 7 command, 8 address type).
    #[error("the SOCKS proxy answered with code {reply}")]
    Socks {
        /// The code.
        reply: u8,
    },
    /// A SOCKS proxy wants a login that we do not have, or took none of ours.
    #[error("the SOCKS proxy wants a login")]
    SocksLogin,
    /// What answers there speaks another protocol.
    #[error("not an HTTP proxy")]
    NotAProxy {
        /// The first bytes that came.
        first: Foreign,
    },
    /// The answer's headers did not end within 64 KiB (go takes 10 MiB).
    #[error("endless headers")]
    HeadersTooLong,
    /// It opened a tunnel to this host before, and refused another one.
    #[error("the HTTP proxy refused a further tunnel")]
    Further,
    /// The connection to the proxy broke, ended or stayed silent.
    #[error("the connection to the HTTP proxy: {failure}")]
    Connection {
        /// How.
        failure: TcpFailure,
    },
}

/// What came of asking the proxy for a tunnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConnectOutcome {
    /// The status, where an HTTP answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The headers that tell which product answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<super::Header>,
    /// Why there is no tunnel; none if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ConnectFailure>,
    /// Whether we sent a login.
    pub login_sent: bool,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_of_a_header_are_told_apart_from_their_parameters() {
        use AuthScheme::{Basic, Digest, Negotiate, Ntlm};
        assert_eq!(AuthScheme::parse_list("Basic realm=\"Squid, the proxy\""), [Basic]);
        assert_eq!(AuthScheme::parse_list("Negotiate, NTLM, basic realm=x"), [Negotiate, Ntlm, Basic]);
        assert_eq!(AuthScheme::parse_list("Digest realm=\"a\", nonce=\"b\", qop=\"auth, int\""), [Digest]);
        assert_eq!(AuthScheme::parse_list(""), []);
        assert_eq!(AuthScheme::parse_list("Kerberos"), [AuthScheme::Other { name: "Kerberos".into() }]);
    }
}
