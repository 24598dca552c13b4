//! How long each step may take, and how much is read.

use std::time::Duration;

/// The limits of single steps. Each is shorter than what go allows or equal to it: where it is
/// shorter, its end is told as a cut-off, which proves slowness and not failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One lookup. Go asks each server twice and waits 5 s each time.
    pub dns: Duration,
    /// One connection. Go waits 30 s.
    pub tcp: Duration,
    /// How long further addresses are waited for once one is connected.
    pub tcp_others: Duration,
    /// The answer of an HTTP proxy to CONNECT. Go waits a minute.
    pub tunnel: Duration,
    /// The TLS handshake. Go waits 10 s.
    pub tls: Duration,
    /// From the request to the headers of the answer. Go waits for ever.
    pub first_byte: Duration,
    /// The next piece of a body. Go waits for ever.
    pub chunk: Duration,
    /// A request as a whole. Go waits for ever.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self::within(Duration::from_secs(10))
    }
}

impl Limits {
    /// The limits for a user who gives each step `step` (`--timeout`).
    #[must_use]
    pub fn within(step: Duration) -> Self {
        let at_most = |seconds| step.min(Duration::from_secs(seconds));
        Self {
            dns: at_most(10),
            tcp: at_most(30),
            tcp_others: at_most(2),
            tunnel: at_most(60),
            tls: at_most(10),
            first_byte: step,
            chunk: step,
            total: step.saturating_mul(6),
        }
    }
}
