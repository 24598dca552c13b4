//! The lab's ports without a server, of which a test takes for granted that they can be had.

use std::net::SocketAddr;

use gomoddoc::lab::ports;

/// A port that nobody listens on, and nobody else can take while this lives.
pub struct ClosedPort(ports::ClosedPort);

impl ClosedPort {
    /// Bound, but not listening: the kernel answers with a reset.
    pub fn new() -> Self {
        Self(ports::ClosedPort::new().expect("a free port"))
    }

    /// Where nobody listens.
    pub fn addr(&self) -> SocketAddr {
        self.0.addr()
    }
}

/// A port where every attempt to connect is dropped.
pub struct BlackHole(ports::BlackHole);

impl BlackHole {
    /// Fills the queue until a connection waits.
    pub fn new() -> Self {
        Self(ports::BlackHole::new().expect("a queue that is full"))
    }

    /// Where packets vanish.
    pub fn addr(&self) -> SocketAddr {
        self.0.addr()
    }
}
