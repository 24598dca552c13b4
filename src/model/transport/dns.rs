//! Names to addresses, asked twice: through the system, and of the servers of resolv.conf.

use std::net::{IpAddr, SocketAddr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Foreign;

/// Why a name led to no address.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, thiserror::Error,
)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DnsFailure {
    /// The name does not exist (NXDOMAIN; EAI_NONAME, which getaddrinfo also says where no server
    /// could be asked at all).
    #[error("no such host")]
    NoSuchHost,
    /// The name exists and has no address (an empty answer; EAI_NODATA). Go says `no such host`.
    #[error("the name has no address")]
    NoAddress,
    /// getaddrinfo's EAI_AGAIN: no server answered, or one said SERVFAIL.
    #[error("temporary failure in name resolution")]
    TryAgain,
    /// The server said SERVFAIL, or a broken answer. Go says `server misbehaving`.
    #[error("the name server failed")]
    ServerFailure,
    /// The server refused to answer for us (REFUSED). Go says `server misbehaving`.
    #[error("the name server refused")]
    Refused,
    /// No answer within the time that the resolver itself gives a server.
    #[error("no answer from the name server")]
    Timeout,
    /// We stopped waiting before the resolver did.
    #[error("stopped waiting for the name server")]
    CutOff,
    /// Nothing listens at the server's address, or no route leads there.
    #[error("no name server can be reached")]
    NoServers,
    /// What is asked for is no host name (an empty label, a label of more than 63 bytes).
    #[error("not a host name")]
    InvalidName,
    /// Anything else: a code of getaddrinfo where negative on Linux, else an rcode.
    #[error("name resolution failed with code {code}")]
    Other {
        /// The code.
        code: i32,
    },
}

/// What getaddrinfo said: what git, curl and a go that was built with cgo see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DnsOutcome {
    /// The addresses, in the order in which the system prefers them.
    pub addresses: Vec<IpAddr>,
    /// Why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<DnsFailure>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// What the hosts file and the servers of resolv.conf said: what the go command that most people
/// install sees, since it is a static binary that asks them itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServersDnsOutcome {
    /// The addresses that go would use.
    pub addresses: Vec<IpAddr>,
    /// Why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<DnsFailure>,
    /// Whether the hosts file knew the name, so that no server was asked.
    pub from_hosts_file: bool,
    /// Every server that was asked, with each name that go would try, in go's order.
    pub servers: Vec<DnsServerOutcome>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// What one server said about one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DnsServerOutcome {
    /// The server.
    pub server: SocketAddr,
    /// The full name that was asked for, with a suffix of the search list if there was one.
    pub name: Foreign,
    /// The response code (RFC 1035 and RFC 2136: 0 no error, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rcode: Option<u16>,
    /// The addresses that it gave.
    pub addresses: Vec<IpAddr>,
    /// Why it gave none, or how it failed for one of the two families (go waits for both).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<DnsFailure>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}
