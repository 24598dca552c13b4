//! A connection to one address.

use std::net::SocketAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why no connection came about, or why an established one ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, thiserror::Error,
)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum TcpFailure {
    /// Nothing listens there, or a firewall says so (ECONNREFUSED).
    #[error("connection refused")]
    Refused,
    /// No answer within the time that the operating system or go itself would wait (go dials for 30 s).
    #[error("connection timed out")]
    Timeout,
    /// We stopped waiting before go would have.
    #[error("no answer within {after_ms} ms")]
    CutOff {
        /// After how many milliseconds.
        after_ms: u64,
    },
    /// No route to the network or the host (ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL).
    #[error("network or host unreachable")]
    Unreachable,
    /// The connection was reset or broken (ECONNRESET, ECONNABORTED, EPIPE).
    #[error("connection reset")]
    Reset,
    /// The peer closed the connection in the middle.
    #[error("connection closed by the peer")]
    Closed,
    /// This machine forbids it (EACCES, EPERM: a local firewall or sandbox).
    #[error("forbidden by this machine")]
    Forbidden,
    /// Another error of the operating system.
    #[error("error {code} of the operating system")]
    Other {
        /// Its number, 0 where there is none.
        code: i32,
    },
}

/// What came of connecting to one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TcpOutcome {
    /// The address and port.
    pub address: SocketAddr,
    /// Why it failed; none if it is connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TcpFailure>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}
