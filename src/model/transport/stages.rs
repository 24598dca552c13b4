//! The way to one host, all stages together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ConnectOutcome, DnsOutcome, HttpAnswer, ProxyScheme, ServersDnsOutcome, TcpOutcome, TlsOutcome, TransportError,
};
use crate::model::Foreign;

/// The HTTP proxy in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProxyHop {
    /// How one speaks with it.
    pub scheme: ProxyScheme,
    /// Its host.
    pub host: Foreign,
    /// Its port.
    pub port: u16,
    /// The handshake with the proxy itself, if it speaks TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsOutcome>,
    /// The tunnel. None for plain http URLs, which the proxy is simply asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connect: Option<ConnectOutcome>,
}

/// What came of going to one host, step by step. A step that was not reached is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stages {
    /// The URL that was asked, without credentials.
    pub url: Foreign,
    /// The host that was asked for.
    pub host: Foreign,
    /// Its port.
    pub port: u16,
    /// The HTTP proxy in between. `dns`, `dns_servers` and `tcp` are then about the proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<ProxyHop>,
    /// What getaddrinfo said; none where the host is an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<DnsOutcome>,
    /// What the servers of resolv.conf said; none where the host is an address, and off Unix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns_servers: Option<ServersDnsOutcome>,
    /// The connections that were tried.
    pub tcp: Vec<TcpOutcome>,
    /// The handshake, for https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsOutcome>,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpAnswer>,
    /// Where and why it ended; none if an answer came, whatever its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TransportError>,
    /// All together, in milliseconds.
    pub elapsed_ms: u64,
}

impl Stages {
    /// Whether every address of one family failed to connect while one of the other did connect:
    /// (IPv4 broken, IPv6 broken).
    #[must_use]
    pub fn broken_family(&self) -> (bool, bool) {
        let works = |v6: bool| {
            let mut of_family = self.tcp.iter().filter(|tcp| tcp.address.is_ipv6() == v6).peekable();
            of_family.peek().is_some().then(|| of_family.any(|tcp| tcp.error.is_none()))
        };
        let (v4, v6) = (works(false), works(true));
        (v4 == Some(false) && v6 == Some(true), v6 == Some(false) && v4 == Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::super::TcpFailure;
    use super::*;

    #[test]
    fn a_family_is_broken_only_where_the_other_works() {
        let tcp = |address: &str, error| TcpOutcome { address: address.parse().unwrap(), error, elapsed_ms: 1 };
        let mut stages = Stages {
            url: "https://h/".into(),
            host: "h".into(),
            port: 443,
            proxy: None,
            dns: None,
            dns_servers: None,
            tcp: vec![tcp("192.0.2.1:443", None), tcp("[2001:db8::1]:443", Some(TcpFailure::Unreachable))],
            tls: None,
            http: None,
            error: None,
            elapsed_ms: 2,
        };
        assert_eq!(stages.broken_family(), (false, true));
        stages.tcp.remove(0);
        assert_eq!(stages.broken_family(), (false, false));
    }
}
