//! What came of talking to a host, step by step: names, connections, the HTTP proxy, TLS, HTTP.
//!
//! Plain data, made by whoever goes to the network and embedded in the facts. Nothing here judges,
//! and nothing holds a message of a library: failures are typed. All times are milliseconds.

mod dns;
mod error;
mod http;
mod http_proxy;
mod stages;
mod tcp;
mod tls;
mod trust;

pub use dns::{DnsFailure, DnsOutcome, DnsServerOutcome, ServersDnsOutcome};
pub use error::{HttpFailure, NotAsked, RedirectRefusal, Stage, TransportError};
pub use http::{BodyEnd, Header, HttpAnswer, HttpVersion, Redirect};
pub use http_proxy::{AuthScheme, ConnectFailure, ConnectOutcome, ProxyScheme};
pub use stages::{ProxyHop, Stages};
pub use tcp::{TcpFailure, TcpOutcome};
pub use tls::{Certificate, TlsFailure, TlsOutcome, TlsVersion, Trust};
pub use trust::{RootSource, RootSourceError, TrustRoots};
